//! What may be done to an interest, and what is told of it.
use super::{
    Row,
    row::State::{self, Accepted, Declined, Expressed, Withdrawn},
};
use crate::{access::rule, kernel::prelude::life::*};

events!(
    EXPRESSED = "interestExpressed" Added "A city would be a partner in a practice of another one.",
    ACCEPTED = "interestAccepted" Changed "A city that would be a partner in a practice was accepted.",
    DECLINED = "interestDeclined" Changed "A city that would be a partner in a practice was declined.",
    WITHDRAWN = "interestWithdrawn" Withdrawn "A city would be a partner in a practice no longer.",
    REVISED = "interestRevised" Changed "What a city said that would be a partner in a practice changed.",
    ; new EXPRESSED, changed REVISED
);

pub static ACCEPT: Move<Row> = Move::to(
    "accept",
    "accepted",
    &[Expressed],
    Accepted,
    Act::Write,
    &ACCEPTED,
    "Take the city as a partner; it has a place from then on, if one is left.",
);
pub static DECLINE: Move<Row> =
    Move::to("decline", "declined", &[Expressed], Declined, Act::Write, &DECLINED, "Decline it, with an answer that the city reads.");
pub static WITHDRAW: Move<Row> = Move::to(
    "withdraw",
    "withdrawn",
    &[Expressed, Accepted],
    Withdrawn,
    Act::Join,
    &WITHDRAWN,
    "Take it back; a place that it had is free from then on.",
);

// The practice's city answers, the interested one takes back.
living!(Row in State = |row| row.state, [ACCEPT, DECLINE, WITHDRAW],
    enters: |row, state| row.state = state,
    owners: |row| Owners::of_cities([row.owner.uuid()]),
    permits: |row, viewer, right| match right {
        Act::Join => rule::may(viewer, right, &Owners::of_cities([row.city.uuid()])),
        right => rule::may(viewer, right, &row.owners()),
    },
);
