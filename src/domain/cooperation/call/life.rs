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
    REVISED = "callRevised" Changed "A call changed.",
);

/// Every state.
const ANY: &[State] = &[Announced, Open, Closed, Decided];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", ANY, Act::Govern, "Change what is told of it, and its rules.");
pub static OPEN: Move<Row> = Move::to("open", "opened", &[Announced], Open, Act::Govern, &OPENED, "Let cities apply.");
pub static CLOSE: Move<Row> = Move::to("close", "closed", &[Open], Closed, Act::Govern, &CLOSED, "Take no more applications.");

// The programme's officers.
living!(Row in State = |row| row.state, [UPDATE, OPEN, CLOSE],
    enters: |row, state| row.state = state,
    owners: |row| Owners::of_programmes([row.programme.uuid()]),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    match before {
        None if after.state != Open => vec![&ADDED],
        _ => life::events(before, after, &ADDED, &REVISED, false),
    }
}
