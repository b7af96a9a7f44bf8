//! What people paste is no query language: how strictly a query is taken.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::{Percolator, Reading, Warning};

fn relaxed(index: &TestIndex, text: &str) -> SearchResponse {
    index.search(SearchRequest { relax: true, ..request_for(text) })
}

fn library() -> TestIndex {
    let mut wet = practice(
        1,
        "en",
        "Text formatting",
        "Systems for the formatting of texts: scribe, tex and others that show the page as it will be.",
    );
    wet.themes = vec!["text".to_owned()];
    TestIndex::new(&[
        wet,
        practice(2, "en", "Gardens", "Rain gardens of the town, and what grows in them."),
        practice(3, "en", "Trams", "Trams and systems."),
    ])
}

#[test]
fn a_quotation_inside_prose_need_not_stand_there() {
    let index = library();
    let pasted = "I want articles on computer text formatting systems, including \"what you see is what you get\" systems. Examples: t/nroff, scribe";
    let response = index.search(request_for(pasted));
    assert_eq!(ids(&response)[0], 1);
    assert_eq!(response.interpretation.reading, Reading::Prose);
    let unclosed = "C. Davis and W. Kahn, \"The rotation of rain gardens by a permutation:, in the Journal of \"the town -tram theme:heat";
    assert_eq!(ids(&index.search(request_for(unclosed)))[0], 2);
}

#[test]
fn what_stands_as_it_is_quoted_counts_more_in_prose() {
    let body = |first: &str| format!("{first} and some of the many other words that are said of gardens in every town of this land");
    let index = TestIndex::new(&[practice(1, "en", "", &body("rain for the garden")), practice(2, "en", "", &body("for the rain garden"))]);
    let text = |quoted: &str| format!("what is said in every town of this land of {quoted} and of the many other gardens");
    let score = |text: &str, id: u128| {
        index.search(request_for(text)).hits.iter().find(|hit| hit.key.id.as_u128() == id).map_or(0.0, |hit| hit.score)
    };
    let (plain, quoted) = (text("rain garden"), text("\"rain garden\""));
    assert!((score(&quoted, 2) / score(&plain, 2) - 1.1).abs() < 1e-3);
    assert!((score(&quoted, 1) / score(&plain, 1) - 1.0).abs() < 1e-3);
}

#[test]
fn a_short_question_keeps_its_strict_reading() {
    let index = library();
    for nothing in ["\"garden rain\"", "trams -systems", "gardens theme:text", "rain \"gardens of babylon\"", "gardens city:nowhere"] {
        let response = relaxed(&index, nothing);
        assert_eq!((response.total, response.interpretation.reading), (0, Reading::Strict), "{nothing}");
        assert!(response.interpretation.finds_nothing);
    }
}

#[test]
fn where_nothing_meets_all_of_a_longer_question_it_weighs() {
    let index = library();
    let text = "rain gardens of every town \"on the moon\" -grows";
    assert_eq!(index.search(request_for(text)).total, 0);
    let response = relaxed(&index, text);
    assert_eq!((ids(&response)[0], response.interpretation.reading), (2, Reading::Relaxed));
    // A field weighs, too.
    let response = relaxed(&index, "what the rain gardens of every town theme:text year:1999");
    assert_eq!((response.interpretation.reading, response.hits.len()), (Reading::Relaxed, 1));
    // What is found strictly stays strict.
    assert_eq!(relaxed(&index, "rain gardens of every town \"what grows\"").interpretation.reading, Reading::Strict);
}

