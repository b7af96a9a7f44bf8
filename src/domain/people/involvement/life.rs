//! What may be done to an involvement, and what is told of it.
use super::{
    Row,
    row::State::{self, Active, Declined, Invited, Left},
};
use crate::kernel::prelude::life::*;

events!(
    INVITED = "organisationInvited" Added "An organisation was asked to take part.",
    JOINED = "organisationJoined" Added "An organisation takes part.",
    DECLINED = "organisationDeclined" Changed "An organisation would not take part.",
    LEFT = "organisationLeft" Changed "An organisation takes part no longer.",
    REVISED = "involvementRevised" Changed "What an organisation takes part in changed.",
    ; new INVITED, changed REVISED
);

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
