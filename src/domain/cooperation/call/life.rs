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
    REVISED = "callRevised" Changed "A call changed.",
);

/// Every state.
const ANY: &[State] = &[Announced, Open, Closed, Decided];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", ANY, Act::Govern, "Change what is told of it, and its rules.");
pub static OPEN: Move<Row> =
    Move::to("open", "opened", &[Announced], Open, Act::Govern, &OPENED, "Let cities apply; on an exact day it opens by itself.");
pub static WAIVE: Move<Row> = Move::keeps(
    "waive",
    "waived for a city",
    &[Announced, Open, Closed],
    Act::Govern,
    "Admit a city late, or although it is too small, with a reason: `waiveEligibility`.",
);
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
living!(Row in State = |row| row.state, [UPDATE, OPEN, WAIVE, CLOSE, DECIDE],
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
        // An exception for a city is nobody else's news.
        Some(before) if before.waivers != after.waivers && before.state == after.state => Vec::new(),
        _ => life::events(before, after, &ADDED, &REVISED, false),
    }
}
