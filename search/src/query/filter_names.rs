//! What people call the values of filters: `city:"São Paulo"` and `theme:Mobilität` beside `city:sao-paulo` and `theme:mobility`.
//!
//! Invariant: names are told by visible documents. A name that only hidden things have names nothing.

use super::parsed_query::ParsedQuery;
use crate::contract::{Dimension, Result};
use crate::index::{Searcher, ValueSpace, Visibility, has_visible_doc, prefix};

/// Values that one name stands for, at the most.
const MOST: usize = 32;

/// Reads a query, and what its fields name.
pub fn parse(text: &str, searcher: &Searcher, visibility: &Visibility) -> Result<ParsedQuery> {
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

/// The slugs of the visible things that are called so.
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

/// Whether anything visible has a value.
pub fn is_visible(searcher: &Searcher, visibility: &Visibility, dimension: Dimension, value: &str) -> bool {
    let Some(ordinal) = searcher.values.ordinal(ValueSpace::Dimension(dimension), value) else { return false };
    searcher.segments.iter().any(|segment| {
        let mut holding = visibility.docs_of(segment).clone();
        holding.intersect(&segment.columns.docs_with(&[ordinal]));
        holding.iter(segment.max_doc() as usize).next().is_some()
    })
}
