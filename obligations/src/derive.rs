//! All that is owed, and when that changes.
use jiff::civil::Date;

use crate::{
    dates::next,
    facts::{Facts, Member},
    judge::{Case, Task, judge},
    kind::{Key, Kind, Light, State},
    lengths::{minimum, support},
    obligation::Obligation,
    reports::reports,
    rules::{Accepted, Rules, Versions},
};

/// How many days on which something could change are looked at before it is said to look again.
const MOST_LOOKS: usize = 1_000;

/// What a pairing and its members owe on a day, by kinds, numbers and members. `rules` are the versions it accepted, in any order.
pub fn obligations(facts: &Facts, rules: &[Accepted], today: Date) -> Vec<Obligation> {
    let closed = facts.closed_on(today);
    // What is accepted after the end changes nothing that was owed.
    let case = Case { facts, versions: Versions::known(rules, closed.unwrap_or(today)), today, closed };
    let mut tasks: Vec<Task> = facts.members.iter().filter_map(|member| signature(&case, member)).collect();
    let start = ("the start", facts.started_on);
    tasks.extend(once(
        &case,
        Kind::NamePriority,
        ("the thematic priority", "named"),
        ("the match", facts.matched_on),
        facts.priority_named_on,
        |rules| rules.priority_due_months,
    ));
    let plan = once(&case, Kind::DeliverPlan, ("the plan", "delivered"), start, facts.plan_delivered_on, |rules| rules.plan_due_months);
    let pilot = once(&case, Kind::StartPilot, ("the pilot", "started"), start, facts.pilot_started_on, |rules| rules.pilot_due_months);
    // Owed only where the rules say so.
    tasks.extend(plan.into_iter().chain(pilot).filter(|task| task.months.is_some()));
    tasks.extend(reports(&case));
    let mut owed: Vec<Obligation> = tasks.into_iter().filter_map(|task| judge(&case, task)).collect();
    owed.extend(minimum(&case));
    owed.extend(support(&case));
    owed.sort_by(|one, other| one.key.cmp(&other.key));
    owed
}

/// What is done once.
fn once(
    case: &Case,
    kind: Kind,
    (subject, done): (&str, &'static str),
    (fact, since): (&str, Option<Date>),
    met_on: Option<Date>,
    months: fn(&Rules) -> Option<i32>,
) -> Option<Task> {
    let met_on = case.known(met_on);
    let rules = case.versions.on(met_on.unwrap_or_else(|| case.day()));
    Some(Task {
        key: Key::of(kind),
        subject: subject.to_owned(),
        done,
        since,
        fact: fact.to_owned(),
        months: rules.and_then(months),
        every: None,
        version: rules.map(|rules| rules.version),
        met_on,
    })
}

/// A member that is there, or signed before it left, or is to come, owes its own signature.
fn signature(case: &Case, member: &Member) -> Option<Task> {
    let has_come = member.joined_on.is_none_or(|joined| joined <= case.today);
    let has_left = case.known(member.left_on).is_some() && case.known(member.signed_on).is_none();
    if !has_come || has_left {
        return None;
    }
    let joined = member.joined_on.filter(|joined| case.facts.matched_on.is_none_or(|matched| matched < *joined));
    let since = joined.map_or(("the match".to_owned(), case.facts.matched_on), |joined| (format!("{} joined", member.name), Some(joined)));
    let task = once(case, Kind::SignAgreement, ("", "given"), (&since.0, since.1), member.signed_on, |rules| rules.agreement_due_months)?;
    Some(Task { key: Key::signature(&member.key), subject: format!("the signature of {}", member.name), ..task })
}

/// The next day after `today` on which a state or a light changes, or an obligation comes or goes; none where none ever will as things are known. It looks ahead by the facts,
/// whatever their days: a fact that is learnt later may bring it nearer.
pub fn next_change(facts: &Facts, rules: &[Accepted], today: Date) -> Option<Date> {
    let seen = |day: Date| -> (Vec<(Key, State, Light)>, Vec<Date>) {
        let owed = obligations(facts, rules, day);
        let days = owed.iter().flat_map(|one| [one.due_from, one.due_by, one.due_by.map(next)]).flatten().collect();
        (owed.into_iter().map(|one| (one.key, one.state, one.light)).collect(), days)
    };
    let told = facts.days().into_iter().flat_map(|day| [day, next(day)]).chain(rules.iter().filter_map(|one| one.from));
    let told: Vec<Date> = told.collect();
    let (before, mut days) = seen(today);
    let mut day = today;
    for _ in 0..MOST_LOOKS {
        day = told.iter().chain(&days).copied().filter(|other| *other > day).min()?;
        let (after, later) = seen(day);
        if after != before {
            return Some(day);
        }
        days = later;
    }
    Some(day)
}
