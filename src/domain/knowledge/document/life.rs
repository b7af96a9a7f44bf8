//! What may be done to a document, and what is told of it.
use super::{
    Row,
    row::State::{self, Draft, Published, Superseded, Withdrawn},
};
use crate::kernel::prelude::life::*;

events!(
    DRAFTED = "documentDrafted" Added "A document was begun as a draft.",
    PUBLISHED = "documentPublished" Published "A document was published.",
    SUPERSEDED = "documentSuperseded" Changed "A document got a new file or was replaced.",
    REVISED = "documentRevised" Changed "A document changed otherwise.",
    WITHDRAWN = "documentWithdrawn" Withdrawn "A document was withdrawn.",
    TEXT_EXTRACTED = "documentTextExtracted" Changed "The text of a document's file can be searched now." reference,
);

/// Every state but the last: a tombstone does not change.
const STANDING: &[State] = &[Draft, Published, Superseded];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", STANDING, Act::Write, "Change what is said of it.");
pub static PUBLISH: Move<Row> = Move::to(
    "publish",
    "published",
    &[Draft, Published],
    Published,
    Act::Write,
    &PUBLISHED,
    "Publish it to those who may see what it is about: `updateDocument(publish:)`.",
);
pub static REPLACE: Move<Row> = Move::keeps("replace_file", "given a new file", STANDING, Act::Write, "Give it a new version of its file.");
pub static WITHDRAW: Move<Row> =
    Move::to("withdraw", "withdrawn", STANDING, Withdrawn, Act::Write, &WITHDRAWN, "Take it back; a tombstone with the reason remains.");

// Whoever writes for what it is about.
living!(Row in State = |row| row.state, [UPDATE, PUBLISH, REPLACE, WITHDRAW],
    enters: |row, state| row.state = state,
    owners: |row| row.owners.0.clone(),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    match before {
        None if after.state != Published => vec![&DRAFTED],
        Some(before) if before.state == after.state && before.file_version != after.file_version => vec![&SUPERSEDED],
        Some(before) if before.state != Superseded && after.state == Superseded => vec![&SUPERSEDED],
        // Those who see it for the first time are told that it was published.
        Some(before) if before.state == Published && after.state == Published && before.audience.widens_to(&after.audience) => {
            vec![&PUBLISHED]
        }
        _ => life::events(before, after, &DRAFTED, &REVISED, false),
    }
}
