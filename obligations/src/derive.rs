//! All that is owed, and when that changes.
use jiff::civil::Date;

use crate::{
    dates::next,
    facts::{Facts, Member},
    judge::{Case, Task, judge, lead},
    kind::{Key, Kind, Light, State},
    lengths::{minimum, support},
    obligation::{Basis, Fact, Obligation},
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
    let (matched, started) = ((Fact::Match, facts.matched_on), (Fact::Start, facts.started_on));
    tasks.push(once(&case, Key::of(Kind::NamePriority), matched, facts.priority_named_on, |rules| rules.priority_due_months));
    let plan = once(&case, Key::of(Kind::DeliverPlan), started, facts.plan_delivered_on, |rules| rules.plan_due_months);
    let pilot = once(&case, Key::of(Kind::StartPilot), started, facts.pilot_started_on, |rules| rules.pilot_due_months);
    // Owed only where the rules say so.
    tasks.extend([plan, pilot].into_iter().filter(|task| task.basis.months.is_some()));
    tasks.extend(reports(&case));
    let mut owed: Vec<Obligation> = tasks.into_iter().filter_map(|task| judge(&case, task)).collect();
    owed.extend(minimum(&case));
    owed.extend(support(&case));
    owed.sort_by(|one, other| one.key.cmp(&other.key));
    owed
}

/// What is done once.
fn once(case: &Case, key: Key, (fact, since): (Fact, Option<Date>), met_on: Option<Date>, months: fn(&Rules) -> Option<i32>) -> Task {
    let met_on = case.known(met_on);
    let rules = case.versions.on(met_on.unwrap_or_else(|| case.day()));
    let version = rules.map(|rules| rules.version);
    Task { key, basis: Basis { fact, since, months: rules.and_then(months), every: None, version }, met_on }
}

/// A member that is there, or signed before it left, or is to come, owes its own signature.
fn signature(case: &Case, member: &Member) -> Option<Task> {
    let has_come = member.joined_on.is_none_or(|joined| joined <= case.today);
    let has_signed = case.known(member.signed_on).is_some() || case.facts.undated.contains(&Key::signature(&member.key));
    let has_left = case.known(member.left_on).is_some() && !has_signed;
    if !has_come || has_left {
        return None;
    }
    let joined = member.joined_on.filter(|joined| case.facts.matched_on.is_none_or(|matched| matched < *joined));
    let since = joined.map_or((Fact::Match, case.facts.matched_on), |joined| (Fact::Joined, Some(joined)));
    Some(once(case, Key::signature(&member.key), since, member.signed_on, |rules| rules.agreement_due_months))
}

/// The next day after `today` on which a state or a light changes, or an obligation comes or goes; none where none ever will as things are known. It looks ahead by the facts,
/// whatever their days: a fact that is learnt later may bring it nearer.
pub fn next_change(facts: &Facts, rules: &[Accepted], today: Date) -> Option<Date> {
    let seen = |day: Date| -> (Vec<(Key, State, Light)>, Vec<Date>) {
        let owed = obligations(facts, rules, day);
        // The next report is listed when the one before would have been due, postponed or not.
        let days = owed.iter().flat_map(|one| [one.due_from, one.due_by, one.due_by.map(next), one.first_due_by.and_then(lead)]);
        let days = days.flatten().collect();
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
