//! Against every possible assignment of small problems.
use proptest::{collection::vec, prelude::*};

use super::*;

/// An assignment by its places, with its value.
struct Whole {
    pairs: Vec<(usize, usize)>,
    value: i64,
}

/// All assignments that may be.
fn wholes(problem: &Problem) -> Vec<Whole> {
    let allowed = |row: usize, column: usize| {
        let named = pair(&problem.left[row].key, &problem.right[column].key);
        let is_high = problem.scores[row][column].is_some_and(|score| score >= problem.minimum_score || problem.must.contains(&named));
        is_high && !problem.must_not.contains(&named)
    };
    let cells: Vec<(usize, usize)> = (0..problem.left.len())
        .flat_map(|row| (0..problem.right.len()).map(move |column| (row, column)))
        .filter(|(row, column)| allowed(*row, *column))
        .collect();
    let mut found = Vec::new();
    choose(problem, &cells, &mut Vec::new(), &mut found);
    found
}

fn choose(problem: &Problem, cells: &[(usize, usize)], chosen: &mut Vec<(usize, usize)>, found: &mut Vec<Whole>) {
    let Some((&(row, column), rest)) = cells.split_first() else {
        found.push(Whole { value: value(problem, chosen), pairs: chosen.clone() });
        return;
    };
    let count = |of: &dyn Fn(&(usize, usize)) -> bool| chosen.iter().filter(|pair| of(pair)).count() as u32;
    let is_must = problem.must.contains(&pair(&problem.left[row].key, &problem.right[column].key));
    let has_room = count(&|(one, _)| *one == row) < problem.left[row].capacity
        && count(&|(_, other)| *other == column) < problem.right[column].capacity;
    if has_room {
        chosen.push((row, column));
        choose(problem, rest, chosen, found);
        chosen.pop();
    }
    if !is_must {
        choose(problem, rest, chosen, found);
    }
}

fn value(problem: &Problem, chosen: &[(usize, usize)]) -> i64 {
    let total: i64 = chosen.iter().map(|(row, column)| i64::from(problem.scores[*row][*column].unwrap())).sum();
    let lefts = problem.left.iter().enumerate().filter(|(at, _)| chosen.iter().all(|(row, _)| row != at));
    let rights = problem.right.iter().enumerate().filter(|(at, _)| chosen.iter().all(|(_, column)| column != at));
    total - lefts.chain(rights).map(|(_, one)| i64::from(one.alone_cost)).sum::<i64>()
}

fn side(prefix: char, most: usize) -> impl Strategy<Value = Vec<Participant>> {
    let one = (prop_oneof![6 => Just(1u32), 2 => Just(2), 1 => Just(3), 1 => Just(0)], prop_oneof![Just(0u32), 0..60u32]);
    vec(one, 1..=most).prop_map(move |drawn| {
        let named = |(at, (capacity, alone_cost))| Participant {
            key: format!("{prefix}{at}"),
            name: format!("{prefix}{at}").to_uppercase(),
            capacity,
            alone_cost,
        };
        drawn.into_iter().enumerate().map(named).collect()
    })
}

/// Small problems; what they must is not always possible.
fn problems() -> impl Strategy<Value = Problem> {
    (side('l', 5), side('r', 5), 0..30u8).prop_flat_map(|(left, right, minimum_score)| {
        // Few different scores make ties.
        let score = prop_oneof![2 => Just(None), 3 => (0..100u8).prop_map(Some), 2 => (0..4u8).prop_map(|step| Some(step * 25))];
        let scores = vec(vec(score, right.len()), left.len());
        let some = |most: usize| vec((0..left.len(), 0..right.len()), 0..=most);
        (Just(left.clone()), Just(right.clone()), scores, some(2), some(3)).prop_map(move |(left, right, scores, must, must_not)| {
            let named = |pairs: Vec<(usize, usize)>| {
                pairs.into_iter().map(|(row, column)| pair(&left[row].key, &right[column].key)).collect::<Vec<_>>()
            };
            let (must, must_not) = (named(must), named(must_not));
            Problem { scores, minimum_score, must, must_not, left, right }
        })
    })
}

