//! What may be done to an assessment, and what is told of it.
use super::{
    Row,
    row::State::{self, Asked, InProgress, Recused, Submitted, Withdrawn},
};
use crate::{access::rule, kernel::prelude::life::*};

events!(
    ASKED = "assessmentRequested" Added "An officer was asked to assess an application.",
    BEGUN = "assessmentBegun" Changed "An assessor declared to have no interest in an application, and judges it.",
    RECUSED = "assessorRecused" Changed "An assessor has an interest in an application, and does not judge it.",
    SUBMITTED = "assessmentSubmitted" Changed "An assessor handed in what they think of an application.",
    REVEALED = "assessmentRevealed" Changed "All assessments of an application are in, and its officers read this one.",
    WITHDRAWN = "assessmentWithdrawn" Changed "An officer took back that an application is assessed by somebody.",
    REVISED = "assessmentRevised" Changed "An assessment changed." reference,
);

/// The assessor's own: see `permits`.
const OWN: Act = Act::Join;

pub static BEGIN: Move<Row> = Move::to(
    "begin",
    "begun",
    &[Asked],
    InProgress,
    OWN,
    &BEGUN,
    "Declare to have no interest in the application, and begin to judge: `declareAssessorInterest`.",
);
pub static RECUSE: Move<Row> = Move::to(
    "recuse",
    "recused from",
    &[Asked, InProgress],
    Recused,
    OWN,
    &RECUSED,
    "Declare an interest in the application, and do not judge it: `declareAssessorInterest`.",
);
pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[InProgress], OWN, "Write what you think of it.");
pub static SUBMIT: Move<Row> =
    Move::to("submit", "handed in", &[InProgress], Submitted, OWN, &SUBMITTED, "Hand in what you think, with a verdict by each criterion.");
pub static REOPEN: Move<Row> =
    Move::to("reopen", "reopened", &[Submitted], InProgress, OWN, &REVISED, "Take back what you handed in, to change it.")
        .only_where(|row, _| !row.is_revealed, "The officers read it already.");
pub static REVEAL: Move<Row> = Move::keeps(
    "reveal",
    "revealed",
    &[Submitted],
    Act::Govern,
    "Read what is in although fewer have assessed than the call wants; nobody else is asked: `revealAssessments`.",
)
.only_where(|row, _| !row.is_revealed, "The officers read it already.");
pub static WITHDRAW: Move<Row> = Move::to(
    "withdraw",
    "withdrawn",
    &[Asked, InProgress, Submitted],
    Withdrawn,
    Act::Govern,
    &WITHDRAWN,
    "Take back, with a reason, that it is assessed by this officer.",
)
.only_where(|row, _| !row.is_revealed, "The officers read it already.");

// What it says is its assessor's alone, whoever administers the hub.
living!(Row in State = |row| row.state, [BEGIN, RECUSE, UPDATE, SUBMIT, REOPEN, REVEAL, WITHDRAW],
    enters: |row, state| row.state = state,
    owners: |row| Owners::of_programmes([row.programme.uuid()]),
    permits: |row, viewer, right| match right {
        OWN => viewer.person == Some(row.assessor.uuid()),
        _ => rule::may(viewer, right, &Owners::of_programmes([row.programme.uuid()])),
    },
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_shown = |row: &Row| row.is_revealed;
    let mut told = match before {
        Some(before) if (before.state, before.assessor) == (after.state, after.assessor) && is_shown(before) != is_shown(after) => {
            Vec::new()
        }
        // Handed on: somebody else is asked.
        Some(before) if before.assessor != after.assessor => vec![&ASKED],
        Some(before) if before.state == Submitted && after.state == InProgress => vec![&REVISED],
        _ => life::events(before, after, &ASKED, &REVISED, false),
    };
    if is_shown(after) && !before.is_some_and(is_shown) {
        told.push(&REVEALED);
    }
    told
}
