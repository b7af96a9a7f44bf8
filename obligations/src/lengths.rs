//! How long is cooperated and supported: what time itself brings about.
use jiff::civil::Date;

use crate::{
    dates::{counted, months_after, next, written},
    judge::{Case, lead, light},
    kind::{Key, Kind, State},
    obligation::Obligation,
    rules::Rules,
    sentence::{Rule, risks},
};

/// A length of time by the rules.
struct Length<'a> {
    /// Its last day; none where the start is unknown.
    until: Option<Date>,
    /// The first day on which it has come to its end.
    over: Option<Date>,
    months: i32,
    rules: &'a Rules,
}

impl Length<'_> {
    fn rule(&self, since: Option<Date>) -> Rule<'static> {
        Rule { since, fact: "the start", months: Some(self.months), every: None, version: Some(self.rules.version) }
    }
}

/// The length by the version in whose time it came to its end, or else by the one in force. None where the rules have none.
fn length<'a>(case: &Case<'a>, months: fn(&Rules) -> Option<i32>, over: fn(Date) -> Date) -> Option<Length<'a>> {
    let mut latest = None;
    for (from, following, rules) in case.versions.spans() {
        if from.is_some_and(|from| from > case.day()) {
            break;
        }
        latest = months(rules).map(|months| {
            let until = case.facts.started_on.and_then(|start| months_after(start, months));
            Length { until, over: until.map(over).max(from.filter(|_| until.is_some())), months, rules }
        });
        let is_over = |length: &Length| length.over.is_some_and(|over| following.is_none_or(|following| over < following));
        if latest.as_ref().is_some_and(is_over) {
            break;
        }
    }
    latest
}

/// Whether they cooperate as long as they promised.
pub fn minimum(case: &Case) -> Option<Obligation> {
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
    let why = length.rule(case.facts.started_on).told();
    let long = counted(length.months, "month");
    let day = length.until.map(written).unwrap_or_default();
    let sentence = match (state, met_on, &waived) {
        (State::Met, Some(met_on), waived) => {
            let waived = waived.as_ref().map(|one| format!(" It had been waived on {} (“{}”).", written(one.on), one.reason));
            format!("The minimum was reached on {}: {why}.{}", written(met_on), waived.unwrap_or_default())
        }
        (State::Waived, _, Some(waived)) => {
            format!("The minimum of {long} was waived on {} (“{}”): {why}.", written(waived.on), waived.reason)
        }
        (State::Overdue, ..) => {
            format!("The cooperation {}, before its minimum was reached, which was to be on {day}: {why}.", closed(case))
        }
        _ if length.until.is_none() => format!("When the minimum of {long} is reached is unknown: {why}."),
        _ => format!("The minimum is reached on {day}: {why}."),
    };
    let day = length.until;
    Some(told(case, Obligation { waived, ..blank(case, key, day, day, met_on, state, sentence, length.rules.version) }))
}

/// Until when the programme supports them.
pub fn support(case: &Case) -> Option<Obligation> {
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
    let is_early = met_on.is_some_and(|met_on| length.until.is_none_or(|until| met_on < until));
    let why = length.rule(case.facts.started_on).told();
    let day = length.until.map(written);
    let planned = day.as_ref().map(|day| format!(", planned to end on {day}")).unwrap_or_default();
    let sentence = match (state, met_on, &waived) {
        (State::Met, Some(met_on), _) if is_early => {
            let how = if by_hand == Some(met_on) { "was ended on" } else { "ended with the cooperation on" };
            format!("Support {how} {}{planned}: {why}.", written(met_on))
        }
        (State::Met, Some(met_on), _) => format!("Support ended on {}: {why}.", written(met_on)),
        (State::Waived, _, Some(waived)) => {
            format!("The end of support was waived on {} (“{}”): {why}.", written(waived.on), waived.reason)
        }
        (State::Due, ..) => format!("Support ends soon, on {}: {why}.", day.unwrap_or_default()),
        _ => day.map_or_else(|| format!("When support ends is unknown: {why}."), |day| format!("Support ends on {day}: {why}.")),
    };
    Some(told(case, Obligation { waived, ..blank(case, key, due_from, length.until, met_on, state, sentence, length.rules.version) }))
}

/// “ended on 3 May 2019 (“reason”)”.
fn closed(case: &Case) -> String {
    let day = written(case.day());
    let ending = case.facts.ended.as_ref().filter(|ending| Some(ending.on) == case.closed);
    ending.map_or_else(|| format!("was completed on {day}"), |ending| format!("ended on {day} (“{}”)", ending.reason))
}

/// One that nobody postponed and nobody spoke of.
fn blank(
    case: &Case,
    key: Key,
    due_from: Option<Date>,
    due_by: Option<Date>,
    met_on: Option<Date>,
    state: State,
    sentence: String,
    version: i64,
) -> Obligation {
    Obligation {
        key,
        due_from,
        due_by,
        first_due_by: due_by,
        met_on,
        waived: None,
        postponements: Vec::new(),
        risks: Vec::new(),
        state,
        light: light(state, due_by.is_some(), false),
        sentence,
        rules_version: Some(version),
        as_of: case.day(),
    }
}

/// With what members say of it while it is open.
fn told(case: &Case, mut owed: Obligation) -> Obligation {
    if !matches!(owed.state, State::Met | State::Waived) {
        owed.risks = case.risks(&owed.key);
        owed.light = light(owed.state, owed.due_by.is_some(), !owed.risks.is_empty());
        owed.sentence += &risks(case.facts, &owed);
    }
    owed
}
