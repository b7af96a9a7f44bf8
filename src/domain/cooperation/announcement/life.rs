//! The life of an announcement, and what is told of it.
use super::{
    Row,
    row::State::{self, Corrected, Published},
};
use crate::{
    access::{Act, Owners},
    kernel::life::{self, Living, Move},
    store::{EventType, Turn, event::TRANSLATED},
};

pub static PUBLISHED: EventType = EventType::new("announcementPublished", Turn::Published, "An announcement was published.");
pub static CORRECTED: EventType = EventType::new("announcementCorrected", Turn::Changed, "An announcement was corrected.");

/// The sorts of events.
pub static EVENTS: [&EventType; 2] = [&PUBLISHED, &CORRECTED];

static CORRECT: Move<Row> = Move::to(
    "correct",
    "corrected",
    &[Published, Corrected],
    Corrected,
    Act::Govern,
    &CORRECTED,
    "Say it rightly; what was said before stays readable.",
);

impl Living for Row {
    type State = State;
    const MOVES: &'static [&'static Move<Self>] = &[&CORRECT];

    fn state(&self) -> State {
        self.state
    }

    /// The programme's officers.
    fn owners(&self) -> Owners {
        Owners { cities: vec![], programmes: vec![self.programme.uuid()] }
    }
}

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_translation = before.is_some_and(|before| before.languages != after.languages && before.text_version == after.text_version);
    match before {
        None => vec![&PUBLISHED],
        Some(_) if is_translation => vec![&TRANSLATED],
        Some(_) => life::events(before, after, &PUBLISHED, &CORRECTED, false),
    }
}
