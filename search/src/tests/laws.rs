//! Laws that hold for any documents, any viewer and any query.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::{Candidates, Cursor, Facets, Filter, Order, Percolator, Synonym};

const WORDS: [&str; 13] =
    ["tram", "trams", "wasser", "water", "the", "hamburg", "eau", "und", "bahn", "wasserbahnen", "nación", "naciones", "nacion"];
const AUDIENCES: [&str; 6] = ["public", "city:1", "pairing:2", "officers:3+city:1", "city:1+city:4", "city:4+city:5"];
/// What viewers hold: of an audience of two parties one is enough.
const KEYS: [&str; 5] = ["public", "city:1", "pairing:2", "officers:3", "city:4"];
const LANGUAGES: [&str; 4] = ["en", "de", "es", "xx"];
const THEMES: [&str; 3] = ["water", "heat", "move"];

fn words(most: usize) -> impl Strategy<Value = String> {
    vec(prop::sample::select(&WORDS[..]), 0..most).prop_map(|words| words.join(" "))
}

pub(super) fn document() -> impl Strategy<Value = SearchDoc> {
    let texts = vec((prop::sample::select(&LANGUAGES[..]), words(3), words(12)), 0..3);
    let themes = prop::sample::subsequence(&THEMES[..], 0..3);
    (1..40u128, prop::sample::select(&AUDIENCES[..]), texts, words(3), themes, 2000..2003i64, 0..3i64).prop_map(
        |(id, audience, texts, name, themes, year, date)| {
            let mut doc = SearchDoc::new(key(id), audience);
            doc.texts = texts.into_iter().map(|(language, title, body)| text(language, &title, &body)).collect();
            doc.names = vec![name];
            doc.themes = themes.into_iter().map(str::to_owned).collect();
            doc.year = Some(year);
            doc.date = date;
            doc
        },
    )
}

/// Batches of writes: documents put, and ids taken away.
pub(super) fn batches() -> impl Strategy<Value = Vec<(Vec<SearchDoc>, Vec<u128>)>> {
    vec((vec(document(), 1..12), vec(1..40u128, 0..3)), 1..4)
}

/// Words of texts, parts of compounds and compounds, mistyped, begun, quoted, excluded and narrowed ones.
pub(super) fn asked() -> impl Strategy<Value = String> {
    const ASKED: [&str; 24] = [
        "nación",
        "nacion",
        "tram",
        "water",
        "hamburg",
        "the",
        "und",
        "hambrug",
        "wassr",
        "watre",
        "ham*",
        "wa*",
        "\"the water\"",
        "\"tram wasser\"",
        "-eau",
        "-\"the tram\"",
        "theme:heat",
        "-year:2001",
        "year:2000..2001",
        "bahn",
        "wasserbahn",
        "2001",
        "-",
        "lang:de",
    ];
    vec(prop::sample::select(&ASKED[..]), 0..5).prop_map(|words| words.join(" "))
}

/// Synonyms of words of the texts and the queries, of one word and several, one way and both.
pub(super) fn synonyms() -> impl Strategy<Value = Vec<Synonym>> {
    const SAID: [&str; 9] = ["tram", "bahn", "the water", "water", "wasser", "eau", "2001", "tram wasser", "hambrug"];
    let said = || vec(prop::sample::select(&SAID[..]), 0..3).prop_map(|said| said.into_iter().map(str::to_owned).collect::<Vec<_>>());
    let language = prop::sample::select(&[None, Some("en"), Some("de")][..]);
    let synonym = (language, said(), said()).prop_map(|(language, terms, expansions)| Synonym {
        language: language.map(str::to_owned),
        terms,
        expansions,
    });
    vec(synonym, 0..4)
}

/// Pieces of the query language, whole and broken, between any characters.
fn part() -> impl Strategy<Value = String> {
    const PARTS: [&str; 24] = [
        "\"",
        "“",
        "„",
        "»",
        "-",
        "--",
        "*",
        ":",
        "theme:",
        "-city:\"",
        "year:2000..",
        "year:9..1",
        "year:..",
        "lang:",
        "country:\"\"",
        "kind:*",
        "-\"tram\"",
        "tram*",
        "\"the tram",
        "wassr",
        "\u{0}",
        "\u{1}\u{c}",
        "\u{202e}",
        "city:tram",
    ];
    prop_oneof![3 => prop::sample::select(&PARTS[..]).prop_map(str::to_owned), 1 => ".{0,12}", 1 => Just("tram ".repeat(3_000))]
}

