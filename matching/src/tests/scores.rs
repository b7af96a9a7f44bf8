//! Scores and their reasons.
use proptest::{collection::vec, prelude::*};

use super::*;

fn themes() -> Themes {
    Themes::new([
        ("flood", "Floods", Some("water")),
        ("water", "Water", Some("climate")),
        ("climate", "Climate", None),
        ("heat", "Heat", Some("climate")),
        ("move", "Mobility", None),
    ])
    .unwrap()
}

fn line(key: &str, theme: &str, importance: u8) -> Line {
    Line { key: key.to_owned(), theme: Some(theme.to_owned()), title: String::new(), importance }
}

fn named(keys: &[&str]) -> Vec<Named> {
    keys.iter().map(|key| Named::new(*key, key.to_uppercase())).collect()
}

fn austin() -> Applicant {
    Applicant {
        key: "austin".to_owned(),
        name: "Austin".to_owned(),
        side: "america".to_owned(),
        challenges: vec![line("a1", "water", 3), line("a2", "move", 1)],
        strengths: vec![line("a3", "heat", 1)],
        goals: named(&["sdg-6", "sdg-11"]),
        population: Some(1_000_000),
        place: Some(Named::new("city", "city")),
        languages: named(&["en", "es"]),
        country: Some("US".to_owned()),
        ..Applicant::default()
    }
}

fn lyon() -> Applicant {
    Applicant {
        key: "lyon".to_owned(),
        name: "Lyon".to_owned(),
        side: "europe".to_owned(),
        challenges: vec![line("l1", "heat", 2)],
        strengths: vec![line("l2", "flood", 1)],
        goals: named(&["sdg-11"]),
        population: Some(500_000),
        place: Some(Named::new("metro", "metropolitan area")),
        languages: named(&["fr", "en"]),
        country: Some("FR".to_owned()),
        preferred: Wishes { cities: vec![], countries: vec!["US".to_owned()] },
        ..Applicant::default()
    }
}

fn scored(own: &Applicant, theirs: &Applicant) -> Score {
    score(own, theirs, &Weights::default(), &themes(), &NoLikeness).unwrap()
}

#[test]
fn reasons_add_up_and_say_why_in_sentences() {
    let score = scored(&austin(), &lyon());
    let told: Vec<(ReasonKind, u8, u8, &str)> =
        score.reasons.iter().map(|reason| (reason.kind, reason.points, reason.of, reason.sentence.as_str())).collect();
    use ReasonKind::*;
    assert_eq!(
        told,
        [
            (TheirChallenges, 30, 30, "The strengths of Austin meet the one challenge of Lyon: Heat wholly."),
            (OwnChallenges, 18, 30, "The strengths of Lyon meet 1 of 2 challenges of Austin: Water by 80 %."),
            (Goals, 10, 15, "Austin and Lyon have one agenda goal in common: SDG-11."),
            (Languages, 8, 8, "Austin and Lyon have one working language in common: EN."),
            (Size, 6, 8, "Austin has 1,000,000 inhabitants, Lyon 500,000."),
            (Wishes, 2, 5, "Lyon wishes for Austin."),
            (Place, 0, 4, "Austin and Lyon are places of different kinds: city and metropolitan area."),
        ]
    );
    assert_eq!(score.total, 74, "18 + 30 + 10 + 5.59 + 0 + 8 + 2.5, rounded once");
    let own = &score.reasons[1];
    assert_eq!(own.themes, ["water"]);
    assert_eq!(own.matches, [Match { challenge: "a1".to_owned(), strength: "l2".to_owned(), percent: 80 }]);
    assert_eq!(score.reasons[2].goals, ["sdg-11"]);
    assert_eq!(score.reasons[3].languages, ["en"]);
}