/// Whether the wishes of officers can be kept at all.
fn is_possible(problem: &Problem) -> bool {
    let mut musts = problem.must.clone();
    musts.sort();
    musts.dedup();
    let has_room = |side: &[Participant], of: &dyn Fn(&(String, String)) -> &String| {
        side.iter().all(|one| musts.iter().filter(|pair| *of(pair) == one.key).count() <= one.capacity as usize)
    };
    let place = |side: &[Participant], key: &String| side.iter().position(|one| one.key == *key).unwrap();
    has_room(&problem.left, &|pair| &pair.0)
        && has_room(&problem.right, &|pair| &pair.1)
        && musts.iter().all(|pair| !problem.must_not.contains(pair))
        && musts.iter().all(|(one, other)| problem.scores[place(&problem.left, one)][place(&problem.right, other)].is_some())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn no_assignment_is_better_and_the_next_best_is_the_next(problem in problems()) {
        let Ok(found) = assign(&problem) else {
            prop_assert!(!is_possible(&problem), "refused, and possible");
            return Ok(());
        };
        prop_assert!(is_possible(&problem));
        let mut all = wholes(&problem);
        all.sort_by_key(|whole| std::cmp::Reverse((whole.value, whole.pairs.len())));
        let places = |(one, other): &(String, String)| {
            let place = |side: &[Participant], key: &str| side.iter().position(|one| one.key == key).unwrap();
            (place(&problem.left, one), place(&problem.right, other))
        };
        let mut chosen: Vec<(usize, usize)> = pairs(&found).iter().map(places).collect();
        chosen.sort_unstable();
        prop_assert!(all.iter().any(|whole| whole.pairs == chosen), "may not be: {found:?}");
        prop_assert_eq!(found.value, all[0].value);
        prop_assert_eq!(found.value, value(&problem, &chosen));
        prop_assert_eq!(found.total - found.alone_cost, found.value);
        prop_assert_eq!(chosen.len(), all[0].pairs.len());

        let others: Vec<&Whole> = all.iter().filter(|whole| whole.pairs != chosen).collect();
        let next = found.next_best.as_ref().map(|next| found.value - next.loss);
        prop_assert_eq!(next, others.iter().map(|whole| whole.value).max());
        if let Some(next) = &found.next_best {
            let mut told: Vec<(usize, usize)> = chosen.iter().copied().filter(|pair| !next.without.iter().map(places).any(|out| out == *pair)).collect();
            told.extend(next.with.iter().map(places));
            told.sort_unstable();
            prop_assert!(others.iter().any(|whole| whole.pairs == told && found.value - whole.value == next.loss));
        }
        for (one, place) in found.pairs.iter().zip(&chosen) {
            let lacking = all.iter().filter(|whole| !whole.pairs.contains(place)).map(|whole| whole.value).max();
            prop_assert_eq!(one.worth.map(|worth| found.value - worth), lacking);
        }
        for one in &found.alone {
            let has = |whole: &&Whole| whole.pairs.iter().any(|(row, column)| {
                if one.is_left { problem.left[*row].key == one.key } else { problem.right[*column].key == one.key }
            });
            let best = all.iter().filter(has).map(|whole| whole.value).max();
            prop_assert_eq!(one.cheapest.as_ref().map(|(_, cost)| found.value - cost), best, "{:?}", one);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_order_of_the_problem_changes_nothing(problem in problems(), seed in any::<u64>()) {
        let mut numbers = Numbers(seed);
        let mut shuffled = |count: usize| {
            let mut order: Vec<usize> = (0..count).collect();
            for at in (1..count).rev() {
                order.swap(at, numbers.below(at as u64 + 1) as usize);
            }
            order
        };
        let (rows, columns) = (shuffled(problem.left.len()), shuffled(problem.right.len()));
        let mut other = problem.clone();
        other.left = rows.iter().map(|row| problem.left[*row].clone()).collect();
        other.right = columns.iter().map(|column| problem.right[*column].clone()).collect();
        other.scores = rows.iter().map(|row| columns.iter().map(|column| problem.scores[*row][*column]).collect()).collect();
        other.must.reverse();
        other.must_not.reverse();
        match (assign(&problem), assign(&other)) {
            (Ok(one), Ok(other)) => prop_assert_eq!(one, other),
            (one, other) => prop_assert_eq!(one.is_err(), other.is_err()),
        }
    }

    #[test]
    fn a_change_costs_what_the_best_with_it_is_worth_less(problem in problems(), row in 0..5usize, column in 0..5usize) {
        let (row, column) = (row % problem.left.len(), column % problem.right.len());
        let Ok(best) = assign(&problem) else { return Ok(()) };
        let forced = [pair(&problem.left[row].key, &problem.right[column].key)];
        let Ok(swap) = cost_of_swap(&problem, &forced) else { return Ok(()) };
        prop_assert!(pairs(&swap.assignment).contains(&forced[0]));
        let mut changed = problem.clone();
        changed.must.push(forced[0].clone());
        let possible = wholes(&changed).into_iter().map(|whole| whole.value).max().unwrap();
        prop_assert_eq!(swap.loss, best.value - possible);
        let told = evaluate(&problem, &pairs(&swap.assignment)).unwrap();
        prop_assert_eq!(told.loss, swap.loss);
        prop_assert_eq!(told.value, swap.assignment.value);
        let is_low = problem.scores[row][column].unwrap() < problem.minimum_score && !problem.must.contains(&forced[0]);
        prop_assert_eq!(!told.breaches.is_empty(), is_low);
    }
}
