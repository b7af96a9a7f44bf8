//! What 2,000 pairings cost the processor, however busy the machine is: `cargo run --profile dist -p hansa-obligations --example obligations_figures`.
use std::time::Duration;

use hansa_obligations::{Accepted, Facts, Member, Rules, counts, next_change, obligations};
use jiff::{ToSpan, civil::date};
use rustix::time::{ClockId, clock_gettime};

/// What this thread has cost.
fn cost() -> Duration {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(spent.tv_sec.unsigned_abs(), u32::try_from(spent.tv_nsec).unwrap_or_default())
}

fn main() {
    let today = date(2026, 11, 27);
    let rules = Rules {
        version: 1,
        agreement_due_months: Some(3),
        priority_due_months: Some(3),
        plan_due_months: Some(12),
        pilot_due_months: Some(36),
        report_every_months: Some(6),
        minimum_cooperation_months: Some(18),
        maximum_support_months: Some(18),
    };
    let accepted = [Accepted { rules, from: None }];
    let member = |key: &str| Member { key: key.to_owned(), name: key.to_owned(), ..Member::default() };
    let facts: Vec<Facts> = (0..2_000)
        .map(|at: i32| {
            let start = today.saturating_sub((at % 1_500).days());
            Facts { matched_on: Some(start), started_on: Some(start), members: vec![member("a"), member("b")], ..Facts::default() }
        })
        .collect();

    let start = cost();
    let all: Vec<_> = facts.iter().flat_map(|facts| obligations(facts, &accepted, today)).collect();
    println!("{} obligations of {} pairings: {:?}, {:?}", all.len(), facts.len(), cost() - start, counts(&all));

    let start = cost();
    let next = facts.iter().filter_map(|facts| next_change(facts, &accepted, today)).min();
    println!("the next change of them all, {next:?}: {:?}", cost() - start);
}
