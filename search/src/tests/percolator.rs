//! A percolator of thousands of queries against searching with each of them again: the same answers, nearly always without asking.

use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::*;
use crate::{Candidates, Filter, Percolator};

/// Words of four languages: inflected, compounded, accented, near one another, saying nothing.
const WORDS: [(&str, &[&str]); 4] = [
    (
        "en",
        &[
            "garden",
            "gardens",
            "gardening",
            "gardener",
            "wardens",
            "warden",
            "harden",
            "rain",
            "rains",
            "rainwater",
            "water",
            "waters",
            "later",
            "street",
            "streets",
            "tree",
            "trees",
            "three",
            "mobility",
            "mobile",
            "nobility",
            "tram",
            "trams",
            "trap",
            "transport",
            "transports",
            "transporting",
            "sustainable",
            "sustainability",
            "cycling",
            "cyclist",
            "the",
            "of",
            "and",
            "in",
            "on",
            "a",
            "was",
            "die",
        ],
    ),
    (
        "de",
        &[
            "Garten",
            "Gärten",
            "Gartens",
            "Regen",
            "Wasser",
            "Regenwasser",
            "Regenwassers",
            "Regenwassernutzung",
            "Nutzung",
            "Nutzungen",
            "Wassernutzung",
            "Dach",
            "Dächer",
            "Dachbegrünung",
            "Begrünung",
            "Straße",
            "Straßen",
            "Straßenbahn",
            "Bahn",
            "Bahnen",
            "Stadtbahn",
            "Stadt",
            "Städte",
            "Verkehr",
            "Verkehrswende",
            "Wende",
            "Wände",
            "die",
            "der",
            "und",
            "in",
            "am",
            "war",
            "an",
        ],
    ),
    (
        "fr",
        &[
            "jardin",
            "jardins",
            "jardinage",
            "eau",
            "eaux",
            "pluie",
            "pluies",
            "rue",
            "rues",
            "ville",
            "villes",
            "village",
            "mobilité",
            "transport",
            "transports",
            "toit",
            "toits",
            "verts",
            "verte",
            "le",
            "la",
            "des",
            "dans",
            "on",
            "a",
            "an",
            "en",
        ],
    ),
    (
        "nl",
        &[
            "tuin",
            "tuinen",
            "regen",
            "water",
            "regenwater",
            "waterberging",
            "berging",
            "dak",
            "daken",
            "groen",
            "groene",
            "straat",
            "straten",
            "stad",
            "stadsbos",
            "bos",
            "bossen",
            "de",
            "het",
            "van",
            "in",
            "op",
            "was",
            "die",
        ],
    ),
];
const AUDIENCES: [&str; 4] = ["public", "public", "city:1", "pairing:2"];
const THEMES: [&str; 3] = ["water", "heat", "move"];

fn draw(chance: &mut StdRng, words: &[&str], most: usize) -> String {
    let count = chance.random_range(0..=most);
    (0..count).map(|_| *words.choose(chance).expect("words")).collect::<Vec<_>>().join(" ")
}

fn document(chance: &mut StdRng, id: u128) -> SearchDoc {
    let mut doc = SearchDoc::new(key(id), *AUDIENCES.choose(chance).expect("some"));
    for _ in 0..chance.random_range(1..=2) {
        let (language, words) = WORDS.choose(chance).expect("languages");
        doc.texts.push(text(language, &draw(chance, words, 2), &draw(chance, words, 9)));
    }
    if chance.random_ratio(1, 4) {
        doc.names.push(draw(chance, WORDS[1].1, 2));
    }
    doc.themes = THEMES.sample(chance, 1).map(|theme| (*theme).to_owned()).collect();
    doc.year = Some(chance.random_range(2000..2003));
    doc
}

/// A letter more, less or another, or two that changed places.
fn mistyped(chance: &mut StdRng, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = chance.random_range(0..letters.len());
    match chance.random_range(0..4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, 'n'),
        2 => letters[at] = 'e',
        _ => letters.swap(at, at.saturating_sub(1)),
    }
    letters.into_iter().collect()
}

fn query(chance: &mut StdRng) -> (String, Filter) {
    let mut parts = Vec::new();
    for _ in 0..chance.random_range(0..=4) {
        let (_, words) = WORDS.choose(chance).expect("languages");
        let word = *words.choose(chance).expect("words");
        parts.push(match chance.random_range(0..12) {
            0 => format!("{}*", word.chars().take(chance.random_range(2..6)).collect::<String>()),
            1..4 => mistyped(chance, word),
            4 => format!("\"{} {}\"", word, words.choose(chance).expect("words")),
            5 => format!("-{word}"),
            6 => format!("theme:{}", THEMES.choose(chance).expect("some")),
            7 => format!("-year:{}", chance.random_range(2000..2003)),
            _ => word.to_owned(),
        });
    }
    let themes = if chance.random_ratio(1, 4) { vec!["water".to_owned()] } else { Vec::new() };
    let languages = if chance.random_ratio(1, 6) { vec!["de".to_owned(), "nl".to_owned()] } else { Vec::new() };
    (parts.join(" "), Filter { themes, languages, ..Filter::default() })
}

