//! Large problems: with an optimum that is known, by another solver, and in time.
use std::time::Duration;

use pathfinding::prelude::{Matrix, kuhn_munkres};
use rustix::time::{ClockId, clock_gettime};

use super::*;

const SIDE: usize = 200;

/// What this thread has cost the processor.
fn cost() -> Duration {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(spent.tv_sec.unsigned_abs(), u32::try_from(spent.tv_nsec).unwrap_or_default())
}

/// Participants with 25 to 50 points each, and scores: the sum of the two where they belong together, and at least ten less elsewhere. By duality no assignment has more
/// than all points. One exchange of two pairs costs one point each.
fn known() -> (Problem, i64, Vec<usize>) {
    let mut numbers = Numbers(7);
    let mut draw = || (0..SIDE).map(|_| 25 + numbers.below(26) as i64).collect::<Vec<_>>();
    let (left, right) = (draw(), draw());
    let partner: Vec<usize> = (0..SIDE).map(|row| (row * 77 + 13) % SIDE).collect();
    let mut numbers = Numbers(11);
    let mut problem = Problem {
        left: (0..SIDE).map(|at| one(&format!("l{at:03}"))).collect(),
        right: (0..SIDE).map(|at| one(&format!("r{at:03}"))).collect(),
        ..Problem::default()
    };
    for row in 0..SIDE {
        let less = |column: usize, numbers: &mut Numbers| match (row, column) {
            _ if column == partner[row] => 0,
            (3, column) if column == partner[5] => 1,
            (5, column) if column == partner[3] => 1,
            _ => 10 + numbers.below(15) as i64,
        };
        let scores = (0..SIDE).map(|column| left[row] + right[column] - less(column, &mut numbers));
        problem.scores.push(scores.map(|score| u8::try_from(score).ok()).collect());
    }
    (problem, left.iter().chain(&right).sum(), partner)
}

#[test]
fn two_hundred_by_two_hundred_has_its_known_optimum_under_a_second() {
    let (problem, optimum, partner) = known();
    let before = cost();
    let found = assign(&problem).unwrap();
    let took = cost() - before;
    assert_eq!(found.total, optimum);
    let planned: Vec<_> = (0..SIDE).map(|row| pair(&format!("l{row:03}"), &format!("r{:03}", partner[row]))).collect();
    assert_eq!(pairs(&found), planned);
    let next = found.next_best.unwrap();
    assert_eq!((next.loss, next.without.len(), next.with.len()), (2, 2, 2), "{}", next.sentence);
    assert!(found.alone.is_empty());
    assert!(took < Duration::from_secs(1), "it took {took:?}");
    assert!(greedy(&problem) < optimum, "a greedy loop would do, so this proves nothing");
}

/// What taking the highest score again and again comes to.
fn greedy(problem: &Problem) -> i64 {
    let mut cells: Vec<(u8, usize, usize)> = (0..SIDE)
        .flat_map(|row| (0..SIDE).map(move |column| (row, column)))
        .filter_map(|(row, column)| Some((problem.scores[row][column]?, row, column)))
        .collect();
    cells.sort_unstable_by(|one, other| other.cmp(one));
    let (mut rows, mut columns) = ([false; SIDE], [false; SIDE]);
    let mut total = 0;
    for (score, row, column) in cells {
        if !rows[row] && !columns[column] {
            (rows[row], columns[column]) = (true, true);
            total += i64::from(score);
        }
    }
    total
}

#[test]
fn another_solver_finds_the_same_optimum() {
    for seed in 0..20 {
        let mut numbers = Numbers(seed);
        let (rows, columns) = (40, 40 + numbers.below(20) as usize);
        let scores = Matrix::from_fn(rows, columns, |_| numbers.below(101) as i64);
        let (total, _) = kuhn_munkres(&scores);
        let side = |prefix: char, count: usize| (0..count).map(|at| one(&format!("{prefix}{at:03}"))).collect::<Vec<_>>();
        let place = |one: &Participant| one.key[1..].parse::<usize>().unwrap();
        let score = |one: &Participant, other: &Participant| u8::try_from(scores[(place(one), place(other))]).ok();
        let found = assign(&Problem::scored(side('l', rows), side('r', columns), score)).unwrap();
        assert_eq!((found.total, found.alone.len()), (total, columns - rows), "seed {seed}");
    }
}

#[test]
fn large_sides_with_many_partners_are_soon_assigned_too() {
    let mut numbers = Numbers(3);
    let mut problem = Problem {
        left: (0..SIDE).map(|at| Participant { capacity: 1 + at as u32 % 3, alone_cost: 40, ..one(&format!("l{at:03}")) }).collect(),
        right: (0..SIDE).map(|at| Participant { capacity: 1 + at as u32 % 2, alone_cost: 40, ..one(&format!("r{at:03}")) }).collect(),
        minimum_score: 20,
        ..Problem::default()
    };
    problem.scores =
        (0..SIDE).map(|_| (0..SIDE).map(|_| u8::try_from(numbers.below(140)).ok().filter(|score| *score <= 100)).collect()).collect();
    let before = cost();
    let found = assign(&problem).unwrap();
    let took = cost() - before;
    assert_eq!(found.pairs.len(), 300, "all places of the smaller side");
    assert!(took < Duration::from_secs(1), "it took {took:?}");
}
