//! The terms of the field of own names: what a thing itself is called, whole, in every language.
//!
//! A thing that others are filtered by (it has a slug) is called by its names; any thing by its titles. A practice also has its city's name, but is not called so.

use crate::analysis::fold_words;
use crate::contract::SearchDoc;

/// What a thing is called, each name as one term.
pub fn terms(doc: &SearchDoc) -> Vec<String> {
    let names = doc.names.iter().filter(|_| doc.slug.is_some());
    let mut terms: Vec<String> = names.chain(doc.texts.iter().map(|text| &text.title)).map(|name| term(name)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms.retain(|term| !term.is_empty());
    terms
}

/// A name as a term: its folded words.
pub fn term(name: &str) -> String {
    fold_words(name).join(" ")
}