/// What an index of chance holds, what thousands ask, and how many of the answers the net could not give by itself.
fn held_against_searching_again(seed: u64) -> (usize, usize, usize) {
    let chance = &mut StdRng::seed_from_u64(seed);
    let docs: Vec<SearchDoc> = (1..=40).map(|id| document(chance, id)).collect();
    let (index, mut percolator) = (TestIndex::new(&docs[..20]), Percolator::default());
    let queries: Vec<_> = (0..600).map(|_| query(chance)).collect();
    for (number, (text, filter)) in queries.iter().enumerate() {
        percolator.insert(number, text, filter);
    }
    // Taken away and put again, as those of people who change their minds.
    for number in (0..queries.len()).step_by(7) {
        percolator.remove(&number);
        percolator.insert(number, &queries[number].0, &queries[number].1);
    }
    percolator.refresh_vocabulary(&index.inner.view()).expect("learned");
    index.put(&docs[20..]);
    percolator.refresh_vocabulary(&index.inner.view()).expect("learned");
    let mut matcher = percolator.matcher(&index.inner.view(), "public");
    let candidates: Vec<Candidates<usize>> = docs.iter().map(|doc| matcher.candidates(doc).expect("a catch")).collect();
    let sights = [None, Some(vec!["public"]), Some(vec!["public", "city:1"])];
    let (mut found, mut sure, mut perhaps) = (0, 0, 0);
    for (number, (text, filter)) in queries.iter().enumerate() {
        let allowed = sights[number % 3].as_ref().map(|keys| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>());
        let again = ids(&index.search(SearchRequest { filter: filter.clone(), allowed: allowed.clone(), ..request_for(text) }));
        for (doc, candidates) in docs.iter().zip(&candidates) {
            if allowed.as_ref().is_some_and(|allowed| !allowed.contains(&doc.audience)) {
                continue;
            }
            let is_found = again.contains(&doc.key.id.as_u128());
            let (is_sure, is_perhaps) = (candidates.certain.contains(&number), candidates.uncertain.contains(&number));
            assert!(!is_found || is_sure || is_perhaps, "seed {seed}: “{text}” {filter:?} finds {doc:?}, and is no candidate");
            assert!(is_found || !is_sure, "seed {seed}: “{text}” {filter:?} does not find {doc:?}, and is a candidate for sure");
            found += usize::from(is_found);
            sure += usize::from(is_sure);
            perhaps += usize::from(is_perhaps);
        }
    }
    (found, sure, perhaps)
}

#[test]
fn thousands_of_queries_are_answered_as_searching_again_would() {
    let (mut found, mut sure, mut perhaps) = (0, 0, 0);
    for seed in 0..8 {
        let counts = held_against_searching_again(seed);
        found += counts.0;
        sure += counts.1;
        perhaps += counts.2;
    }
    assert!(found > 20_000, "{found} say little");
    assert!(sure * 10 > found * 9, "{sure} of {found} are told without asking");
    assert!(perhaps < found / 4, "{perhaps} are asked for {found}");
}

#[test]
fn what_a_query_is_caught_by() {
    let index = TestIndex::new(&[
        practice(1, "de", "Regenwasser", "Die Nutzung von Wasser im Garten"),
        practice(2, "en", "Rain gardens", "The water of the street"),
        practice(3, "en", "Trams", "The trams of Hamburg"),
    ]);
    let queries = ["gardens", "\"rain gardens\"", "gardenss", "gard*", "Regenwassernutzung", "-trams", "the trams", "the", "2016"];
    let mut percolator = Percolator::default();
    for (number, text) in queries.iter().enumerate() {
        percolator.insert(number, text, &Filter::default());
    }
    percolator.refresh_vocabulary(&index.inner.view()).expect("learned");
    let mut matcher = percolator.matcher(&index.inner.view(), "public");
    let mut candidates = |doc: &SearchDoc| {
        let candidates = matcher.candidates(doc).expect("a catch");
        (
            candidates.certain.iter().map(|at| queries[*at]).collect::<Vec<_>>(),
            candidates.uncertain.iter().map(|at| queries[*at]).collect::<Vec<_>>(),
        )
    };
    let german = candidates(&practice(1, "de", "Regenwasser", "Die Nutzung von Wasser im Garten"));
    assert_eq!(german, (vec!["-trams"], vec!["Regenwassernutzung"]));
    let english = candidates(&practice(2, "en", "Rain gardens", "The water of the street"));
    assert_eq!(english, (vec!["gardens", "\"rain gardens\"", "gard*", "-trams"], vec!["gardenss", "the"]));
    assert_eq!(candidates(&practice(3, "en", "Trams", "The trams of Hamburg")), (vec!["the trams"], vec!["the"]));
}

#[test]
fn a_corrected_word_may_leave_out_one_that_a_document_has() {
    // “an” says nothing in English and in German; only “which” makes the query English, and a French year (“an”) no answer to it.
    let mut docs: Vec<SearchDoc> =
        (1..9).map(|id| practice(id, "en", "A garden in which an apple grows", "An orchard which bears")).collect();
    docs.push(practice(20, "fr", "Un jardin", "Le jardin de cet an"));
    docs.push(practice(21, "de", "Garten", "Wir denken an Gärten"));
    let index = TestIndex::new(&docs);
    for text in ["an whcih", "an", "whcih", "an whcih jardin", "an whcih jar*"] {
        for doc in &docs {
            let confined = SearchRequest { among: vec![doc.key.clone()], ..request_for(text) };
            let read = index.inner.verifier([doc]).verify(&confined).expect("a response");
            assert_eq!(read.len() as u64, index.search(confined).total, "“{text}” read against {:?}", doc.texts);
        }
    }
}
