use super::*;
use crate::{Explanation, FoundIn};

fn why(index: &TestIndex, text: &str) -> Vec<(f32, Explanation)> {
    let response = index.search(SearchRequest { explain: true, ..request_for(text) });
    response.hits.into_iter().map(|hit| (hit.score, hit.explanation.expect("why"))).collect()
}

fn mixed() -> TestIndex {
    const YEAR: i64 = 31_557_600_000_000;
    let mut told_twice = practice(1, "en", "Rain gardens", "The rain garden keeps the water of the street. Rain is water.");
    told_twice.texts.push(text("fr", "Jardins de pluie", "L'eau de la rue est gardée par le jardin de pluie."));
    told_twice.names = vec!["Rainford".to_owned(), "Rain City".to_owned()];
    let docs = [
        told_twice,
        SearchDoc { date: 45 * YEAR, ..practice(2, "en", "Streets", "Streets that drink the rain and the stormwater.") },
        practice(3, "de", "Dachgarten", "Regen und Wasser auf dem Dach, im Garten und im Regenwasserkanal."),
        practice(4, "fr", "L'eau", "La pluie tombe sur les jardins."),
        SearchDoc { audience: "city:1".to_owned(), ..practice(5, "en", "Rain", "rain rain stormwater gardens") },
    ];
    TestIndex::new(&docs)
}

#[test]
fn the_parts_of_a_score_add_up_to_it() {
    let index = mixed();
    let queries = [
        "rain",
        "rain gardens water",
        "gadrens rain",
        "gard*",
        "Garten Dach",
        "jardin pluie",
        "rain \"rain garden\" -tram",
        "rain city",
        "stormwatr",
    ];
    for query in queries {
        let told = why(&index, query);
        assert!(!told.is_empty(), "{query}");
        for (score, why) in told {
            assert!(score > 0.0 && (why.score / score - 1.0).abs() < 1e-4, "{query}: {} for {score}", why.score);
            let points: f32 = why.parts.iter().map(|part| part.points).sum();
            assert!((points / score - 1.0).abs() < 1e-4, "{query}: {points} for {score}");
            for part in &why.parts {
                let trust = if part.found_in == FoundIn::Name { 1.0 } else { why.trust };
                let product = part.weight * part.boost * part.idf * part.saturation * trust * why.factors.product();
                assert!((product / part.points - 1.0).abs() < 1e-4, "{query}: {product} for {part:?}");
                assert!(!part.words.is_empty() && !part.terms.is_empty(), "{query}: {part:?}");
            }
        }
    }
}

#[test]
fn a_score_tells_where_its_words_stand_and_how_rare_they_are() {
    let index = mixed();
    let response = index.search(SearchRequest { explain: true, allowed: Some(vec!["public".to_owned()]), ..request_for("rain") });
    let hit = response.hits.iter().find(|hit| hit.key == key(1)).expect("found");
    let why = hit.explanation.as_ref().expect("why");
    assert_eq!(why.language.as_deref(), Some("en"));
    let text = why.parts.iter().find(|part| part.found_in == FoundIn::Text).expect("in the text");
    assert_eq!((text.words.as_slice(), text.terms.as_slice(), text.frequency), (&["rain".to_owned()][..], &["rain".to_owned()][..], 3.0));
    // The fifth is hidden: it is neither counted among the documents nor among those that have the word.
    assert_eq!((text.documents, text.of_documents), (2, 2));
    assert!(why.parts.iter().any(|part| part.found_in == FoundIn::Title) && why.parts.iter().any(|part| part.found_in == FoundIn::Name));
}

#[test]
fn nobody_is_told_why_unasked() {
    let index = mixed();
    assert!(index.search(request_for("rain")).hits.iter().all(|hit| hit.explanation.is_none()));
    assert!(index.search(SearchRequest { explain: true, ..request_for("") }).hits.iter().all(|hit| hit.explanation.is_none()));
}
