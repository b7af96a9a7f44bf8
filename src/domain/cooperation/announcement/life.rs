//! The life of an announcement, and what is told of it.
use super::{
    Announcement, Row,
    row::State::{self, Corrected, Published},
};
use crate::{kernel::prelude::life::*, store::event::TRANSLATED};

events!(
    PUBLISHED = "announcementPublished" Published "An announcement was published.",
    CORRECTED = "announcementCorrected" Changed "An announcement was corrected.",
);

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
    owners: |row| Owners::of_programmes([row.programme.uuid()]),
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
