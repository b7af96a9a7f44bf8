//! What may be done to an obligation, and what is told of it.
use hansa_obligations::{MOST_POSTPONEMENTS, MilestoneKind};

use super::{
    Row,
    row::{
        ObligationKind::{EndOfSupport, ReachMinimum},
        ObligationState::{self, Due, NotDue, Overdue, Waived},
    },
};
use crate::kernel::prelude::life::*;

events!(
    LISTED = "obligationListed" Added "The hub listed something that is owed." reference,
    DUE = "obligationDue" Changed "Something that is owed became due.",
    OVERDUE = "obligationOverdue" Changed "Something that is owed was not done in time.",
    MET = "obligationMet" Changed "Something that was owed was done.",
    SUPPORT_ENDING = "supportEnding" Changed "A programme's support of a pairing ends in a month.",
    COMMITMENT_REACHED = "commitmentReached" Changed "The members of a pairing cooperated as long as they promised at the least.",
    WAIVED = "obligationWaived" Changed "An officer does without something that is owed.",
    REINSTATED = "obligationReinstated" Changed "Something that had been waived is owed again.",
    POSTPONED = "obligationPostponed" Changed "An officer gave more time for something that is owed.",
    AT_RISK = "obligationAtRisk" Changed "A member says that something it owes is at risk.",
    RISK_WITHDRAWN = "obligationRiskWithdrawn" Changed "A member says that something it owes is at risk no more.",
    REVISED = "obligationRevised" Changed "The hub derived other days or another state of something that is owed." reference,
);

/// It is still to be done.
const OPEN: &[ObligationState] = &[NotDue, Due, Overdue];

pub static WAIVE: Move<Row> = Move::keeps("waive", "waived", OPEN, Act::Govern, "Do without it, with a reason: `waiveObligation`.");
pub static REINSTATE: Move<Row> =
    Move::keeps("reinstate", "reinstated", &[Waived], Act::Govern, "Have it owed again, with a reason: `reinstateObligation`.");
pub static POSTPONE: Move<Row> =
    Move::<Row>::keeps("postpone", "postponed", OPEN, Act::Govern, "Give more time, three times at the most: `postponeObligation`.")
        .only_where(
            |row, _| !matches!(row.kind, ReachMinimum | EndOfSupport),
            "It is a length of time and can't be postponed: it takes a new version of the rules.",
        )
        .only_where(|row, _| row.due_by.is_some(), "It has no day that could be postponed.")
        .only_where(
            |row, _| row.postponements.len() < MOST_POSTPONEMENTS,
            "It was postponed three times already, which is the most: waive it, or leave it overdue.",
        );
pub static DECLARE_AT_RISK: Move<Row> =
    Move::keeps("declare_at_risk", "declared at risk", OPEN, Act::Join, "Say for a member that it is at risk: `declareObligationAtRisk`.")
        .only_where(|row, _| row.kind != EndOfSupport, "The end of support is nobody's to bring about.");
pub static WITHDRAW_RISK: Move<Row> = Move::keeps(
    "withdraw_risk",
    "declared at risk no more",
    OPEN,
    Act::Join,
    "Take back for a member that it is at risk: `withdrawObligationRisk`.",
)
.only_where(|row, _| !row.risks.is_empty(), "Nobody says that it is at risk.");

// The programme's officers; its members say what is at risk.
living!(Row in ObligationState = |row| row.state, [WAIVE, REINSTATE, POSTPONE, DECLARE_AT_RISK, WITHDRAW_RISK],
    owners: |row| row.owners.0.clone(),
);

/// The event of a milestone.
fn event(what: &str) -> Option<&'static EventType> {
    let events = [
        (MilestoneKind::Due, &DUE),
        (MilestoneKind::SupportEnding, &SUPPORT_ENDING),
        (MilestoneKind::Overdue, &OVERDUE),
        (MilestoneKind::Met, &MET),
        (MilestoneKind::CommitmentReached, &COMMITMENT_REACHED),
    ];
    events.into_iter().find(|(kind, _)| kind.name() == what).map(|(_, event)| event)
}

/// The events of one save: what was decided, then what happened.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let mut told: Vec<&'static EventType> = Vec::new();
    match before {
        None => told.push(&LISTED),
        Some(before) => {
            match (&before.waiver, &after.waiver) {
                (None, Some(_)) => told.push(&WAIVED),
                (Some(_), None) => told.push(&REINSTATED),
                _ => {}
            }
            if before.postponements.len() < after.postponements.len() {
                told.push(&POSTPONED);
            }
            if after.risks.iter().any(|risk| !before.risks.contains(risk)) {
                told.push(&AT_RISK);
            } else if before.risks.len() > after.risks.len() && OPEN.contains(&after.state) {
                told.push(&RISK_WITHDRAWN);
            }
        }
    }
    let is_new = |what: &str| before.is_none_or(|before| before.milestones.iter().all(|other| other.what != what));
    told.extend(after.milestones.iter().filter(|one| one.is_told && is_new(&one.what)).filter_map(|one| event(&one.what)));
    if told.is_empty() {
        told.push(&REVISED);
    }
    told
}
