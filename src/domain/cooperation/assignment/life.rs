//! What may be done to an assignment, and what is told of it.
use super::{
    Row,
    row::State::{self, Decided, Draft, Undone},
};
use crate::kernel::prelude::life::*;

events!(
    PROPOSED = "assignmentProposed" Added "An assignment of the applications to a call was proposed.",
    CHANGED = "assignmentChanged" Changed "An assignment was changed.",
    DECIDED = "assignmentDecided" Changed "A call was decided by an assignment.",
    UNDONE = "assignmentUndone" Changed "The decision by an assignment was taken back.",
);

pub static UPDATE: Move<Row> = Move::keeps(
    "update",
    "changed",
    &[Draft],
    Act::Govern,
    "Say which pairs must or must not be, or settle them by hand: `updateAssignment`, `swapAssignmentPairs`.",
);
pub static UNDO: Move<Row> =
    Move::to("undo", "undone", &[Decided], Undone, Act::Govern, &UNDONE, "Take the decision back, with a reason: `undoAssignment`.");

// The programme's officers. That it is decided is an act on its call, whose table has it.
living!(Row in State = |row| row.state, [UPDATE, UNDO],
    enters: |row, state| row.state = state,
    owners: |row| Owners::of_programmes([row.programme.uuid()]),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    match before {
        Some(before) if before.state != Decided && after.state == Decided => vec![&DECIDED],
        _ => life::events(before, after, &PROPOSED, &CHANGED, false),
    }
}
