//! What may be done to a practice, and what is told of it.
use super::{
    Practice, Row,
    row::State::{self, Approved, Draft, InReview, Published, Returned, Submitted, Withdrawn},
};
use crate::kernel::prelude::life::*;

events!(
    DRAFTED = "practiceDrafted" Added "A practice was begun as a draft.",
    SUBMITTED = "practiceSubmitted" Added "A practice was handed in.",
    RETURNED = "practiceReturned" Changed "A practice was sent back.",
    PUBLISHED = "practicePublished" Published "A practice was published.",
    REVISED = "practiceRevised" Changed "A practice changed.",
    WITHDRAWN = "practiceWithdrawn" Withdrawn "A practice was withdrawn.",
);

/// Every state but the last: a tombstone does not change.
const STANDING: &[State] = &[Draft, Submitted, InReview, Returned, Approved, Published];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", STANDING, Act::Write, "Change what it says and is linked to.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", STANDING, Act::Write, "Add or replace a translation.");
pub static PUBLISH: Move<Row> =
    Move::to("publish", "published", STANDING, Published, Act::WriteOrGovern, &PUBLISHED, "Publish it: everyone sees it from then on.")
        .only_where(|row, _| row.state != Published || !row.audience.is_public(), "It is published already.");
pub static WITHDRAW: Move<Row> =
    Move::to("withdraw", "withdrawn", STANDING, Withdrawn, Act::Write, &WITHDRAWN, "Take it back; a tombstone with the reason remains.");

living!(Row in State = |row| row.state, [UPDATE, TRANSLATE, PUBLISH, WITHDRAW],
    owners: |row| Owners::of_cities([row.city.uuid()]),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_translation = text::is_translation::<Practice>(before, after);
    match (before.map(|before| before.state), after.state) {
        // Steps that are only imported so far.
        (Some(before), Submitted) if before != Submitted => vec![&SUBMITTED],
        (Some(before), Returned) if before != Returned => vec![&RETURNED],
        (None, state) if state != Published => vec![&DRAFTED],
        _ => life::events(before, after, &DRAFTED, &REVISED, is_translation),
    }
}
