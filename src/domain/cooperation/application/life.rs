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
    REOPENED = "applicationReopened" Changed "The decision on an application was taken back; it waits for one.",
    WITHDRAWN = "applicationWithdrawn" Withdrawn "A city took its application back.",
    REVISED = "applicationRevised" Changed "An application changed.",
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
pub static UPDATE_MATCHING: Move<Row> = Move::keeps(
    "update_matching",
    "kept out of matching or taken into it",
    &[Draft, Submitted, Reserve, Selected],
    Act::Write,
    "Say whether partners are sought for it: `updateApplicationMatching`.",
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
living!(Row in State = |row| row.state, [UPDATE, SUBMIT, UPDATE_MATCHING, RESERVE, SELECT, DECLINE, MATCH, WITHDRAW],
    enters: |row, state| row.state = state,
    owners: |row| Owners::of_cities([row.city.uuid()]),
    permits: |row, viewer, right| match right {
        Act::Govern => rule::may(viewer, right, &Owners::of_programmes([row.programme.uuid()])),
        _ => rule::may(viewer, right, &Owners::of_cities([row.city.uuid()])),
    },
);

/// The events of one save. By the decision of a call one is selected and matched at once, and by its being undone it waits again.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    match before.map(|before| before.state) {
        Some(Submitted | Reserve) if after.state == Matched => vec![&SELECTED, &MATCHED],
        Some(Reserve | Selected | Declined | Matched) if after.state == Submitted => vec![&REOPENED],
        _ => life::events(before, after, &DRAFTED, &REVISED, false),
    }
}
