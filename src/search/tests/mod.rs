//! The index as its users see it: what is put in is found, by whom it may be found.

mod correcting;
mod disk;
mod finding;
mod laws;
mod pages;
mod standing;
mod suggesting;
mod synonyms;
mod why;

use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use uuid::Uuid;

use super::{Answer, Ask, DocKey, Page, SearchDoc, SearchIndex, SearchText};

/// An index in a folder that goes away with it.
struct Shelf {
    index: Arc<SearchIndex>,
    _folder: TempDir,
}

impl Shelf {
    fn new(docs: &[SearchDoc]) -> Shelf {
        let folder = TempDir::new().expect("a folder");
        let index = Arc::new(open(folder.path()));
        let shelf = Shelf { index, _folder: folder };
        shelf.put(docs);
        shelf
    }

    fn put(&self, docs: &[SearchDoc]) {
        let changes: Vec<_> = docs.iter().map(|doc| (doc.key.clone(), Some(doc.clone()))).collect();
        self.change(&changes);
    }

    fn change(&self, changes: &[(DocKey, Option<SearchDoc>)]) {
        let from = self.index.position();
        assert!(self.index.absorb(from, changes, from + 1).expect("absorbed"));
    }

    fn ask(&self, ask: Ask) -> Answer {
        self.index.search(&ask).expect("an answer")
    }

    /// The ids found for a text, best first.
    fn find(&self, text: &str) -> Vec<u128> {
        ids(&self.ask(asking(text)))
    }
}

fn open(folder: &Path) -> SearchIndex {
    SearchIndex::open(folder, "here", i64::MAX).expect("an index").index
}

fn asking(text: &str) -> Ask {
    Ask { text: text.to_owned(), page: Page { first: Some(100), ..Page::default() }, ..Ask::default() }
}

fn ids(answer: &Answer) -> Vec<u128> {
    answer.hits.iter().map(|hit| hit.key.id.as_u128()).collect()
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
