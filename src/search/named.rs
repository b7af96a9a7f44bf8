//! What people call the values of filters: `city:"São Paulo"` and `theme:Mobilität` beside `city:sao-paulo` and `theme:mobility`.
//!
//! A thing whose kind is called like a column of values is itself a value of that column, its slug; every name and title it has is a name of that value.
//! A term is the column, the name in folded words and the slug, with a zero byte between them.
//!
//! Invariant: names are told by documents in sight. A name that only hidden things have names nothing.

use super::analyse::fold_words;
use super::doc::SearchDoc;
use super::error::Result;
use super::fields::Dimension;
use super::question::Question;
use super::sieve::{Sight, stands_in_sight};
use super::snapshot::Snapshot;
use super::values::Space;

/// Values that one name stands for, at the most.
const MOST: usize = 32;

/// The terms of a thing that is a value.
pub(super) fn terms(doc: &SearchDoc) -> Vec<String> {
    let dimension = Dimension::ALL.into_iter().find(|dimension| dimension.has_things() && dimension.column() == doc.key.kind);
    let (Some(dimension), Some(slug)) = (dimension, &doc.slug) else { return Vec::new() };
    let names = doc.names.iter().chain(doc.texts.iter().map(|text| &text.title));
    let mut terms: Vec<String> =
        names.map(|name| beginning(dimension, name)).filter(|term| !term.ends_with("\0\0")).map(|term| term + slug).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

fn beginning(dimension: Dimension, name: &str) -> String {
    format!("{}\0{}\0", dimension.column(), fold_words(name).join(" "))
}

/// Reads a question, and what its fields name.
pub(super) fn read(text: &str, snapshot: &Snapshot, sight: &Sight) -> Result<Question> {
    let mut question = Question::read(text);
    for part in &mut question.fields {
        if part.dimension.has_things() {
            for slug in called(snapshot, sight, part.dimension, &part.written)? {
                if !part.values.contains(&slug) {
                    part.values.push(slug);
                }
            }
        }
        let is_there = |value: &String| is_in_sight(snapshot, sight, part.dimension, value);
        part.known = part.values.iter().filter(|value| is_there(value)).cloned().collect();
    }
    Ok(question)
}

/// The slugs of the things in sight that are called so.
fn called(snapshot: &Snapshot, sight: &Sight, dimension: Dimension, written: &str) -> Result<Vec<String>> {
    let from = beginning(dimension, written);
    let mut beyond = from.clone().into_bytes();
    // No slug has this byte: UTF-8 has no use for it.
    beyond.push(0xff);
    let mut slugs = Vec::new();
    for segment in &snapshot.segments {
        let mut terms = segment.shelf.named.terms().range().ge(&from).lt(&beyond).into_stream()?;
        while terms.advance() && slugs.len() < MOST {
            let slug = String::from_utf8_lossy(&terms.key()[from.len()..]).into_owned();
            if !slugs.contains(&slug) && stands_in_sight(sight, segment, &segment.shelf.named, terms.value())? {
                slugs.push(slug);
            }
        }
    }
    slugs.sort_unstable();
    Ok(slugs)
}

/// Whether anything in sight has a value.
fn is_in_sight(snapshot: &Snapshot, sight: &Sight, dimension: Dimension, value: &str) -> bool {
    let Some(number) = snapshot.values.number(Space::Dimension(dimension), value) else { return false };
    snapshot.segments.iter().any(|segment| {
        let mut holding = sight.of(segment).clone();
        holding.intersect(&segment.shelf.holding(&[number]));
        holding.iter(segment.max_doc() as usize).next().is_some()
    })
}
