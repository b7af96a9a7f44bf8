use super::*;
use crate::{ClauseKind, Synonym};

fn synonym(language: Option<&str>, terms: &[&str], expansions: &[&str]) -> Synonym {
    let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Synonym { language: language.map(str::to_owned), terms: owned(terms), expansions: owned(expansions) }
}

fn index() -> TestIndex {
    TestIndex::new(&[
        practice(1, "en", "Transit", "Lines through the town."),
        practice(2, "en", "Public transport", "Lines through the town."),
        practice(3, "en", "Transport for the public", "Lines through the town."),
        practice(4, "fr", "Transit", "Les lignes de la ville."),
        practice(5, "en", "Harbour", "Ships in the town."),
    ])
}

#[test]
fn what_synonyms_say_is_found_at_once_and_forgotten_at_once() {
    let index = index();
    assert_eq!(index.find("transit"), [1, 4]);
    index.inner.set_synonyms(&[synonym(Some("en"), &["public transport", "transit"], &[])]);
    // The word itself before what it also finds; the phrase where it stands as a phrase; then the other language.
    assert_eq!(index.find("transit"), [1, 2, 4]);
    let found = index.find("public transport");
    assert_eq!(found.len(), 3);
    assert!(found.starts_with(&[2]) && found.contains(&1) && found.contains(&3), "{found:?}");
    // In quotation marks words are meant as they are.
    assert_eq!(index.find("\"public transport\""), [2]);
    index.inner.set_synonyms(&[]);
    assert_eq!(index.find("transit"), [1, 4]);
}

#[test]
fn one_way_goes_one_way_and_is_told_and_marked() {
    let index = index();
    index.inner.set_synonyms(&[synonym(Some("en"), &["mobility"], &["public transport", "ship"])]);
    let response = index.search(SearchRequest { snippets: true, ..request_for("mobility") });
    assert_eq!(response.did_you_mean, None);
    let mut found = ids(&response);
    found.sort_unstable();
    assert_eq!(found, [2, 5]);
    let clauses = &response.interpretation.clauses;
    assert_eq!((clauses[0].kind, &clauses[0].synonyms[..]), (ClauseKind::Word, &["public transport".to_owned(), "ship".to_owned()][..]));
    let transport = response.hits.iter().find(|hit| hit.key.id.as_u128() == 2).expect("the second");
    let marked = |hit: &crate::Hit| hit.snippets[0].fragments.iter().find(|part| part.is_match).map(|part| part.text.clone());
    assert_eq!(marked(transport).as_deref(), Some("Public transport"));
    assert!(index.find("ship").iter().all(|id| *id == 5));
}

#[test]
fn what_nothing_has_is_corrected_though_it_has_synonyms() {
    let index = index();
    index.inner.set_synonyms(&[synonym(Some("en"), &["harbuor"], &["dock", "wharf side"])]);
    let response = index.search(request_for("harbuor"));
    assert_eq!(ids(&response), [5]);
    assert_eq!(response.did_you_mean.as_deref(), Some("harbour"));
}

#[test]
fn names_are_found_by_synonyms_of_every_language() {
    let mut city = SearchDoc::new(DocKey { kind: "city".to_owned(), id: Uuid::from_u128(9) }, "public");
    city.names = vec!["New York City".to_owned()];
    let index = TestIndex::new(&[city]);
    index.inner.set_synonyms(&[synonym(Some("en"), &["NYC", "New York City"], &[])]);
    assert_eq!(index.find("nyc"), [0u128; 0]);
    index.inner.set_synonyms(&[synonym(None, &["NYC", "New York City"], &[])]);
    assert_eq!(index.find("nyc"), [9]);
}
