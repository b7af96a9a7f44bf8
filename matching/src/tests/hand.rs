//! What an officer reads and changes.
use super::*;

/// Ghent and Turin want Lyon; Turin more.
fn small() -> Problem {
    problem(&["ghent", "turin"], &["lyon"], &[&[62], &[80]])
}

#[test]
fn who_stays_alone_reads_why_and_what_it_would_cost() {
    let found = assign(&small()).unwrap();
    let alone = &found.alone[0];
    assert_eq!((alone.key.as_str(), alone.is_left, alone.why), ("ghent", true, WhyAlone::BetterUsedElsewhere));
    assert_eq!(alone.cheapest, Some(("lyon".to_owned(), 18)));
    assert_eq!(
        alone.sentence,
        "GHENT stays alone: LYON (62 points) is better used for TURIN. Pairing them all the same would lower the whole by 18 points."
    );
    assert_eq!(found.pairs[0].worth, Some(18));
    let next = found.next_best.unwrap();
    assert_eq!(next.sentence, "The next-best whole would lose 18 points: GHENT – LYON in place of TURIN – LYON.");
}

#[test]
fn what_staying_alone_costs_can_turn_the_best() {
    let mut problem = small();
    problem.left[0].alone_cost = 30;
    let found = assign(&problem).unwrap();
    assert_eq!((pairs(&found), found.value), (vec![pair("ghent", "lyon")], 62));
    problem.left[1].alone_cost = 13;
    let found = assign(&problem).unwrap();
    assert_eq!((pairs(&found), found.total, found.alone_cost, found.value), (vec![pair("turin", "lyon")], 80, 30, 50));
}

#[test]
fn each_reason_to_stay_alone_is_told_apart() {
    let mut problem = problem(&["a", "b", "c", "d", "e"], &["x", "y"], &[&[-1, -1], &[10, 12], &[50, 50], &[90, 90], &[70, -1]]);
    problem.minimum_score = 20;
    problem.left[2].capacity = 0;
    problem.must = vec![pair("d", "x")];
    problem.must_not = vec![pair("e", "y")];
    problem.right[1].capacity = 0;
    let found = assign(&problem).unwrap();
    let told: Vec<(&str, WhyAlone)> = found.alone.iter().map(|one| (one.key.as_str(), one.why)).collect();
    use WhyAlone::*;
    assert_eq!(told, [("a", NobodyAllowed), ("b", BelowMinimum), ("c", NoCapacity), ("e", AllBound), ("y", NoCapacity)]);
    let sentences: Vec<&str> = found.alone.iter().map(|one| one.sentence.as_str()).collect();
    assert_eq!(
        sentences,
        [
            "A stays alone: of 2 on the other side 2 are excluded and 0 are forbidden by an officer.",
            "B stays alone: its best, Y, has 12 points, and 20 is the lowest that is paired.",
            "C stays alone: it can serve no partner.",
            "E stays alone: of its 1 possible partner none has room beside what it must have.",
            "Y stays alone: it can serve no partner.",
        ]
    );
    assert_eq!(found.next_best, None, "what must be is all there is");
}

#[test]
fn one_with_room_for_two_serves_two_and_nobody_twice() {
    let mut problem = problem(&["a", "b"], &["x", "y"], &[&[90, 60], &[50, 40]]);
    problem.left[0].capacity = 2;
    problem.right[0].capacity = 2;
    let found = assign(&problem).unwrap();
    assert_eq!(pairs(&found), [pair("a", "x"), pair("a", "y"), pair("b", "x")]);
    assert_eq!(found.total, 200);
}

#[test]
fn a_change_by_hand_tells_what_it_costs() {
    let problem = problem(&["a", "b"], &["x", "y"], &[&[90, 80], &[70, 40]]);
    let best = assign(&problem).unwrap();
    assert_eq!((pairs(&best), best.total), (vec![pair("a", "y"), pair("b", "x")], 150));
    let swap = cost_of_swap(&problem, &[pair("a", "x")]).unwrap();
    assert_eq!((swap.loss, pairs(&swap.assignment)), (20, vec![pair("a", "x"), pair("b", "y")]));
    assert_eq!(swap.sentence, "This change costs 20 points against the best.");
    let half = evaluate(&problem, &[pair("a", "x")]).unwrap();
    assert_eq!((half.total, half.loss, half.breaches.len()), (90, 60, 0));
    let wrong = evaluate(&problem, &[pair("a", "x"), pair("a", "y"), pair("a", "z")]).unwrap();
    let told: Vec<(&str, &str)> = wrong.breaches.iter().map(|one| (one.path.as_str(), one.sentence.as_str())).collect();
    assert_eq!(told, [("pairs.2", "There is no “z” on the right side."), ("pairs", "A has 2 partners, but can serve 1 partner.")]);
}

#[test]
fn a_problem_that_contradicts_itself_is_refused_with_sentences() {
    let mut problem = problem(&["a", "b"], &["x", "y"], &[&[90, -1], &[70, 40]]);
    problem.must = vec![pair("a", "x"), pair("b", "x"), pair("a", "y"), pair("c", "x")];
    problem.must_not = vec![pair("a", "x"), pair("a", "q")];
    let refusals = assign(&problem).unwrap_err();
    let told: Vec<(&str, &str)> = refusals.iter().map(|one| (one.path.as_str(), one.sentence.as_str())).collect();
    assert_eq!(
        told,
        [
            ("must.2", "A and Y must be paired, but may not: one excludes the other, or they have no score."),
            ("must.3", "There is no “c” on the left side."),
            ("mustNot.0", "A and X both must and must not be paired."),
            ("mustNot.1", "There is no “q” on the right side."),
            ("must", "X must be paired with 2, but can serve 1 partner."),
        ]
    );
    problem.scores.pop();
    problem.left[1].key = "a".to_owned();
    problem.left[0].alone_cost = 1_000_000;
    let paths: Vec<String> = assign(&problem).unwrap_err().into_iter().map(|one| one.path).collect();
    assert_eq!(paths, ["left.0.aloneCost", "left.1.key", "scores"]);
}

#[test]
fn equal_wholes_say_so_and_nobody_is_not_an_error() {
    let found = assign(&problem(&["a", "b"], &["x", "y"], &[&[50, 50], &[50, 50]])).unwrap();
    let next = found.next_best.unwrap();
    assert_eq!(next.loss, 0);
    assert!(next.sentence.starts_with("The next-best whole would be worth as much: "), "{}", next.sentence);
    let nobody = assign(&Problem::default()).unwrap();
    assert!(nobody.pairs.is_empty() && nobody.next_best.is_none());
}

#[test]
fn an_assignment_that_is_kept_reads_back_as_it_was() {
    let found = assign(&small()).unwrap();
    let kept = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Assignment>(&kept).unwrap(), found);
    assert!(kept.contains(r#""why":"better_used_elsewhere""#), "{kept}");
}
