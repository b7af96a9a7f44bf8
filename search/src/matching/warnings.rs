//! What of a request was not heeded, or asks for what nothing visible has: told, so that nobody takes an empty page for an answer.

use crate::contract::{Dimension, Filter, Warning};
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
    let years: Vec<String> = filter.years.iter().map(i64::to_string).collect();
    let asked = [
        (Dimension::Kind, &filter.kinds),
        (Dimension::Theme, &filter.themes),
        (Dimension::Goal, &filter.goals),
        (Dimension::Country, &filter.countries),
        (Dimension::City, &filter.cities),
        (Dimension::Programme, &filter.programmes),
        (Dimension::Language, &filter.languages),
        (Dimension::Year, &years),
    ];
    let unknown = asked.into_iter().flat_map(|(dimension, values)| {
        let is_unknown = move |value: &&String| !is_visible(searcher, visibility, dimension, value);
        values
            .iter()
            .filter(is_unknown)
            .take(TOLD)
            .map(move |value| Warning::UnknownFilter { field: dimension.column(), value: value.clone() })
    });
    warnings.extend(unknown);
    warnings
}
