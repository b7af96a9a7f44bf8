//! The terms of the field of filters' names: what people call the values that things can be filtered by.
//!
//! A thing whose kind is called like a dimension is itself a value of that dimension, its slug; every name and title it has is a name of that value.
//! A term is the dimension, the name in folded words and the slug, with a zero byte between them.

use crate::analysis::fold_words;
use crate::contract::{Dimension, SearchDoc};

/// The terms of a thing that is a value.
pub fn terms(doc: &SearchDoc) -> Vec<String> {
    let dimension = Dimension::ALL.into_iter().find(|dimension| dimension.has_things() && dimension.column() == doc.key.kind);
    let (Some(dimension), Some(slug)) = (dimension, &doc.slug) else { return Vec::new() };
    let names = doc.names.iter().chain(doc.texts.iter().map(|text| &text.title));
    let mut terms: Vec<String> =
        names.map(|name| prefix(dimension, name)).filter(|term| !term.ends_with("\0\0")).map(|term| term + slug).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

pub fn prefix(dimension: Dimension, name: &str) -> String {
    format!("{}\0{}\0", dimension.column(), fold_words(name).join(" "))
}
