//! What may be done to a building block, and what is told of it.
use super::{
    BuildingBlock, Row,
    row::State::{self, Active, Withdrawn},
};
use crate::kernel::prelude::life::*;

events!(
    ADDED = "buildingBlockAdded" Added "A practice has one more building block, or one is seen by more than before, with its practice.",
    REVISED = "buildingBlockRevised" Changed "A building block changed.",
    WITHDRAWN = "buildingBlockWithdrawn" Withdrawn "A building block was withdrawn, alone or with its practice.",
);

pub static UPDATE: Move<Row> =
    Move::keeps("update", "changed", &[Active], Act::Write, "Change what it says, its categories and its place.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", &[Active], Act::Write, "Add or replace a translation.");
pub static WITHDRAW: Move<Row> =
    Move::to("withdraw", "withdrawn", &[Active], Withdrawn, Act::Write, &WITHDRAWN, "Take it back; a tombstone with the reason remains.");

// Whoever writes its practice.
living!(Row in State = |row| row.state, [UPDATE, TRANSLATE, WITHDRAW],
    enters: |row, state| row.state = state,
    owners: |row| Owners::of_cities([row.city.uuid()]),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_active = before.is_some_and(|before| before.state == Active) && after.state == Active;
    if before.is_some_and(|before| is_active && before.audience.widens_to(&after.audience)) {
        // Those who see it for the first time are told that it is there.
        return vec![&ADDED];
    }
    life::events(before, after, &ADDED, &REVISED, text::is_translation::<BuildingBlock>(before, after))
}
