use super::*;
use crate::search::Complete;

fn suggest(shelf: &Shelf, text: &str, allowed: Option<Vec<String>>) -> Vec<String> {
    let complete = Complete { text: text.to_owned(), count: 8, allowed, kinds: Vec::new() };
    shelf.index.suggest(&complete).expect("suggestions").into_iter().map(|suggestion| suggestion.text).collect()
}

fn shelf() -> Shelf {
    let mut city = SearchDoc::new(DocKey { kind: "city".to_owned(), id: Uuid::from_u128(9) }, "public");
    city.names = vec!["Mérida".to_owned(), "Mérida, Yucatán".to_owned()];
    Shelf::new(&[
        city,
        practice(1, "en", "Green roofs of Hamburg", "Meringue"),
        practice(2, "en", "Merit in green schools", ""),
        SearchDoc { audience: "city:1".to_owned(), ..practice(3, "en", "Mercury in secret", "") },
    ])
}

#[test]
fn what_is_typed_is_completed_without_accents_and_names_come_first() {
    assert_eq!(suggest(&shelf(), "MER", Some(vec!["public".to_owned()])), ["Mérida", "Merit in green schools"]);
    assert_eq!(suggest(&shelf(), "merida yuc", None), ["Mérida, Yucatán"]);
}

#[test]
fn words_inside_a_title_are_completed_after_those_at_its_start() {
    assert_eq!(suggest(&shelf(), "gre", None), ["Green roofs of Hamburg", "Merit in green schools"]);
    assert_eq!(suggest(&shelf(), "ham gre", None), ["Green roofs of Hamburg"]);
}

#[test]
fn long_words_are_completed_to_the_letter() {
    let shelf = Shelf::new(&[practice(1, "de", "Klimaanpassungskonzept", ""), practice(2, "de", "Klimaanpassungsgesetz", "")]);
    assert_eq!(suggest(&shelf, "klimaanpassungsg", None), ["Klimaanpassungsgesetz"]);
}

#[test]
fn what_is_mistyped_is_completed_all_the_same() {
    assert_eq!(suggest(&shelf(), "hambrug", None), ["Green roofs of Hamburg"]);
    assert_eq!(suggest(&shelf(), "green schol", None), ["Merit in green schools"]);
    // Of what is hidden nothing is told, by no detour.
    assert!(suggest(&shelf(), "merkury", Some(vec!["public".to_owned()])).is_empty());
}

#[test]
fn hidden_titles_are_not_suggested() {
    let public = Some(vec!["public".to_owned()]);
    assert!(suggest(&shelf(), "merc", public).is_empty());
    assert_eq!(suggest(&shelf(), "merc", None), ["Mercury in secret"]);
}

#[test]
fn nothing_typed_suggests_nothing() {
    assert!(suggest(&shelf(), " …", None).is_empty());
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
    let shelf = Shelf::new(&[rain(4), rain(5), barrel(1), barrel(2), barrel(3), said(6, "de", "Der storm garden", "public")]);
    // As the first of them spells it.
    assert_eq!(suggest(&shelf, "storm", None), ["Storm Garden", "Storm barrels"]);
    assert_eq!(suggest(&shelf, "Storm g", None), ["Storm Garden"]);
    assert_eq!(suggest(&shelf, "storm gadren", None), ["Storm Garden"]);
    assert!(suggest(&shelf, "stor", None).is_empty());
    let complete = Complete { text: "storm".to_owned(), count: 8, allowed: None, kinds: vec!["practice".to_owned()] };
    assert!(shelf.index.suggest(&complete).expect("suggestions").is_empty(), "a phrase is of no kind");
}

#[test]
fn a_phrase_of_hidden_things_is_none() {
    let public = || Some(vec!["public".to_owned()]);
    let open = |id| said(id, "en", "The ferry landing.", "public");
    let shelf = Shelf::new(&[open(1), open(2), said(3, "en", "The FERRY landing", "city:1"), said(4, "en", "A ferry landing", "city:1")]);
    assert!(suggest(&shelf, "ferry", public()).is_empty());
    assert_eq!(suggest(&shelf, "ferry", None), ["ferry landing"]);
    shelf.put(&[open(5)]);
    assert_eq!(suggest(&shelf, "fferry", public()), ["ferry landing"]);
    shelf.change(&[(key(1), None)]);
    assert!(suggest(&shelf, "ferry", public()).is_empty());
}
