//! The life of an announcement, and what is told of it.
use super::{
    Announcement, Row,
    row::State::{self, Corrected, Published},
};
use crate::{
    access::{Act, Owners},
    kernel::{
        life::{self, Move},
        text,
    },
    living,
    store::{EventType, Turn, event::TRANSLATED},
};

pub static PUBLISHED: EventType = EventType::new("announcementPublished", Turn::Published, "An announcement was published.");
pub static CORRECTED: EventType = EventType::new("announcementCorrected", Turn::Changed, "An announcement was corrected.");

/// The sorts of events.
pub static EVENTS: [&EventType; 2] = [&PUBLISHED, &CORRECTED];

pub static CORRECT: Move<Row> = Move::to(
    "correct",
    "corrected",
    &[Published, Corrected],
    Corrected,
    Act::Govern,
    &CORRECTED,
    "Say it rightly; what was said before stays readable.",
);

pub static TRANSLATE: Move<Row> =
    Move::keeps("translate", "translated", &[Published, Corrected], Act::Govern, "Add or replace a translation.");

// The programme's officers.
living!(Row in State = |row| row.state, [CORRECT, TRANSLATE],
    owners: |row| Owners { cities: vec![], programmes: vec![row.programme.uuid()] },
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_translation = text::is_translation::<Announcement>(before, after);
    match before {
        None => vec![&PUBLISHED],
        Some(_) if is_translation => vec![&TRANSLATED],
        Some(_) => life::events(before, after, &PUBLISHED, &CORRECTED, false),
    }
}
