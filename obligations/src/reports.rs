//! Reports: one in each period, numbered from the start.
use jiff::civil::Date;

use crate::{
    dates::months_after,
    facts::Report,
    judge::{Case, Task, lead},
    kind::Key,
    obligation::{Basis, Fact},
};

/// No cooperation reports more often.
const MOST_REPORTS: usize = 2_400;

/// A period at whose end a report is due.
struct Period {
    begins: Date,
    basis: Basis,
}

/// The reports owed up to the first that is not due yet.
pub fn reports(case: &Case) -> Vec<Task> {
    let mut given: Vec<&Report> = case.facts.reports.iter().filter(|one| one.given_on <= case.today).collect();
    given.sort_by_key(|one| (one.given_on, one.number));
    let Some(start) = case.facts.started_on else { return undated(case, &given) };
    let periods = periods(case, start);
    let mut met: Vec<Option<Date>> = vec![None; periods.len()];
    for report in &given {
        let place = match report.number {
            Some(number) => (number as usize).checked_sub(1).filter(|at| *at < met.len()),
            None => periods.iter().zip(&met).position(|(period, met)| met.is_none() && period.begins <= report.given_on),
        };
        if let Some(at) = place {
            met[at].get_or_insert(report.given_on);
        }
    }
    let task = |(number, (period, met_on)): (u32, (Period, Option<Date>))| Task { key: Key::report(number), basis: period.basis, met_on };
    (1..).zip(periods.into_iter().zip(met)).map(task).collect()
}

/// The periods up to the first whose report is not due yet. One that has begun keeps the rules of its first day.
fn periods(case: &Case, start: Date) -> Vec<Period> {
    let mut periods = Vec::new();
    let (mut since, mut months, mut begins) = (start, 0, start);
    while periods.len() < MOST_REPORTS {
        let rules = case.versions.on(begins);
        let Some(every) = rules.and_then(|rules| rules.report_every_months) else {
            // No reports are owed until a later version wants them.
            let wanted = case.versions.later().find(|(from, rules)| *from > begins && rules.report_every_months.is_some());
            let Some((from, _)) = wanted else { break };
            (since, months, begins) = (from, 0, from);
            continue;
        };
        let every = every.max(1);
        months += every;
        let Some(due) = months_after(since, months) else { break };
        let fact = if since == start { Fact::Start } else { Fact::RulesChanged };
        let version = rules.map(|rules| rules.version);
        periods.push(Period { begins, basis: Basis { fact, since: Some(since), months: Some(months), every: Some(every), version } });
        if lead(due).is_none_or(|from| from > case.day()) {
            break;
        }
        begins = due;
    }
    periods
}

/// Without a start no day is known: those that were given, and one to come.
fn undated(case: &Case, given: &[&Report]) -> Vec<Task> {
    let rules = case.versions.on(case.day()).filter(|rules| rules.report_every_months.is_some());
    let Some(rules) = rules else { return Vec::new() };
    let every = rules.report_every_months;
    let basis = Basis { fact: Fact::Start, since: None, months: every, every, version: Some(rules.version) };
    let mut tasks: Vec<Task> = Vec::new();
    let mut number = 0;
    for report in given {
        number = report.number.unwrap_or(number + 1);
        if tasks.iter().all(|task| task.key.number != Some(number)) {
            tasks.push(Task { key: Key::report(number), basis, met_on: Some(report.given_on) });
        }
    }
    let last = tasks.iter().filter_map(|task| task.key.number).max().unwrap_or_default();
    tasks.push(Task { key: Key::report(last + 1), basis, met_on: None });
    tasks
}
