use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::SuggestRequest;

fn suggest(index: &TestIndex, text: &str, allowed: Option<Vec<String>>) -> Vec<String> {
    let request = SuggestRequest { text: text.to_owned(), count: 8, allowed, kinds: Vec::new() };
    index.inner.suggest(&request).expect("suggestions").into_iter().map(|suggestion| suggestion.text).collect()
}

fn index() -> TestIndex {
    let mut city = SearchDoc::new(DocKey { kind: "city".to_owned(), id: Uuid::from_u128(9) }, "public");
    city.names = vec!["Mérida".to_owned(), "Mérida, Yucatán".to_owned()];
    TestIndex::new(&[
        city,
        practice(1, "en", "Green roofs of Hamburg", "Meringue"),
        practice(2, "en", "Merit in green schools", ""),
        SearchDoc { audience: "city:1".to_owned(), ..practice(3, "en", "Mercury in secret", "") },
    ])
}

#[test]
fn what_is_typed_is_completed_without_accents_and_names_come_first() {
    assert_eq!(suggest(&index(), "MER", Some(vec!["public".to_owned()])), ["Mérida", "Merit in green schools"]);
    assert_eq!(suggest(&index(), "merida yuc", None), ["Mérida, Yucatán"]);
}

#[test]
fn words_inside_a_title_are_completed_after_those_at_its_start() {
    assert_eq!(suggest(&index(), "gre", None), ["Green roofs of Hamburg", "Merit in green schools"]);
    assert_eq!(suggest(&index(), "ham gre", None), ["Green roofs of Hamburg"]);
}

#[test]
fn long_words_are_completed_to_the_letter() {
    let index = TestIndex::new(&[practice(1, "de", "Klimaanpassungskonzept", ""), practice(2, "de", "Klimaanpassungsgesetz", "")]);
    assert_eq!(suggest(&index, "klimaanpassungsg", None), ["Klimaanpassungsgesetz"]);
}

#[test]
fn what_is_mistyped_is_completed_all_the_same() {
    assert_eq!(suggest(&index(), "hambrug", None), ["Green roofs of Hamburg"]);
    assert_eq!(suggest(&index(), "green schol", None), ["Merit in green schools"]);
    // Of what is hidden nothing is told, by no detour.
    assert!(suggest(&index(), "merkury", Some(vec!["public".to_owned()])).is_empty());
}

#[test]
fn hidden_titles_are_not_suggested() {
    let public = Some(vec!["public".to_owned()]);
    assert!(suggest(&index(), "merc", public).is_empty());
    assert_eq!(suggest(&index(), "merc", None), ["Mercury in secret"]);
}

#[test]
fn nothing_typed_suggests_nothing() {
    assert!(suggest(&index(), " …", None).is_empty());
}

fn said(id: u128, language: &str, summary: &str, audience: &str) -> SearchDoc {
    let mut doc = SearchDoc { audience: audience.to_owned(), ..practice(id, language, &format!("Nr {id}"), "") };
    doc.texts[0].summary = summary.to_owned();
    doc
}

#[test]
fn what_several_say_is_completed_the_more_frequent_first() {
    let rain = |id| said(id, "en", "We plant a storm garden here.", "public");
    let barrel = |id| said(id, "en", "Storm barrels, and a Storm Garden.", "public");
    let index = TestIndex::new(&[rain(4), rain(5), barrel(1), barrel(2), barrel(3), said(6, "de", "Der storm garden", "public")]);
    // As the first of them spells it.
    assert_eq!(suggest(&index, "storm", None), ["Storm Garden", "Storm barrels"]);
    assert_eq!(suggest(&index, "Storm g", None), ["Storm Garden"]);
    assert_eq!(suggest(&index, "storm gadren", None), ["Storm Garden"]);
    assert!(suggest(&index, "stor", None).is_empty());
    let request = SuggestRequest { text: "storm".to_owned(), count: 8, allowed: None, kinds: vec!["practice".to_owned()] };
    assert!(index.inner.suggest(&request).expect("suggestions").is_empty(), "a phrase is of no kind");
}

#[test]
fn a_phrase_of_hidden_things_is_none() {
    let public = || Some(vec!["public".to_owned()]);
    let open = |id| said(id, "en", "The ferry landing.", "public");
    let index =
        TestIndex::new(&[open(1), open(2), said(3, "en", "The FERRY landing", "city:1"), said(4, "en", "A ferry landing", "city:1")]);
    assert!(suggest(&index, "ferry", public()).is_empty());
    assert_eq!(suggest(&index, "ferry", None), ["ferry landing"]);
    index.put(&[open(5)]);
    assert_eq!(suggest(&index, "fferry", public()), ["ferry landing"]);
    index.change(&[(key(1), None)]);
    assert!(suggest(&index, "ferry", public()).is_empty());
}

#[test]
fn however_many_titles_begin_so_the_shortest_are_told() {
    let title = |id: u128| format!("Harbour {}", "quay ".repeat((id % 7) as usize + 1).trim());
    let titled = |ids: std::ops::Range<u128>| ids.map(|id| practice(id, "en", &title(id), "")).collect::<Vec<_>>();
    let index = TestIndex::new(&titled(1..60));
    index.put(&titled(60..140));
    assert_eq!(suggest(&index, "har", None)[..2], ["Harbour quay".to_owned(), "Harbour quay quay".to_owned()]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Over several segments, of which some is dead and some is hidden.
    #[test]
    fn the_most_frequent_phrases_in_sight_lead(
        batches in vec(vec((1..60_u128, 0..9_u8, any::<bool>()), 1..40), 1..5),
        gone in vec(1..60_u128, 0..6),
        most in 1..5_usize,
    ) {
        let index = TestIndex::new(&[]);
        let mut there: BTreeMap<u128, (u8, bool)> = BTreeMap::new();
        for batch in &batches {
            let batch: BTreeMap<u128, (u8, bool)> = batch.iter().map(|&(id, word, is_open)| (id, (word, is_open))).collect();
            let doc = |(&id, &(word, is_open)): (&u128, &(u8, bool))| {
                said(id, "en", &format!("A storm word{word}."), if is_open { "public" } else { "city:1" })
            };
            index.put(&batch.iter().map(doc).collect::<Vec<_>>());
            there.extend(batch);
        }
        index.change(&gone.iter().map(|id| (key(*id), None)).collect::<Vec<_>>());
        there.retain(|id, _| !gone.contains(id));
        for allowed in [None, Some(vec!["public".to_owned()])] {
            let mut counts: BTreeMap<u8, u64> = BTreeMap::new();
            for (word, is_open) in there.values() {
                if *is_open || allowed.is_none() {
                    *counts.entry(*word).or_default() += 1;
                }
            }
            let mut expected: Vec<(u8, u64)> = counts.into_iter().filter(|(_, count)| *count >= 3).collect();
            expected.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
            let expected: Vec<String> = expected.into_iter().take(most).map(|(word, _)| format!("storm word{word}")).collect();
            let request = SuggestRequest { text: "storm".to_owned(), count: most, allowed, kinds: Vec::new() };
            let told: Vec<String> = index.inner.suggest(&request).expect("suggestions").into_iter().map(|suggestion| suggestion.text).collect();
            prop_assert_eq!(told, expected);
        }
    }
}
