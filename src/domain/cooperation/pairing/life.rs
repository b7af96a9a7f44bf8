//! What may be done to a pairing, and what is told of it.
use super::{
    Row,
    row::State::{self, Active, Agreed, Completed, Dormant, Ended, Matched},
};
use crate::{
    access::{Audience, Scope, rule},
    kernel::prelude::life::*,
};

events!(
    MATCHED = "pairingMatched" Paired "Cities were matched.",
    ACTIVATED = "pairingActivated" Paired "A pairing became active.",
    REVISED = "pairingRevised" Changed "A pairing changed.",
);

/// Every state.
const ANY: &[State] = &[Matched, Agreed, Active, Completed, Dormant, Ended];
/// It is not over: a pairing ends once.
const GOING_ON: &[State] = &[Matched, Agreed, Active, Dormant];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", ANY, Act::Govern, "Change what is told of it.");
pub static ACCEPT_RULES: Move<Row> = Move::keeps(
    "accept_rules",
    "bound by newer rules",
    GOING_ON,
    Act::Write,
    "Accept a newer version of the call's rules for a city of it: `acceptRules`.",
)
.only_where(|row, _| row.call.is_some(), "It follows the rules of no call.");
static MATCH: Move<Row> = Move::to(
    "match",
    "matched",
    GOING_ON,
    Matched,
    Act::Govern,
    &REVISED,
    "Say that its cities are matched and no more: `updatePairing(state:)`.",
);
static AGREE: Move<Row> =
    Move::to("agree", "agreed", GOING_ON, Agreed, Act::Govern, &REVISED, "Say that its cities agreed: `updatePairing(state:)`.");
static ACTIVATE: Move<Row> = Move::to(
    "activate",
    "made active",
    GOING_ON,
    Active,
    Act::Govern,
    &ACTIVATED,
    "Say that its cities work together: `updatePairing(state:)`.",
);
static COMPLETE: Move<Row> = Move::to(
    "complete",
    "completed",
    GOING_ON,
    Completed,
    Act::Govern,
    &REVISED,
    "Say that its cities did what they promised: `updatePairing(state:)`.",
);
static PAUSE: Move<Row> =
    Move::to("pause", "paused", GOING_ON, Dormant, Act::Govern, &REVISED, "Say that its cities pause: `updatePairing(state:)`.");
static END: Move<Row> =
    Move::to("end", "ended", GOING_ON, Ended, Act::Govern, &REVISED, "Say that it ended early: `updatePairing(state:)`.");

// The programme's officers; what is a city's to do, those who speak for one and see what its cities share.
living!(Row in State = |row| row.state, [UPDATE, ACCEPT_RULES, MATCH, AGREE, ACTIVATE, COMPLETE, PAUSE, END],
    owners: |row| Owners::of_programmes([row.programme.uuid()]),
    permits: |row, viewer, right| match right {
        Act::Write => viewer.is_administrator || (!viewer.cities.is_empty() && rule::admits(viewer, &Audience::of(Scope::Pairing, row.id.uuid()))),
        _ => rule::may(viewer, right, &Owners::of_programmes([row.programme.uuid()])),
    },
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    match before {
        None => vec![&MATCHED],
        Some(_) => life::events(before, after, &MATCHED, &REVISED, false),
    }
}
