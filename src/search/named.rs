//! What people call the values of filters: `city:"São Paulo"` and `theme:Mobilität` beside `city:sao-paulo` and `theme:mobility`.
//!
//! A thing whose kind is called like a column of values is itself a value of that column, its slug; every name and title it has is a name of that value.
//! A term is the column, the name in folded words and the slug, with a zero byte between them.
//!
//! Invariant: names are told by visible documents. A name that only hidden things have names nothing.

use super::analyse::fold_words;
use super::doc::SearchDoc;
use super::error::Result;
use super::fields::Dimension;
use super::query_parser::ParsedQuery;
use super::sieve::{Visibility, has_visible_doc};
use super::snapshot::Searcher;
use super::values::ValueSpace;

/// Values that one name stands for, at the most.
const MOST: usize = 32;

/// The terms of a thing that is a value.
pub(super) fn terms(doc: &SearchDoc) -> Vec<String> {
    let dimension = Dimension::ALL.into_iter().find(|dimension| dimension.has_things() && dimension.column() == doc.key.kind);
    let (Some(dimension), Some(slug)) = (dimension, &doc.slug) else { return Vec::new() };
    let names = doc.names.iter().chain(doc.texts.iter().map(|text| &text.title));
    let mut terms: Vec<String> =
        names.map(|name| prefix(dimension, name)).filter(|term| !term.ends_with("\0\0")).map(|term| term + slug).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn prefix(dimension: Dimension, name: &str) -> String {
    format!("{}\0{}\0", dimension.column(), fold_words(name).join(" "))
}

/// Reads a query, and what its fields name.
pub(super) fn read(text: &str, searcher: &Searcher, visibility: &Visibility) -> Result<ParsedQuery> {
    let mut query = ParsedQuery::parse(text);
    for part in &mut query.fields {
        if part.dimension.has_things() {
            for slug in called(searcher, visibility, part.dimension, &part.written)? {
                if !part.values.contains(&slug) {
                    part.values.push(slug);
                }
            }
        }
        let is_there = |value: &String| is_visible(searcher, visibility, part.dimension, value);
        part.known = part.values.iter().filter(|value| is_there(value)).cloned().collect();
    }
    Ok(query)
}

/// The slugs of the things in sight that are called so.
fn called(searcher: &Searcher, visibility: &Visibility, dimension: Dimension, written: &str) -> Result<Vec<String>> {
    let from = prefix(dimension, written);
    let mut beyond = from.clone().into_bytes();
    // No slug has this byte: UTF-8 has no use for it.
    beyond.push(0xff);
    let mut slugs = Vec::new();
    for segment in &searcher.segments {
        let mut terms = segment.columns.filter_names.terms().range().ge(&from).lt(&beyond).into_stream()?;
        while terms.advance() && slugs.len() < MOST {
            let slug = String::from_utf8_lossy(&terms.key()[from.len()..]).into_owned();
            if !slugs.contains(&slug) && has_visible_doc(visibility, segment, &segment.columns.filter_names, terms.value())? {
                slugs.push(slug);
            }
        }
    }
    slugs.sort_unstable();
    Ok(slugs)
}

/// Whether anything in sight has a value.
fn is_visible(searcher: &Searcher, visibility: &Visibility, dimension: Dimension, value: &str) -> bool {
    let Some(ordinal) = searcher.values.ordinal(ValueSpace::Dimension(dimension), value) else { return false };
    searcher.segments.iter().any(|segment| {
        let mut holding = visibility.docs_of(segment).clone();
        holding.intersect(&segment.columns.docs_with(&[ordinal]));
        holding.iter(segment.max_doc() as usize).next().is_some()
    })
}
