//! What it costs the processor, however busy the machine is: `cargo run -p hansa-matching --example matching_figures` (the crate is optimised in any profile).
use std::time::Duration;

use hansa_matching::{Applicant, Line, Named, NoLikeness, Participant, Problem, Themes, Weights, assign, rank, total};
use rustix::time::{ClockId, clock_gettime};

/// What this thread has cost.
fn cost() -> Duration {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(spent.tv_sec.unsigned_abs(), u32::try_from(spent.tv_nsec).unwrap_or_default())
}

/// Numbers that look like chance, and are the same each time.
fn number(one: usize, other: usize, end: u64) -> u64 {
    let mixed = (one as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (other as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 32) % end
}

fn applicant(at: usize, side: &str) -> Applicant {
    let key = format!("{side}-{at:03}");
    let line = |nth: usize, kind: &str| Line {
        key: format!("{key}/{kind}/{nth}"),
        theme: Some(format!("theme-{}", number(at, nth, 40))),
        title: format!("{kind} {nth}"),
        importance: 1 + number(at, nth + 7, 3) as u8,
    };
    let some = |prefix: &str, of: u64| {
        (0..3).map(|nth| format!("{prefix}-{}", number(at, nth + 11, of))).map(|key| Named::new(key.clone(), key)).collect()
    };
    Applicant {
        name: key.clone(),
        side: side.to_owned(),
        challenges: (0..4).map(|nth| line(nth, "challenge")).collect(),
        strengths: (4..8).map(|nth| line(nth, "strength")).collect(),
        goals: some("goal", 17),
        languages: some("language", 8),
        population: Some(50_000 + number(at, 3, 2_000_000)),
        key,
        ..Applicant::default()
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys: Vec<(String, Option<String>)> =
        (0..40).map(|at| (format!("theme-{at}"), (at >= 5).then(|| format!("theme-{}", at % 5)))).collect();
    let themes =
        Themes::new(keys.iter().map(|(key, parent)| (key.as_str(), key.as_str(), parent.as_deref()))).map_err(|fault| fault.sentence)?;
    let side = |name: &str| (0..400).map(|at| applicant(at, name)).collect::<Vec<_>>();
    let (left, right) = (side("left"), side("right"));
    let weights = Weights::default();

    let start = cost();
    let sum: u64 = left
        .iter()
        .flat_map(|one| right.iter().map(move |other| (one, other)))
        .filter_map(|(one, other)| total(one, other, &weights, &themes, &NoLikeness).ok().map(u64::from))
        .sum();
    println!("400 × 400 totals: {:?} (mean {})", cost() - start, sum / 160_000);

    let start = cost();
    let ranked = rank(&left[0], &right, 10, &weights, &themes, &NoLikeness);
    println!("the first ten of 400, with sentences: {:?} ({} ranked)", cost() - start, ranked.len());

    for (count, capacity) in [(200, 1), (200, 3), (400, 1)] {
        let side = |name: &str| -> Vec<Participant> {
            let named = |at: usize| format!("{name}-{at:03}");
            (0..count)
                .map(|at| Participant { key: named(at), name: named(at), capacity: 1 + (at as u32 % capacity), alone_cost: 40 })
                .collect()
        };
        let mut problem = Problem { left: side("left"), right: side("right"), minimum_score: 20, ..Problem::default() };
        problem.scores = (0..count).map(|row| (0..count).map(|column| u8::try_from(number(row, column, 101)).ok()).collect()).collect();
        let start = cost();
        let found = assign(&problem).map_err(|_| "refused")?;
        let lost = found.next_best.map(|next| next.loss);
        println!(
            "{count} × {count}, up to {capacity} partners: {:?} ({} pairs, the next-best loses {lost:?})",
            cost() - start,
            found.pairs.len()
        );
    }
    Ok(())
}
