//! The index as its users see it: what is put in is found, by whom it may be found.

mod disk;
mod explain;
mod finding;
mod laws;
mod pages;
mod percolator;
mod ranking;
mod reading;
mod spelling;
mod suggestions;
mod synonyms;

use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use uuid::Uuid;

use super::{DocKey, Page, SearchDoc, SearchIndex, SearchRequest, SearchResponse, SearchText};

/// An index in a folder that goes away with it.
struct TestIndex {
    inner: Arc<SearchIndex>,
    _folder: TempDir,
}

impl TestIndex {
    fn new(docs: &[SearchDoc]) -> TestIndex {
        let folder = TempDir::new().expect("a folder");
        let inner = Arc::new(open(folder.path()));
        let index = TestIndex { inner, _folder: folder };
        index.put(docs);
        index
    }

    fn put(&self, docs: &[SearchDoc]) {
        let changes: Vec<_> = docs.iter().map(|doc| (doc.key.clone(), Some(doc.clone()))).collect();
        self.change(&changes);
    }

    fn change(&self, changes: &[(DocKey, Option<SearchDoc>)]) {
        let from = self.inner.position();
        assert!(self.inner.absorb(from, changes, from + 1).expect("absorbed"));
    }

    fn search(&self, request: SearchRequest) -> SearchResponse {
        self.inner.search(&request).expect("a response")
    }

    /// The ids found for a text, best first.
    fn find(&self, text: &str) -> Vec<u128> {
        ids(&self.search(request_for(text)))
    }
}

fn open(folder: &Path) -> SearchIndex {
    SearchIndex::open(folder, "here", i64::MAX).expect("an index").index
}

fn request_for(text: &str) -> SearchRequest {
    SearchRequest { text: text.to_owned(), page: Page { first: Some(100), ..Page::default() }, ..SearchRequest::default() }
}

fn ids(response: &SearchResponse) -> Vec<u128> {
    response.hits.iter().map(|hit| hit.key.id.as_u128()).collect()
}

fn key(id: u128) -> DocKey {
    DocKey { kind: "practice".to_owned(), id: Uuid::from_u128(id) }
}

/// A public practice with one text.
fn practice(id: u128, language: &str, title: &str, body: &str) -> SearchDoc {
    let mut doc = SearchDoc::new(key(id), "public");
    doc.texts.push(text(language, title, body));
    doc
}

fn text(language: &str, title: &str, body: &str) -> SearchText {
    SearchText { language: language.to_owned(), is_original: true, title: title.to_owned(), summary: String::new(), body: body.to_owned() }
}