#[test]
fn the_same_theme_counts_whole_and_a_nearer_one_more() {
    let themes = themes();
    let nearness: Vec<f64> =
        [("water", "water"), ("water", "flood"), ("water", "climate"), ("water", "heat"), ("flood", "heat"), ("flood", "move")]
            .map(|(one, other)| themes.nearness(one, other))
            .to_vec();
    assert_eq!(nearness, [1.0, 0.8, 0.6666, 0.5, 0.4, 0.0]);
    assert!(Themes::new([("a", "A", Some("b")), ("b", "B", Some("a"))]).unwrap_err().sentence.contains("above itself"));
    assert_eq!(Themes::new([("a", "A", Some("x"))]).unwrap_err().sentence, "A theme above “A” is “x”, which is not in the tree.");
}

#[test]
fn likeness_of_texts_fills_what_themes_leave_open() {
    let alike = |wanted: f64| move |_: &Line, _: &Line| wanted;
    let degree = |likeness: f64| {
        let score = score(&austin(), &lyon(), &Weights::default(), &themes(), &alike(likeness)).unwrap();
        let own = score.reasons.into_iter().find(|reason| reason.kind == ReasonKind::OwnChallenges).unwrap();
        own.matches.iter().map(|one| one.percent).collect::<Vec<_>>()
    };
    assert_eq!(degree(0.0), [80]);
    assert_eq!(degree(0.5), [86, 30], "0.8 + 0.2 · 0.5 · 0.6 and 0.5 · 0.6");
    assert_eq!(degree(1.0), degree(7.0));
    assert_eq!(degree(f64::NAN), [80]);
}

#[test]
fn what_is_unknown_earns_nothing_and_says_so() {
    let bare = |key: &str, side: &str| Applicant { key: key.into(), name: key.to_uppercase(), side: side.into(), ..Applicant::default() };
    let score = scored(&bare("a", "one"), &bare("b", "other"));
    assert_eq!(score.total, 0);
    let told: Vec<&str> = score.reasons.iter().map(|reason| reason.sentence.as_str()).collect();
    assert_eq!(
        told,
        [
            "A has named no challenge.",
            "B has named no challenge.",
            "A and B have no agenda goal in common.",
            "The population of A or B is not known.",
            "What kind of place A or B is, is not known.",
            "A and B have no working language in common.",
            "Neither A nor B has named a preference.",
        ]
    );
}

#[test]
fn half_a_point_is_rounded_up_and_a_point_between_equals_goes_to_the_same_from_either_side() {
    let bare = |key: &str, side: &str| Applicant { key: key.into(), name: key.to_uppercase(), side: side.into(), ..Applicant::default() };
    let (mut one, mut other) = (bare("a", "left"), bare("b", "right"));
    one.preferred.cities = vec!["b".to_owned()];
    let seen = scored(&one, &other);
    assert_eq!((seen.total, seen.reasons[0].kind, seen.reasons[0].points), (3, ReasonKind::Wishes, 3), "half of five");

    // Siblings meet by half: 16.5 each way are 33 together, and one of the two gets 17.
    for applicant in [&mut one, &mut other] {
        applicant.preferred = Wishes::default();
        applicant.challenges = vec![line("c", "water", 1)];
        applicant.strengths = vec![line("s", "heat", 1)];
    }
    let weights = Weights { challenges: 33, goals: 34, size: 0, place: 0, languages: 0, wishes: 0, ..Weights::default() };
    assert_eq!(weights.check(), Ok(()));
    let points = |own: &Applicant, theirs: &Applicant, kind: ReasonKind| {
        let score = score(own, theirs, &weights, &themes(), &NoLikeness).unwrap();
        (score.total, score.reasons.into_iter().find(|reason| reason.kind == kind).unwrap().points)
    };
    use ReasonKind::{OwnChallenges, TheirChallenges};
    assert_eq!([points(&one, &other, OwnChallenges), points(&one, &other, TheirChallenges)], [(33, 17), (33, 16)]);
    assert_eq!([points(&other, &one, OwnChallenges), points(&other, &one, TheirChallenges)], [(33, 16), (33, 17)]);
}

