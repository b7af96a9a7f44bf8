//! Why it stands so, in English.
use jiff::civil::Date;

use crate::{
    dates::{counted, days_between, written},
    facts::Facts,
    kind::State,
    obligation::{MOST_POSTPONEMENTS, Obligation},
};

/// What an obligation rests on, in words.
pub struct Rule<'a> {
    pub since: Option<Date>,
    /// “the start”.
    pub fact: &'a str,
    pub months: Option<i32>,
    pub every: Option<i32>,
    pub version: Option<i64>,
}

impl Rule<'_> {
    /// “18 months after the start on 31 August 2018 (rules version 2)”; where the day is unknown that it is, and where the rules name none that they don't.
    pub fn told(&self) -> String {
        let version = self.version.map_or_else(String::new, |version| format!("rules version {version}"));
        match (self.months, self.since) {
            (Some(months), Some(since)) => {
                let every = self.every.map_or_else(String::new, |every| format!(", one every {}", counted(every, "month")));
                format!("{} after {} on {}{every} ({version})", counted(months, "month"), self.fact, written(since))
            }
            (Some(months), None) => format!("the day of {} is unknown ({} after it, {version})", self.fact, counted(months, "month")),
            (None, None) => format!("the day of {} is unknown", self.fact),
            (None, Some(_)) if version.is_empty() => "no rules name a last day".to_owned(),
            (None, Some(_)) => format!("{version} names no last day"),
        }
    }
}

/// The sentence of something to be done.
pub fn of_task(facts: &Facts, subject: &str, done: &str, rule: &Rule, owed: &Obligation, is_closed: bool) -> String {
    let mut why = rule.told();
    if let (Some(last), Some(first)) = (owed.postponements.last(), owed.first_due_by) {
        let times = owed.postponements.len();
        why += &format!(", postponed from {} (“{}”; {times} of {MOST_POSTPONEMENTS})", written(first), last.reason);
    }
    let what = capital(subject);
    let was_due = owed.due_by.map(|due_by| format!(": it was due on {}, {why}", written(due_by)));
    let mut told = match (owed.state, owed.due_by) {
        (State::NotDue, Some(due_by)) => format!("{what} is due on {}: {why}.", written(due_by)),
        (State::NotDue, None) => match rule.since {
            Some(since) => format!("{what} is due from {} on {}: {why}.", rule.fact, written(since)),
            None => format!("When {subject} is due is unknown: {why}."),
        },
        (State::Due, Some(due_by)) => format!("{what} is due now, on {} at the latest: {why}.", written(due_by)),
        (State::Due | State::Overdue, None) => {
            format!("{what} is due since {} on {}: {why}.", rule.fact, rule.since.map(written).unwrap_or_default())
        }
        (State::Overdue, Some(due_by)) if is_closed => {
            format!(
                "{what} was due on {}: {why}. It was not {done} before the cooperation ended on {}.",
                written(due_by),
                written(owed.as_of)
            )
        }
        (State::Overdue, Some(due_by)) => {
            format!("{what} was due on {}: {why}. It is {} overdue.", written(due_by), days_between(due_by, owed.as_of))
        }
        (State::Met, _) => met(&what, done, rule, owed, was_due, &why),
        (State::Waived, _) => {
            let (on, reason) = owed.waived.as_ref().map(|one| (written(one.on), one.reason.as_str())).unwrap_or_default();
            format!("{what} was waived on {on} (“{reason}”){}.", was_due.unwrap_or_default())
        }
    };
    told += &risks(facts, owed);
    told
}

fn met(what: &str, done: &str, rule: &Rule, owed: &Obligation, was_due: Option<String>, why: &str) -> String {
    let met_on = owed.met_on.unwrap_or(owed.as_of);
    let late = owed.due_by.filter(|due_by| met_on > *due_by).map(|due_by| format!(", {} late", days_between(due_by, met_on)));
    let due = match was_due {
        None if rule.since.is_none() => format!("; when it was due is unknown: {why}"),
        due => due.unwrap_or_default(),
    };
    let waived = owed.waived.as_ref().map(|one| format!(" It had been waived on {} (“{}”).", written(one.on), one.reason));
    format!("{what} was {done} on {}{}{due}.{}", written(met_on), late.unwrap_or_default(), waived.unwrap_or_default())
}

/// What members say, with a space before.
pub fn risks(facts: &Facts, owed: &Obligation) -> String {
    let said = owed.risks.iter().map(|risk| {
        let name = facts.member(&risk.member).map_or(risk.member.as_str(), |member| member.name.as_str());
        format!(" {name} says that it is at risk: “{}”.", risk.words)
    });
    said.collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