pub(super) fn query() -> impl Strategy<Value = SearchRequest> {
    let filter = (prop::sample::subsequence(&THEMES[..], 0..2), vec(2000..2003i64, 0..2));
    let order = prop::sample::select(&[Order::Relevance, Order::Newest, Order::Oldest][..]);
    (asked(), filter, order, prop::option::of(prop::sample::subsequence(&KEYS[..], 0..3))).prop_map(
        |(text, (themes, years), order, allowed)| SearchRequest {
            filter: Filter { themes: themes.into_iter().map(str::to_owned).collect(), years, ..Filter::default() },
            order,
            allowed: allowed.map(|allowed| allowed.into_iter().map(str::to_owned).collect()),
            facets: Some(100),
            ..request_for(&text)
        },
    )
}

/// An index after batches of writes, and what it must hold then.
pub(super) fn written(batches: &[(Vec<SearchDoc>, Vec<u128>)]) -> (TestIndex, BTreeMap<u128, SearchDoc>) {
    let index = TestIndex::new(&[]);
    let mut held = BTreeMap::new();
    for (docs, gone) in batches {
        let put = docs.iter().map(|doc| (doc.key.clone(), Some(doc.clone())));
        let changes: Vec<_> = put.chain(gone.iter().map(|&id| (key(id), None))).collect();
        for (key, doc) in &changes {
            match doc {
                Some(doc) => held.insert(key.id.as_u128(), doc.clone()),
                None => held.remove(&key.id.as_u128()),
            };
        }
        index.change(&changes);
    }
    (index, held)
}

fn is_allowed(request: &SearchRequest, doc: &SearchDoc) -> bool {
    request.allowed.as_ref().is_none_or(|allowed| doc.audience.split('+').any(|party| allowed.iter().any(|key| key == party)))
}

fn fits(filter: &Filter, doc: &SearchDoc) -> bool {
    (filter.themes.is_empty() || filter.themes.iter().any(|theme| doc.themes.contains(theme)))
        && (filter.years.is_empty() || doc.year.is_some_and(|year| filter.years.contains(&year)))
}

