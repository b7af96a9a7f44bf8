//! How a task stands.
use jiff::civil::Date;

use crate::{
    dates::months_after,
    facts::{Facts, Postponement, Risk, Waiver},
    kind::{Key, Kind, Light, State},
    obligation::{Basis, DUE_LEAD_MONTHS, MOST_POSTPONEMENTS, Obligation},
    rules::Versions,
};

/// What is judged, and as of when.
pub struct Case<'a> {
    pub facts: &'a Facts,
    pub versions: Versions<'a>,
    pub today: Date,
    /// When it ended or was completed, if it has.
    pub closed: Option<Date>,
}

impl<'a> Case<'a> {
    /// The day as of which what is open is judged.
    pub fn day(&self) -> Date {
        self.closed.unwrap_or(self.today)
    }

    /// A day that has come.
    pub fn known(&self, day: Option<Date>) -> Option<Date> {
        day.filter(|day| *day <= self.today)
    }

    pub fn waiver(&self, key: &Key) -> Option<&'a Waiver> {
        let waivers = self.facts.waivers.iter().filter(|one| one.key == *key && one.on <= self.today);
        waivers.min_by_key(|one| one.on)
    }

    fn postponements(&self, key: &Key) -> Vec<Postponement> {
        let granted = self.facts.postponements.iter().filter(|one| one.key == *key && one.on <= self.today);
        let mut granted: Vec<Postponement> = granted.cloned().collect();
        granted.sort_by(|one, other| (one.on, one.until, &one.reason).cmp(&(other.on, other.until, &other.reason)));
        granted.truncate(MOST_POSTPONEMENTS);
        granted
    }

    /// What members who are still there say of something open.
    pub fn risks(&self, key: &Key) -> Vec<Risk> {
        let is_there = |one: &Risk| {
            let member = self.facts.member(&one.member);
            member.is_some_and(|member| member.left_on.is_none_or(|left| left > self.today))
        };
        let is_said = |one: &&Risk| {
            one.since <= self.today
                && one.until.is_none_or(|until| until >= self.today)
                && one.key.as_ref().map_or(key.kind != Kind::EndOfSupport, |at_risk| at_risk == key)
                && is_there(one)
        };
        let mut risks: Vec<Risk> = self.facts.risks.iter().filter(is_said).cloned().collect();
        risks.sort_by(|one, other| (one.since, &one.member, &one.words).cmp(&(other.since, &other.member, &other.words)));
        if self.closed.is_some() { Vec::new() } else { risks }
    }
}

/// Something to be done, before it is judged.
pub struct Task {
    pub key: Key,
    pub basis: Basis,
    pub met_on: Option<Date>,
}

/// A month before a last day.
pub fn lead(due_by: Date) -> Option<Date> {
    months_after(due_by, -DUE_LEAD_MONTHS)
}

/// The light of a state; what is not due and has no day is grey.
pub fn light(state: State, is_known: bool, is_at_risk: bool) -> Light {
    match state {
        State::Met | State::Waived => Light::Green,
        State::Overdue => Light::Red,
        State::Due => Light::Yellow,
        State::NotDue if is_at_risk => Light::Yellow,
        State::NotDue if is_known => Light::Green,
        State::NotDue => Light::Grey,
    }
}

/// None is what lapsed, as the pairing ended or was completed before it was overdue.
pub fn judge(case: &Case, task: Task) -> Option<Obligation> {
    let first_due_by = task.basis.since.zip(task.basis.months).and_then(|(since, months)| months_after(since, months));
    let postponements = if first_due_by.is_some() { case.postponements(&task.key) } else { Vec::new() };
    // None takes time away, and rules that give more than it are not cut short by it.
    let due_by = postponements.iter().map(|one| Some(one.until)).chain([first_due_by]).max().flatten();
    let due_from = match due_by {
        Some(due_by) => lead(due_by).max(task.basis.since),
        None if task.basis.months.is_none() => task.basis.since,
        None => None,
    };
    let day = case.day();
    let met_on = case.known(task.met_on);
    let is_met = met_on.is_some() || case.facts.undated.contains(&task.key);
    let waived = case.waiver(&task.key).cloned();
    let state = if is_met {
        State::Met
    } else if waived.is_some() {
        State::Waived
    } else if due_by.is_some_and(|due_by| day > due_by) {
        State::Overdue
    } else if due_from.is_some_and(|due_from| day >= due_from) {
        State::Due
    } else {
        State::NotDue
    };
    if case.closed.is_some() && matches!(state, State::NotDue | State::Due) {
        return None;
    }
    let risks = if matches!(state, State::Met | State::Waived) { Vec::new() } else { case.risks(&task.key) };
    Some(Obligation {
        key: task.key,
        basis: task.basis,
        due_from,
        due_by,
        first_due_by,
        met_on,
        waived,
        postponements,
        light: light(state, due_from.is_some(), !risks.is_empty()),
        risks,
        state,
        as_of: day,
        is_closed: case.closed.is_some(),
    })
}
