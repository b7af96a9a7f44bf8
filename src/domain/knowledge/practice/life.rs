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
    PARTNERS_SOUGHT = "partnersSought" Changed "A city seeks partner cities for a practice, or told otherwise for how many and until when.",
    PARTNERS_SOUGHT_NO_MORE = "partnersSoughtNoMore" Changed "A city seeks no more partner cities for a practice.",
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

pub static SEEK_PARTNERS: Move<Row> = Move::keeps(
    "seek_partners",
    "said to seek partners",
    &[Published],
    Act::Write,
    "Say that the city seeks partner cities for it, for how many and until when.",
);
pub static STOP_SEEKING_PARTNERS: Move<Row> = Move::keeps(
    "stop_seeking_partners",
    "said to seek no more partners",
    &[Published],
    Act::Write,
    "Say that the city seeks no more partner cities for it; those that were accepted stay.",
)
.only_where(|row, _| row.seeks_places.is_some(), "It seeks no partners.");

pub static USE_BUILDING_BLOCKS: Move<Row> = Move::keeps(
    "use_building_blocks",
    "said to use building blocks of others",
    STANDING,
    Act::Write,
    "Say which building blocks of other practices it uses.",
);

living!(Row in State = |row| row.state, [UPDATE, TRANSLATE, PUBLISH, SEEK_PARTNERS, STOP_SEEKING_PARTNERS, USE_BUILDING_BLOCKS, WITHDRAW],
    owners: |row| Owners::of_cities([row.city.uuid()]),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_translation = text::is_translation::<Practice>(before, after);
    let seeks = |row: &Row| (row.seeks_places, row.seeks_until.clone(), row.seeks_note.clone());
    if before.is_some_and(|before| before.state == after.state && seeks(before) != seeks(after)) {
        return vec![if after.seeks_places.is_some() { &PARTNERS_SOUGHT } else { &PARTNERS_SOUGHT_NO_MORE }];
    }
    match (before.map(|before| before.state), after.state) {
        // Steps that are only imported so far.
        (Some(before), Submitted) if before != Submitted => vec![&SUBMITTED],
        (Some(before), Returned) if before != Returned => vec![&RETURNED],
        (None, state) if state != Published => vec![&DRAFTED],
        _ => life::events(before, after, &DRAFTED, &REVISED, is_translation),
    }
}
