//! A walk through the pages of a search goes on as it began, whatever is written, merged or said otherwise meanwhile.

use proptest::prelude::*;

use super::laws::{batches, query, synonyms, written};
use super::*;
use crate::{Cursor, Synonym};

/// Writes to other documents than those walked through: their ids lie far away.
fn elsewhere(batches: &[(Vec<SearchDoc>, Vec<u128>)]) -> Vec<Vec<(DocKey, Option<SearchDoc>)>> {
    let far = |id: u128| key(id + 1_000);
    let changes = batches.iter().map(|(docs, gone)| {
        let put = docs.iter().map(|doc| {
            let key = far(doc.key.id.as_u128());
            (key.clone(), Some(SearchDoc { key, ..doc.clone() }))
        });
        put.chain(gone.iter().map(|id| (far(*id), None))).collect()
    });
    changes.collect()
}

fn next(index: &TestIndex, request: &SearchRequest, step: usize, cursor: Option<Cursor>, is_backward: bool) -> (Vec<u128>, Option<Cursor>) {
    let page = if is_backward {
        Page { last: Some(step), before: cursor, ..Page::default() }
    } else {
        Page { first: Some(step), after: cursor, ..Page::default() }
    };
    let response = index.search(SearchRequest { page, ..request.clone() });
    let end = if is_backward { response.hits.first() } else { response.hits.last() };
    let has_more = if is_backward { response.has_previous } else { response.has_next };
    let cursor = end.filter(|_| has_more).map(|hit| Cursor::parse(&hit.cursor.to_string(), &request.order).expect("a cursor reads back"));
    let mut found = ids(&response);
    if is_backward {
        found.reverse();
    }
    (found, cursor)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_repeats_and_skips_nothing_while_others_write(
        before in batches(), meanwhile in proptest::collection::vec(batches(), 1..4), request in query(), step in 1..5usize,
        said in (synonyms(), synonyms()), is_backward in any::<bool>(),
    ) {
        let (index, _) = written(&before);
        index.inner.set_synonyms(&said.0);
        let mut whole = ids(&index.search(request.clone()));
        if is_backward {
            whole.reverse();
        }
        let mut meanwhile: Vec<_> = meanwhile.iter().flat_map(|batches| elsewhere(batches)).collect();
        let (mut walked, mut cursor) = (Vec::new(), None);
        loop {
            let (found, end) = next(&index, &request, step, cursor, is_backward);
            walked.extend(found);
            if end.is_none() {
                break;
            }
            cursor = end;
            if let Some(changes) = meanwhile.pop() {
                index.change(&changes);
                index.inner.set_synonyms(&said.1);
            }
        }
        walked.retain(|id| *id < 1_000);
        prop_assert_eq!(walked, whole);
    }
}

#[test]
fn a_cursor_of_one_query_does_not_weigh_another() {
    let index = TestIndex::new(&[practice(1, "en", "Tram", "harbour"), practice(2, "en", "Tram", ""), practice(3, "en", "Harbour", "")]);
    let cursor = index.search(request_for("tram")).hits[0].cursor.clone();
    let page = Page { first: Some(9), after: Some(cursor), ..Page::default() };
    let scores = |request: SearchRequest| {
        index.search(request).hits.into_iter().map(|hit| (hit.key.id.as_u128(), hit.score.to_bits())).collect::<Vec<_>>()
    };
    let whole = scores(request_for("harbour"));
    assert!(scores(SearchRequest { page, ..request_for("harbour") }).iter().all(|hit| whole.contains(hit)));
}

#[test]
fn what_a_walk_holds_on_to_is_short() {
    let index = TestIndex::new(&[practice(1, "en", "Rain gardens", "in the street"), practice(2, "de", "Regen", "in der Stadt")]);
    index.inner.set_synonyms(&[Synonym { language: None, terms: vec!["rain".to_owned(), "regen".to_owned()], expansions: Vec::new() }]);
    let cursor = index.search(request_for("rain gardens")).hits[0].cursor.to_string();
    assert!(cursor.len() < 700, "{} {cursor}", cursor.len());
    assert!(index.search(request_for("")).hits[0].cursor.to_string().len() < 60);
}
