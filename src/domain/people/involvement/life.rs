//! What may be done to an involvement, and what is told of it.
use super::{
    Row,
    row::State::{self, Active, Declined, Invited, Left},
};
use crate::{
    access::Act,
    kernel::life::{self, Move},
    living,
    store::{EventType, Turn},
};

pub static INVITED: EventType = EventType::new("organisationInvited", Turn::Added, "An organisation was asked to take part.");
pub static JOINED: EventType = EventType::new("organisationJoined", Turn::Added, "An organisation takes part.");
pub static DECLINED: EventType = EventType::new("organisationDeclined", Turn::Changed, "An organisation would not take part.");
pub static LEFT: EventType = EventType::new("organisationLeft", Turn::Changed, "An organisation takes part no longer.");
pub static REVISED: EventType = EventType::new("involvementRevised", Turn::Changed, "What an organisation takes part in changed.");

/// The sorts of events of involvements.
pub static EVENTS: [&EventType; 5] = [&INVITED, &JOINED, &DECLINED, &LEFT, &REVISED];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Invited, Active], Act::Write, "Change phases, role, support and days.");
pub static ACTIVATE: Move<Row> =
    Move::to("activate", "made active", &[Invited], Active, Act::Write, &JOINED, "Say that the organisation takes part.");
pub static DECLINE: Move<Row> =
    Move::to("decline", "declined", &[Invited], Declined, Act::Write, &DECLINED, "Say that the organisation would not take part.");
pub static LEAVE: Move<Row> =
    Move::to("leave", "left", &[Active], Left, Act::Write, &LEFT, "Say that the organisation takes part no longer.");

// Whoever writes for what it is about.
living!(Row in State = |row| row.state, [UPDATE, ACTIVATE, DECLINE, LEAVE],
    enters: |row, state| row.state = state,
    owners: |row| row.owners.0.clone(),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    life::events(before, after, &INVITED, &REVISED, false)
}