fn count<'a>(docs: impl Iterator<Item = &'a SearchDoc>, values: impl Fn(&SearchDoc) -> Vec<String>) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    docs.flat_map(values).for_each(|value| *counts.entry(value).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

fn told(values: &[crate::FacetValue]) -> Vec<(String, u64)> {
    values.iter().map(|value| (value.value.clone(), value.count)).collect()
}

fn scores(response: &SearchResponse) -> Vec<(u128, u32, Option<String>)> {
    response.hits.iter().map(|hit| (hit.key.id.as_u128(), hit.score.to_bits(), hit.language.clone())).collect()
}

fn walk(index: &TestIndex, request: &SearchRequest, step: usize, is_backward: bool) -> Vec<u128> {
    let mut found = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let page = if is_backward {
            Page { last: Some(step), before: cursor, ..Page::default() }
        } else {
            Page { first: Some(step), after: cursor, ..Page::default() }
        };
        let response = index.search(SearchRequest { page, ..request.clone() });
        assert!(response.hits.len() <= step);
        let mut ids = ids(&response);
        if is_backward {
            ids.reverse();
            assert_eq!(response.has_next, !found.is_empty());
        } else {
            assert_eq!(response.has_previous, !found.is_empty());
        }
        found.extend(ids);
        let (more, end) =
            if is_backward { (response.has_previous, response.hits.first()) } else { (response.has_next, response.hits.last()) };
        if !more {
            break;
        }
        cursor = end.map(|hit| Cursor::parse(&hit.cursor.to_string(), &request.order).expect("a cursor reads back"));
    }
    if is_backward {
        found.reverse();
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_percolator_misses_nothing(batches in batches(), requests in vec(query(), 1..8), synonyms in synonyms()) {
        let (index, held) = written(&batches);
        index.inner.set_synonyms(&synonyms);
        let mut percolator = Percolator::default();
        for (number, request) in requests.iter().enumerate() {
            percolator.insert(number, &request.text, &request.filter);
        }
        percolator.refresh_vocabulary(&index.inner.view()).expect("learned");
        let mut candidates: Vec<(&SearchDoc, Candidates<usize>)> = Vec::new();
        {
            let mut matcher = percolator.matcher(&index.inner.view(), "public");
            for doc in held.values() {
                candidates.push((doc, matcher.candidates(doc).expect("a catch")));
            }
        }
        for (number, request) in requests.iter().enumerate() {
            // Everybody sees what is public.
            let common = |allowed: &Vec<String>| allowed.iter().cloned().chain(["public".to_owned()]).collect();
            let request = SearchRequest { allowed: request.allowed.as_ref().map(common), ..request.clone() };
            let found = ids(&index.search(request.clone()));
            for (doc, candidates) in &candidates {
                let is_found = found.contains(&doc.key.id.as_u128());
                let is_sure = candidates.certain.contains(&number);
                prop_assert!(!is_found || is_sure || candidates.uncertain.contains(&number), "“{}” finds {:?}", request.text, doc);
                prop_assert!(is_found || !is_sure || !is_allowed(&request, doc), "“{}” does not find {:?}", request.text, doc);
                // Asked of one thing alone, the answer is the same.
                let confined = SearchRequest { among: vec![doc.key.clone()], ..request.clone() };
                let read = index.inner.verifier([*doc]).verify(&confined).expect("a response");
                prop_assert_eq!(!read.is_empty(), is_found, "“{}” read against {:?}", request.text, doc);
                prop_assert_eq!(index.search(confined).total, u64::from(is_found));
            }
            // As when several things happened at once.
            let among: Vec<DocKey> = candidates
                .iter()
                .filter(|(_, candidates)| candidates.certain.contains(&number) || candidates.uncertain.contains(&number))
                .map(|(doc, _)| doc.key.clone())
                .collect();
            if !among.is_empty() {
                let confined = SearchRequest { among, ..request.clone() };
                prop_assert_eq!(scores(&index.search(confined)), scores(&index.search(request.clone())));
            }
        }
        for number in 0..requests.len() {
            percolator.remove(&number);
        }
        prop_assert!(percolator.is_empty());
        let mut matcher = percolator.matcher(&index.inner.view(), "public");
        for doc in held.values() {
            prop_assert_eq!(matcher.candidates(doc).expect("a catch"), Candidates { certain: vec![], uncertain: vec![] });
        }
    }

    #[test]
    fn only_what_may_be_seen_is_found_and_counted(batches in batches(), request in query()) {
        let (index, held) = written(&batches);
        let request = SearchRequest { text: String::new(), ..request };
        let response = index.search(request.clone());
        let seen: Vec<&SearchDoc> = held.values().filter(|doc| is_allowed(&request, doc)).collect();
        let expected: Vec<u128> = seen.iter().filter(|doc| fits(&request.filter, doc)).map(|doc| doc.key.id.as_u128()).collect();
        let mut found = ids(&response);
        found.sort_unstable();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(response.total, expected.len() as u64);
        let Facets { themes, years, kinds, .. } = response.facets.expect("facets");
        let other = |filter: Filter| seen.iter().copied().filter(move |doc| fits(&filter, doc));
        prop_assert_eq!(told(&kinds), count(other(request.filter.clone()), |_| vec!["practice".to_owned()]));
        prop_assert_eq!(told(&themes), count(other(Filter { themes: Vec::new(), ..request.filter.clone() }), |doc| doc.themes.clone()));
        prop_assert_eq!(told(&years), count(other(Filter { years: Vec::new(), ..request.filter.clone() }), |doc| vec![doc.year.unwrap_or_default().to_string()]));
    }

    /// Document frequencies and lengths do not leak: hits, scores, order, languages, totals, facets, corrections, suggestions and what is similar are those of an index
    /// that never held the hidden, was never written otherwise, and holds everything in one piece.
    #[test]
    fn hidden_documents_change_no_score(batches in batches(), request in query(), synonyms in synonyms()) {
        let (index, held) = written(&batches);
        index.inner.set_synonyms(&synonyms);
        let seen: Vec<SearchDoc> = held.into_values().filter(|doc| is_allowed(&request, doc)).collect();
        let other = TestIndex::new(&seen);
        other.inner.set_synonyms(&synonyms);
        let (here, there) = (index.search(request.clone()), other.search(request.clone()));
        prop_assert_eq!(scores(&here), scores(&there));
        prop_assert_eq!((here.total, here.facets, here.did_you_mean), (there.total, there.facets, there.did_you_mean));
        prop_assert_eq!(here.interpretation, there.interpretation);
        let request = crate::SuggestRequest { text: request.text.clone(), count: 50, allowed: request.allowed.clone(), kinds: Vec::new() };
        prop_assert_eq!(index.inner.suggest(&request).expect("some"), other.inner.suggest(&request).expect("some"));
        for text in [request.text.chars().take(3).collect(), "wat".to_owned(), "tram w".to_owned(), "wassr tra".to_owned()] {
            let begun = crate::SuggestRequest { text, ..request.clone() };
            prop_assert_eq!(index.inner.suggest(&begun).expect("some"), other.inner.suggest(&begun).expect("some"));
        }
        for doc in seen.iter().take(3) {
            let alike = |index: &TestIndex| index.inner.similar(&doc.key, request.allowed.as_deref(), 50).expect("some");
            prop_assert_eq!(alike(&index), alike(&other));
        }
    }

    #[test]
    fn forward_and_backward_pages_are_the_whole(batches in batches(), request in query(), step in 1..7usize) {
        let (index, _) = written(&batches);
        let all = index.search(request.clone());
        prop_assert_eq!(all.total, all.hits.len() as u64);
        prop_assert_eq!(walk(&index, &request, step, false), ids(&all));
        prop_assert_eq!(walk(&index, &request, step, true), ids(&all));
    }

    #[test]
    fn the_four_arguments_together_cut_as_the_specification_says(
        batches in batches(), request in query(), from in 0..4usize, upto in 0..9usize, first in 0..6usize, last in 0..6usize,
    ) {
        let (index, _) = written(&batches);
        let all = index.search(request.clone());
        let (after, before) = (all.hits.get(from).map(|hit| hit.cursor.clone()), all.hits.get(upto).map(|hit| hit.cursor.clone()));
        let begin = after.as_ref().map_or(0, |_| from + 1);
        let end = before.as_ref().map_or(all.hits.len(), |_| upto).max(begin);
        let mut expected = ids(&all)[begin..end].to_vec();
        expected.truncate(first);
        expected.drain(..expected.len().saturating_sub(last));
        let page = Page { first: Some(first), after, last: Some(last), before };
        prop_assert_eq!(ids(&index.search(SearchRequest { page, ..request })), expected);
    }

    #[test]
    fn facets_asked_or_not_the_hits_are_the_same(batches in batches(), request in query()) {
        let (index, _) = written(&batches);
        let without = index.search(SearchRequest { facets: None, ..request.clone() });
        let with = index.search(request);
        prop_assert_eq!(scores(&with), scores(&without));
        prop_assert_eq!(with.total, without.total);
    }

    #[test]
    fn any_text_is_a_query(text in "\\PC{0,40}", other in "\\PC{0,40}") {
        let index = TestIndex::new(&[practice(1, "de", &other, &text)]);
        index.search(SearchRequest { snippets: true, ..request_for(&text) });
    }

    /// Whatever is asked is answered, and told how it was understood.
    #[test]
    fn any_parts_of_the_language_make_a_query(parts in vec(part(), 0..12), glue in prop::sample::select(&["", " ", "\t"][..])) {
        let mut city = practice(2, "en", "Tram", "the tram of the city");
        city.cities = vec!["tram".to_owned()];
        let index = TestIndex::new(&[practice(1, "de", "Wasserbahn", "die Bahn im Wasser"), city]);
        let text = parts.join(glue);
        let response = index.search(SearchRequest { snippets: true, explain: true, facets: Some(9), ..request_for(&text) });
        prop_assert!(response.total <= 2 && response.hits.len() as u64 == response.total);
        for hit in response.hits {
            let points: f32 = hit.explanation.iter().flat_map(|why| &why.parts).map(|part| part.points).sum();
            prop_assert!((points - hit.score).abs() <= 1e-4 * hit.score.max(1.0), "{points} for {}", hit.score);
        }
    }

    #[test]
    fn any_text_is_refused_as_a_cursor_or_reads_back(text in "[rno]?[0-9a-f]{0,60}\\PC{0,9}") {
        if let Some(cursor) = Cursor::parse(&text, &Order::Newest) {
            prop_assert_eq!(Cursor::parse(&cursor.to_string(), &Order::Newest), Some(cursor));
        }
    }
}
