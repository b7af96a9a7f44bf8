//! What may be done to an application, and what is told of it.
use super::{
    Row,
    row::State::{self, Declined, Draft, Matched, Reserve, Selected, Submitted, Withdrawn},
};
use crate::{access::rule, kernel::prelude::life::*};

events!(
    DRAFTED = "applicationDrafted" Added "A city began an application.",
    SUBMITTED = "applicationSubmitted" Added "A city handed in its application.",
    RESERVED = "applicationReserved" Changed "An application was put on the reserve list.",
    SELECTED = "citySelected" Changed "A city was selected.",
    DECLINED = "applicationDeclined" Changed "An application was declined.",
    MATCHED = "applicationMatched" Changed "A city that was selected works with a partner.",
    WITHDRAWN = "applicationWithdrawn" Withdrawn "A city took its application back.",
    REVISED = "applicationRevised" Changed "An application changed.",
    ; new DRAFTED, changed REVISED
);

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Draft], Act::Write, "Change what it says.");
pub static SUBMIT: Move<Row> = Move::to(
    "submit",
    "handed in",
    &[Draft],
    Submitted,
    Act::Write,
    &SUBMITTED,
    "Hand it in: the programme's officers read it from then on.",
);
pub static RESERVE: Move<Row> = Move::to(
    "reserve",
    "put on the reserve list",
    &[Submitted],
    Reserve,
    Act::Govern,
    &RESERVED,
    "Put it on the reserve list, with a reason.",
);
pub static SELECT: Move<Row> = Move::to("select", "selected", &[Submitted, Reserve], Selected, Act::Govern, &SELECTED, "Select the city.");
pub static DECLINE: Move<Row> = Move::to(
    "decline",
    "declined",
    &[Submitted, Reserve, Selected],
    Declined,
    Act::Govern,
    &DECLINED,
    "Decline it, with a reason that its city reads.",
);
pub static MATCH: Move<Row> =
    Move::to("match", "matched", &[Selected], Matched, Act::Govern, &MATCHED, "Say that the city works with a partner of this call.");
pub static WITHDRAW: Move<Row> =
    Move::to("withdraw", "withdrawn", &[Draft, Submitted, Reserve, Selected], Withdrawn, Act::Write, &WITHDRAWN, "Take it back.");

// What it says is its city's to write, what becomes of it the officers' to decide.
living!(Row in State = |row| row.state, [UPDATE, SUBMIT, RESERVE, SELECT, DECLINE, MATCH, WITHDRAW],
    enters: |row, state| row.state = state,
    owners: |row| Owners::of_cities([row.city.uuid()]),
    permits: |row, viewer, right| match right {
        Act::Govern => rule::may(viewer, right, &Owners::of_programmes([row.programme.uuid()])),
        _ => rule::may(viewer, right, &Owners::of_cities([row.city.uuid()])),
    },
);
