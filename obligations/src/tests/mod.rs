//! Cases, as tables.
use jiff::civil::Date;

use crate::*;

mod cases;
mod changes;
mod days;
mod laws;
mod tasks;

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn on(text: &str) -> Option<Date> {
    Some(day(text))
}

/// Rules of which each case uses some.
pub fn rules(version: i64) -> Rules {
    Rules { version, ..Rules::default() }
}

/// One version from the beginning.
pub fn always(rules: Rules) -> Vec<Accepted> {
    vec![Accepted { rules, from: None }]
}

/// A pairing that began on 31 August 2018.
pub fn begun() -> Facts {
    Facts { matched_on: on("2018-05-01"), started_on: on("2018-08-31"), priority_named_on: on("2018-08-31"), ..Facts::default() }
}

pub fn member(key: &str) -> Member {
    let name = key.chars().next().map(|first| first.to_uppercase().chain(key.chars().skip(1)).collect()).unwrap_or_default();
    Member { key: key.to_owned(), name, ..Member::default() }
}

/// The one with this key, if it is owed.
pub fn owed(facts: &Facts, rules: &[Accepted], today: &str, key: &str) -> Option<Obligation> {
    obligations(facts, rules, day(today)).into_iter().find(|one| one.key.to_string() == key)
}

/// Its sentence.
pub fn why(facts: &Facts, rules: &[Accepted], today: &str, key: &str) -> String {
    owed(facts, rules, today, key).unwrap().sentence(facts)
}

/// How it stands on each day: `2020-02-29 DUE YELLOW`, or `gone`.
pub fn told(facts: &Facts, rules: &[Accepted], key: &str, days: &[&str]) -> Vec<String> {
    let stands = |today: &&str| {
        let one = owed(facts, rules, today, key);
        let stands = one.map_or_else(|| "gone".to_owned(), |one| format!("{:?} {:?}", one.state, one.light));
        format!("{today} {stands}")
    };
    days.iter().map(stands).collect()
}