#[test]
fn the_pages_of_a_relaxed_walk_are_relaxed() {
    let docs: Vec<SearchDoc> = (1..7).map(|id| practice(id, "en", "", "rain gardens and trams of the town")).collect();
    let index = TestIndex::new(&docs);
    let page = |after| SearchRequest {
        relax: true,
        page: Page { first: Some(2), after, ..Page::default() },
        ..request_for("rain gardens and the trams \"of the moon\"")
    };
    let (mut found, mut after) = (Vec::new(), None);
    for _ in 0..3 {
        let response = index.search(page(after));
        assert_eq!(response.interpretation.reading, Reading::Relaxed);
        found.extend(ids(&response));
        after = response.hits.last().map(|hit| hit.cursor.clone());
    }
    found.sort_unstable();
    assert_eq!(found, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_saved_search_is_read_like_a_search() {
    let index = library();
    let pasted =
        "articles on text formatting systems, including \"what you see is what you get\" systems. Examples: -trams, theme:heat, t/nroff";
    let mut percolator = Percolator::default();
    percolator.insert(7u8, pasted, &Default::default());
    let found =
        percolator.matcher(&index.inner.view(), "public").candidates(&practice(1, "en", "Text formatting", "Systems")).expect("matched");
    assert_eq!([found.certain, found.uncertain].concat(), [7]);
}

#[test]
fn what_is_in_vain_is_told() {
    let index = library();
    let warnings = |request: SearchRequest| index.search(request).interpretation.warnings;
    assert_eq!(warnings(request_for("rain gardens theme:text")), []);
    let unknown = |field, value: &str| Warning::UnknownField { field, value: value.to_owned() };
    assert_eq!(warnings(request_for("rain city:nowhere -theme:heat")), [unknown("city", "nowhere"), unknown("theme", "heat")]);
    let filter = crate::Filter { countries: vec!["XX".to_owned()], themes: vec!["text".to_owned()], ..Default::default() };
    let of_filter = [Warning::UnknownFilter { field: "country", value: "XX".to_owned() }];
    assert_eq!(warnings(SearchRequest { filter, ..request_for("rain") }), of_filter);
    let long: Vec<String> = (0..50).map(|number| format!("rain{number}")).collect();
    assert_eq!(warnings(request_for(&long.join(" "))), [Warning::UnheededWords(vec!["rain48".to_owned(), "rain49".to_owned()])]);
    assert_eq!(warnings(request_for(&"rain ".repeat(1_000))), [Warning::Cut]);
    // What only hidden things have, nothing has.
    let mut hidden = practice(9, "en", "Rain", "");
    (hidden.audience, hidden.cities) = ("city:1".to_owned(), vec!["nowhere".to_owned()]);
    index.put(&[hidden]);
    let seen = |allowed: &[&str]| SearchRequest {
        allowed: Some(allowed.iter().map(|key| (*key).to_owned()).collect()),
        ..request_for("rain city:nowhere")
    };
    assert_eq!(warnings(seen(&["public"])), [unknown("city", "nowhere")]);
    assert_eq!(warnings(seen(&["public", "city:1"])), []);
}

/// Words of a text, with marks before, behind and between them.
fn marked() -> impl Strategy<Value = (String, String)> {
    const WORDS: [&str; 10] = ["rain", "garden", "of", "the", "town", "water", "tram", "and", "nowhere", "theme"];
    const MARKS: [&str; 12] = ["\"", "“", "”", "„", "«", "»", "-", "--", "*", ":", "(", "'"];
    let mark = || prop_oneof![3 => Just(String::new()), 1 => prop::sample::select(&MARKS[..]).prop_map(str::to_owned)];
    vec((prop::sample::select(&WORDS[..]), mark(), mark()), 13..40).prop_map(|words| {
        let plain: Vec<&str> = words.iter().map(|(word, ..)| *word).collect();
        let marked: Vec<String> = words.iter().map(|(word, before, behind)| format!("{before}{word}{behind}")).collect();
        (plain.join(" "), marked.join(" "))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 48 } else { 256 }))]

    #[test]
    fn a_text_of_more_than_a_dozen_words_finds_the_document_it_was_taken_from((plain, marked) in marked(), others in vec("(rain|tram|town| ){1,9}", 0..4)) {
        let mut docs: Vec<SearchDoc> = others.iter().zip(2..).map(|(other, id)| practice(id, "en", "", other)).collect();
        docs.push(practice(1, "en", "", &plain));
        let index = TestIndex::new(&docs);
        prop_assert!(index.find(&marked).contains(&1), "{marked}");
    }
}
