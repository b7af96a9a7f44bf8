//! How long is cooperated and supported: what time itself brings about.
use jiff::civil::Date;

use crate::{
    dates::{months_after, next},
    facts::Waiver,
    judge::{Case, lead, light},
    kind::{Key, Kind, State},
    obligation::{Basis, Fact, Obligation},
    rules::Rules,
};

/// A length of time by the rules.
struct Length {
    /// Its last day; none where the start is unknown.
    until: Option<Date>,
    /// The first day on which it has come to its end.
    over: Option<Date>,
    basis: Basis,
}

/// The length by the version in whose time it came to its end, or else by the one in force. None where the rules have none.
fn length(case: &Case, months: fn(&Rules) -> Option<i32>, over: fn(Date) -> Date) -> Option<Length> {
    let mut latest = None;
    for (from, following, rules) in case.versions.spans() {
        if from.is_some_and(|from| from > case.day()) {
            break;
        }
        latest = months(rules).map(|months| {
            let until = case.facts.started_on.and_then(|start| months_after(start, months));
            let basis =
                Basis { fact: Fact::Start, since: case.facts.started_on, months: Some(months), every: None, version: Some(rules.version) };
            Length { until, over: until.map(over).max(from.filter(|_| until.is_some())), basis }
        });
        let is_over = |length: &Length| length.over.is_some_and(|over| following.is_none_or(|following| over < following));
        if latest.as_ref().is_some_and(is_over) {
            break;
        }
    }
    latest
}

/// Whether it was over before it is known to have begun: then no length of time is owed.
fn never_began(case: &Case) -> bool {
    case.closed.is_some() && case.facts.started_on.is_none()
}

/// Whether they cooperate as long as they promised.
pub fn minimum(case: &Case) -> Option<Obligation> {
    if never_began(case) {
        return None;
    }
    let length = length(case, |rules| rules.minimum_cooperation_months, |until| until)?;
    let key = Key::of(Kind::ReachMinimum);
    let waived = case.waiver(&key).cloned();
    let met_on = length.over.filter(|over| *over <= case.day());
    let state = if met_on.is_some() {
        State::Met
    } else if waived.is_some() {
        State::Waived
    } else if case.closed.is_some() && length.until.is_some() {
        State::Overdue
    } else {
        State::NotDue
    };
    Some(told(case, Told { key, basis: length.basis, due_from: length.until, due_by: length.until, met_on, waived, state }))
}

/// Until when the programme supports them.
pub fn support(case: &Case) -> Option<Obligation> {
    if never_began(case) {
        return None;
    }
    let length = length(case, |rules| rules.maximum_support_months, next)?;
    let key = Key::of(Kind::EndOfSupport);
    let waived = case.waiver(&key).cloned();
    let by_rule = length.over.filter(|over| *over <= case.day()).and(length.until);
    let by_hand = case.known(case.facts.support_ended_on);
    let met_on = by_rule.into_iter().chain(by_hand).chain(case.closed).min();
    let due_from = length.until.and_then(lead).max(case.facts.started_on.filter(|_| length.until.is_some()));
    let state = if met_on.is_some() {
        State::Met
    } else if waived.is_some() {
        State::Waived
    } else if due_from.is_some_and(|from| from <= case.day()) {
        State::Due
    } else {
        State::NotDue
    };
    Some(told(case, Told { key, basis: length.basis, due_from, due_by: length.until, met_on, waived, state }))
}

/// What differs between the two.
struct Told {
    key: Key,
    basis: Basis,
    due_from: Option<Date>,
    due_by: Option<Date>,
    met_on: Option<Date>,
    waived: Option<Waiver>,
    state: State,
}

/// With what members say of it while it is open. Nobody can postpone it.
fn told(case: &Case, Told { key, basis, due_from, due_by, met_on, waived, state }: Told) -> Obligation {
    let risks = if matches!(state, State::Met | State::Waived) { Vec::new() } else { case.risks(&key) };
    let light = light(state, due_by.is_some(), !risks.is_empty());
    let (as_of, is_closed) = (case.day(), case.closed.is_some());
    let postponements = Vec::new();
    Obligation { key, basis, due_from, due_by, first_due_by: due_by, met_on, waived, postponements, risks, state, light, as_of, is_closed }
}