#[test]
fn the_excluded_and_those_of_one_side_never_score() {
    let why = |own: &Applicant, theirs: &Applicant| score(own, theirs, &Weights::default(), &themes(), &NoLikeness).unwrap_err();
    let mut other = lyon();
    other.excluded.countries = vec!["US".to_owned()];
    assert_eq!(why(&austin(), &other).why, WhyExcluded::ByTheirWish);
    assert_eq!(why(&other, &austin()).why, WhyExcluded::ByOwnWish);
    assert_eq!(why(&other, &austin()).sentence, "Lyon wishes not to be paired with Austin.");
    let same = Applicant { key: "boston".into(), ..austin() };
    assert_eq!(why(&austin(), &same).why, WhyExcluded::SameSide);
    assert_eq!(why(&austin(), &austin()).why, WhyExcluded::Same);
    assert!(rank(&austin(), [&other, &same], 9, &Weights::default(), &themes(), &NoLikeness).is_empty());
}

#[test]
fn weights_that_are_not_a_hundred_are_refused() {
    assert_eq!(Weights::default().check(), Ok(()));
    let wrong = Weights { goals: 20, size_ratio: 1, languages_wanted: 9, ..Weights::default() };
    let told: Vec<(&str, String)> = wrong.check().unwrap_err().into_iter().map(|fault| (fault.path, fault.sentence)).collect();
    assert_eq!(told.iter().map(|(path, _)| *path).collect::<Vec<_>>(), ["challenges", "sizeRatio", "languagesWanted"]);
    assert_eq!(
        told[0].1,
        "The points of all reasons are 105 together, and must be 100: twice challenges (30), goals (20), size (8), place (4), languages (8) and wishes (5)."
    );
    assert_eq!(told[1].1, "The ratio of populations is 1, and must be 2 to 1000.");
}

