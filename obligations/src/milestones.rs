//! What has happened to an obligation: each once, for events.
use std::fmt;

use jiff::civil::Date;

use crate::{
    dates::next,
    kind::{Key, Kind, State},
    obligation::Obligation,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MilestoneKind {
    Due,
    /// Support ends in a month.
    SupportEnding,
    Overdue,
    Met,
    /// The minimum was reached.
    CommitmentReached,
}

/// Something that happened to an obligation. Its text is stable, and its own within the pairing: `REPORT:3/OVERDUE`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milestone {
    pub key: Key,
    pub kind: MilestoneKind,
    pub on: Date,
}

impl MilestoneKind {
    /// `SUPPORT_ENDING`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Due => "DUE",
            Self::SupportEnding => "SUPPORT_ENDING",
            Self::Overdue => "OVERDUE",
            Self::Met => "MET",
            Self::CommitmentReached => "COMMITMENT_REACHED",
        }
    }
}

impl fmt::Display for Milestone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.key, self.kind.name())
    }
}

/// What has happened to an obligation by the day that was asked about, in order of days: also what nobody looked at on its day. Whoever fires events keeps the texts of those
/// fired, and fires what is new; then neither a week without looking nor a clock that jumps back loses or doubles any. What is done before it is due, or waived before, never becomes
/// due, and what is met in time never overdue; of what was done on a day that is not known nothing is.
pub fn milestones(owed: &Obligation) -> Vec<Milestone> {
    let at = |kind, on| Milestone { key: owed.key.clone(), kind, on };
    let waived_on = owed.waived.as_ref().filter(|_| owed.state == State::Waived).map(|waiver| waiver.on);
    // From this day on it was no longer open.
    let settled = owed.met_on.or(waived_on);
    let was_open_on = |day: &Date| settled.map_or(*day <= owed.as_of, |settled| *day < settled);
    // When it was done is not known, and so nothing that happened before.
    if owed.state == State::Met && owed.met_on.is_none() {
        return Vec::new();
    }
    let mut passed = Vec::new();
    match owed.key.kind {
        Kind::ReachMinimum => {
            passed.extend(owed.met_on.map(|day| at(MilestoneKind::CommitmentReached, day)));
            passed.extend((owed.state == State::Overdue).then(|| at(MilestoneKind::Overdue, owed.as_of)));
        }
        Kind::EndOfSupport => {
            passed.extend(owed.due_from.filter(was_open_on).map(|day| at(MilestoneKind::SupportEnding, day)));
            passed.extend(owed.met_on.map(|day| at(MilestoneKind::Met, day)));
        }
        _ => {
            passed.extend(owed.due_from.filter(was_open_on).map(|day| at(MilestoneKind::Due, day)));
            passed.extend(owed.due_by.map(next).filter(was_open_on).map(|day| at(MilestoneKind::Overdue, day)));
            passed.extend(owed.met_on.map(|day| at(MilestoneKind::Met, day)));
        }
    }
    passed
}
