//! The life of a call, and what is told of it.
use super::{
    Row,
    row::State::{self, Announced, Closed, Decided, Open},
};
use crate::kernel::prelude::life::*;

events!(
    ADDED = "callAdded" Added "A call was added that is not open." first,
    OPENED = "callOpened" Opened "A call opened.",
    CLOSED = "callClosed" Changed "A call closed: it takes no more applications.",
    DECIDED = "callDecided" Changed "A call is decided: its cities were chosen.",
    REOPENED = "callReopened" Changed "The decision of a call was taken back; it is closed as before.",
    WAIVED = "eligibilityWaived" Changed "An officer made an exception for a city, or took one back; told to the officers and that city.",
    REVISED = "callRevised" Changed "A call changed.",
);

/// Every state.
const ANY: &[State] = &[Announced, Open, Closed, Decided];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", ANY, Act::Govern, "Change what is told of it, and its rules.");
pub static OPEN: Move<Row> = Move::to(
    "open",
    "opened",
    &[Announced, Closed],
    Open,
    Act::Govern,
    &OPENED,
    "Let cities apply; on an exact day it opens by itself. A closed one is opened again where its last day has not passed.",
)
.only_where(
    // What was missed while no hub ran is done in its order: opened first, then closed.
    |row, now| row.state != Closed || row.deadline().is_none_or(|end| now < end),
    "Its last day has passed; tell a later one first, by “closes” of `updateCall`.",
);
pub static WAIVE: Move<Row> = Move::keeps(
    "waive",
    "waived for a city",
    &[Announced, Open, Closed],
    Act::Govern,
    "Admit a city late, or although it is too small, with a reason: `waiveEligibility`.",
);
pub static WITHDRAW_WAIVER: Move<Row> = Move::keeps(
    "withdraw_waiver",
    "without an exception",
    &[Announced, Open, Closed],
    Act::Govern,
    "Take an exception for a city back: `withdrawEligibilityWaiver`.",
)
.only_where(|row, _| !row.waivers.is_empty(), "No exception was made.");
pub static DECIDE: Move<Row> = Move::to(
    "decide",
    "decided",
    &[Closed],
    Decided,
    Act::Govern,
    &DECIDED,
    "Say that its cities are chosen; no application waits any more.",
);
pub static CLOSE: Move<Row> = Move::to(
    "close",
    "closed",
    &[Open],
    Closed,
    Act::Govern,
    &CLOSED,
    "Take no more applications; at the end of an exact day it closes by itself.",
);

// The programme's officers.
living!(Row in State = |row| row.state, [UPDATE, OPEN, WAIVE, WITHDRAW_WAIVER, CLOSE, DECIDE],
    enters: |row, state| {
        row.state = state;
        row.due_at = row.due();
    },
    owners: |row| Owners::of_programmes([row.programme.uuid()]),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    match before {
        None if after.state != Open => vec![&ADDED],
        // By `undoAssignment`.
        Some(before) if before.state == Decided && after.state == Closed => vec![&REOPENED],
        // An exception for a city, as a record brings it, is nobody else's news.
        Some(before)
            if Row { waivers: after.waivers.clone(), version: after.version, updated_at: after.updated_at, ..before.clone() } == *after =>
        {
            Vec::new()
        }
        _ => life::events(before, after, &ADDED, &REVISED, false),
    }
}
