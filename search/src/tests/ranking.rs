//! What comes first of what matches about as well.

use super::*;

fn doc(id: u128, kind: &str, title: &str, body: &str, weight: f32) -> SearchDoc {
    let mut doc = practice(id, "en", title, body);
    doc.key.kind = kind.to_owned();
    doc.weight = weight;
    doc
}

#[test]
fn of_two_matches_as_good_the_one_of_a_kind_that_counts_more_comes_first() {
    let index = TestIndex::new(&[
        doc(1, "goal", "Water for all", "", 0.6),
        doc(2, "practice", "Water for all", "", 1.0),
        doc(3, "document", "Water for all", "", 0.8),
    ]);
    assert_eq!(index.find("water"), [2, 3, 1]);
    let response = index.search(SearchRequest { explain: true, ..request_for("water") });
    let weights: Vec<f32> = response.hits.iter().filter_map(|hit| hit.explanation.as_ref()).map(|why| why.factors.kind).collect();
    assert_eq!(weights, [1.0, 0.8, 0.6]);
}

#[test]
fn a_clearly_better_match_stays_before() {
    let index = TestIndex::new(&[
        doc(1, "goal", "Sanitation and hygiene", "Sanitation for everyone.", 0.6),
        doc(
            2,
            "practice",
            "Parks",
            "Of a park, its trees, its paths, its benches, its ponds, and in one sentence the sanitation of its kiosks.",
            1.0,
        ),
    ]);
    assert_eq!(index.find("sanitation"), [1, 2]);
}

#[test]
fn an_exact_name_comes_before_what_is_said_of_it() {
    let mut city = doc(1, "city", "Hamburg", "A port on the Elbe with many bridges, canals, quays, markets and theatres.", 1.0);
    (city.names, city.slug) = (vec!["Hamburg".to_owned(), "Hambourg".to_owned()], Some("hamburg".to_owned()));
    let mut docs = vec![city];
    docs.extend((2..6).map(|id| {
        let mut said =
            doc(id, "practice", "The harbour of Hamburg", "Hamburg and its harbour: what Hamburg did, and why Hamburg did it.", 1.0);
        said.names = vec!["Hamburg".to_owned()];
        said
    }));
    let index = TestIndex::new(&docs);
    for name in ["hamburg", "\"Hamburg\"", "Hambourg"] {
        assert_eq!(index.find(name)[0], 1, "{name}");
    }
    // It is called so; more words ask for something else.
    assert_ne!(index.find("Hamburg harbour")[0], 1);
    // A practice has its city's name and is not called so.
    let response = index.search(SearchRequest { explain: true, ..request_for("hamburg") });
    let names: Vec<f32> = response.hits.iter().filter_map(|hit| hit.explanation.as_ref()).map(|why| why.factors.name).collect();
    assert_eq!(names, [1.5, 1.0, 1.0, 1.0, 1.0]);
}