#[test]
fn stored_weights_keep_their_meaning() {
    let stored = serde_json::to_string(&Weights { version: 3, ..Weights::default() }).unwrap();
    assert_eq!(serde_json::from_str::<Weights>(&stored).unwrap().version, 3);
    assert_eq!(serde_json::from_str::<Weights>("{}").unwrap(), Weights::default());
    assert!(serde_json::from_str::<Weights>(r#"{"luck": 5}"#).is_err());
}

const THEMES: [&str; 6] = ["flood", "water", "climate", "heat", "move", "unlisted"];

fn lines(prefix: &'static str) -> impl Strategy<Value = Vec<Line>> {
    vec((prop::sample::select(&THEMES[..]), 1..=3u8), 0..4).prop_map(move |drawn| {
        drawn.into_iter().enumerate().map(|(at, (theme, importance))| line(&format!("{prefix}{at}"), theme, importance)).collect()
    })
}

fn some_of(keys: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(keys, 0..=keys.len()).prop_map(|keys| keys.into_iter().map(str::to_owned).collect())
}

prop_compose! {
    fn applicant(key: &'static str, side: &'static str)(
        challenges in lines("c"),
        strengths in lines("s"),
        goals in some_of(&["g1", "g2", "g3", "g4"]),
        languages in some_of(&["en", "fr", "de"]),
        population in prop::option::of(1..3_000_000u64),
        is_city in prop::option::of(any::<bool>()),
        wishes in some_of(&["a", "b", "c"]),
    ) -> Applicant {
        let named = |keys: Vec<String>| keys.into_iter().map(|key| Named::new(key.clone(), key)).collect();
        Applicant {
            key: key.to_owned(),
            name: key.to_uppercase(),
            side: side.to_owned(),
            challenges,
            strengths,
            goals: named(goals),
            languages: named(languages),
            population,
            place: is_city.map(|is_city| if is_city { Named::new("city", "city") } else { Named::new("region", "region") }),
            preferred: Wishes { cities: wishes, countries: vec![] },
            ..Applicant::default()
        }
    }
}

fn weights() -> impl Strategy<Value = Weights> {
    (0..=30u8, 0..=20u8, 0..=10u8, 0..=5u8, 0..=100u8, 2..50u16, 1..=3u8).prop_map(
        |(challenges, goals, size, place, text_percent, size_ratio, languages_wanted)| {
            let rest = 100 - 2 * challenges - goals.min(100 - 2 * challenges);
            let goals = goals.min(100 - 2 * challenges);
            let size = size.min(rest);
            let place = place.min(rest - size);
            let languages = (rest - size - place) / 2;
            let wishes = rest - size - place - languages;
            Weights { version: 1, challenges, goals, size, place, languages, wishes, text_percent, size_ratio, languages_wanted }
        },
    )
}

/// A likeness that knows the lines by their keys alone.
fn likeness(challenge: &Line, strength: &Line) -> f64 {
    let sum: u32 = challenge.key.bytes().chain(strength.key.bytes()).map(u32::from).sum();
    f64::from(sum % 11) / 10.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn points_add_up_are_within_their_weights_and_the_same_from_either_side(
        one in applicant("a", "left"), other in applicant("b", "right"), weights in weights()
    ) {
        prop_assert_eq!(weights.check(), Ok(()));
        let themes = themes();
        let seen = score(&one, &other, &weights, &themes, &likeness).unwrap();
        prop_assert_eq!(seen.reasons.iter().map(|reason| u32::from(reason.points)).sum::<u32>(), u32::from(seen.total));
        prop_assert!(seen.total <= 100);
        prop_assert!(seen.reasons.iter().all(|reason| reason.points <= reason.of && reason.of > 0 && reason.sentence.ends_with('.')));
        prop_assert_eq!(total(&one, &other, &weights, &themes, &likeness), Ok(seen.total));
        let mirrored = score(&other, &one, &weights, &themes, &likeness).unwrap();
        prop_assert_eq!(mirrored.total, seen.total);
        for reason in &seen.reasons {
            let kind = match reason.kind {
                ReasonKind::OwnChallenges => ReasonKind::TheirChallenges,
                ReasonKind::TheirChallenges => ReasonKind::OwnChallenges,
                kind => kind,
            };
            let other = mirrored.reasons.iter().find(|other| other.kind == kind).unwrap();
            prop_assert_eq!((reason.points, &reason.matches, &reason.goals), (other.points, &other.matches, &other.goals));
        }
    }

    #[test]
    fn no_order_of_lines_goals_or_applicants_changes_a_ranking(
        one in applicant("a", "left"), others in vec(applicant("x", "right"), 1..6), seed in any::<u64>(), first in 1..6usize
    ) {
        let others: Vec<Applicant> =
            others.into_iter().enumerate().map(|(at, other)| Applicant { key: format!("x{at}"), ..other }).collect();
        let mut shuffled = others.clone();
        let by = |count: usize, numbers: &mut Numbers| numbers.below(count.max(1) as u64) as usize;
        let mut numbers = Numbers(seed);
        for other in &mut shuffled {
            let (lines, goals) = (by(other.challenges.len(), &mut numbers), by(other.goals.len(), &mut numbers));
            other.challenges.rotate_left(lines);
            other.strengths.reverse();
            other.goals.rotate_left(goals);
            other.languages.reverse();
        }
        let turn = by(shuffled.len(), &mut numbers);
        shuffled.rotate_left(turn);
        let weights = Weights::default();
        let ranked = rank(&one, &others, first, &weights, &themes(), &likeness);
        prop_assert_eq!(&ranked, &rank(&one, &shuffled, first, &weights, &themes(), &likeness));
        prop_assert_eq!(ranked.len(), first.min(others.len()));
        let is_before = |one: &Ranked, other: &Ranked| (std::cmp::Reverse(one.score.total), &one.key) < (std::cmp::Reverse(other.score.total), &other.key);
        prop_assert!(ranked.windows(2).all(|two| is_before(&two[0], &two[1])));
    }
}
