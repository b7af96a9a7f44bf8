//! What of a request was not heeded, or asks for what nothing visible has: told, so that nobody takes an empty page for an answer.

use crate::contract::{Filter, Warning};
use crate::index::{Searcher, Visibility};
use crate::query::{ParsedQuery, is_visible};

/// Values of a filter that are told of one by one.
const TOLD: usize = 20;

pub fn of(query: &ParsedQuery, filter: &Filter, searcher: &Searcher, visibility: &Visibility) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if query.is_cut {
        warnings.push(Warning::Cut);
    }
    if !query.unheeded.is_empty() {
        warnings.push(Warning::UnheededWords(query.unheeded.clone()));
    }
    if query.unheeded_parts > 0 {
        warnings.push(Warning::UnheededParts(query.unheeded_parts));
    }
    let unknown = query.fields.iter().filter(|field| field.known.is_empty());
    warnings.extend(unknown.map(|field| Warning::UnknownField { field: field.dimension.column(), value: field.written.clone() }));
    let unknown = filter.by_dimension().into_iter().flat_map(|(dimension, values)| {
        let unknown = values.into_owned().into_iter().filter(move |value| !is_visible(searcher, visibility, dimension, value));
        unknown.take(TOLD).map(move |value| Warning::UnknownFilter { field: dimension.column(), value })
    });
    warnings.extend(unknown);
    warnings
}
