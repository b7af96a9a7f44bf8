//! A query as it was read: words, phrases, exclusions and fields.

use std::ops::Range;

use crate::search::contract::{Dimension, Filter};

/// Different words of a query that are heeded.
pub const MOST_WORDS: usize = 48;

/// A query as it was read.
#[derive(Debug, Default)]
pub struct ParsedQuery {
    /// The different words sought, those of phrases among them.
    pub words: Vec<QueryWord>,
    /// What must be there as it stands, in folded words.
    pub phrases: Vec<Vec<String>>,
    /// What must not be there, in folded words that stand together.
    pub excluded: Vec<Vec<String>>,
    pub fields: Vec<FieldClause>,
}

/// A word sought.
#[derive(Debug)]
pub struct QueryWord {
    pub written: String,
    pub folded: String,
    /// How often it stands in the query.
    pub count: u16,
    /// Where it stands in the query, in bytes.
    pub places: Vec<Range<usize>>,
    pub is_prefix: bool,
    /// Whether it stands in a phrase, whose words are meant as they are.
    pub is_exact: bool,
}

/// A value that must be there, or must not.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldClause {
    pub dimension: Dimension,
    /// As it was written.
    pub written: String,
    /// What the index may call it: any will do.
    pub values: Vec<String>,
    /// Those of them that anything visible has.
    pub known: Vec<String>,
    pub is_excluded: bool,
}

impl ParsedQuery {
    /// Whether there is nothing to rank by.
    pub fn has_no_words(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether it asks for something all the same.
    pub fn has_parts(&self) -> bool {
        !self.fields.is_empty() || !self.excluded.is_empty()
    }

    /// Whether everything it leaves is listed: there are no words to find by, and it asks for nothing or for parts. One of signs alone finds nothing.
    pub fn lists(&self, text: &str) -> bool {
        self.has_no_words() && (self.has_parts() || text.trim().is_empty())
    }

    /// The filter with what the query adds to it: both must be met.
    pub fn narrow(&self, filter: &Filter) -> Filter {
        narrowed(filter, self.fields.iter().filter(|part| !part.is_excluded))
    }

    /// The same as far as the query alone tells: what its names stand for is told by the index, and changes with it.
    pub fn narrow_loosely(&self, filter: &Filter) -> Filter {
        narrowed(filter, self.fields.iter().filter(|part| !part.is_excluded && !part.dimension.has_things()))
    }
}

/// A filter with what parts add to it.
pub fn narrowed<'a>(filter: &Filter, parts: impl Iterator<Item = &'a FieldClause> + Clone) -> Filter {
    let mut narrowed = filter.clone();
    for dimension in Dimension::ALL {
        let wanted = parts.clone().filter(|part| part.dimension == dimension);
        let wanted: Vec<String> = wanted.flat_map(|part| part.values.iter().cloned()).collect();
        if wanted.is_empty() {
            continue;
        }
        match dimension {
            Dimension::Kind => meet(&mut narrowed.kinds, wanted),
            Dimension::Theme => meet(&mut narrowed.themes, wanted),
            Dimension::Goal => meet(&mut narrowed.goals, wanted),
            Dimension::Country => meet(&mut narrowed.countries, wanted),
            Dimension::City => meet(&mut narrowed.cities, wanted),
            Dimension::Programme => meet(&mut narrowed.programmes, wanted),
            Dimension::Language => meet(&mut narrowed.languages, wanted),
            Dimension::Year => {
                let mut years: Vec<String> = narrowed.years.iter().map(i64::to_string).collect();
                meet(&mut years, wanted);
                // No year is called so: it admits nothing.
                narrowed.years = years.iter().map(|year| year.parse().unwrap_or(i64::MIN)).collect();
            }
        }
    }
    narrowed
}

/// A value that nothing has.
const NOTHING: &str = "\u{0}";

/// Leaves the values that both ask for.
fn meet(filter: &mut Vec<String>, wanted: Vec<String>) {
    if filter.is_empty() {
        *filter = wanted;
        return;
    }
    filter.retain(|value| wanted.contains(value));
    if filter.is_empty() {
        filter.push(NOTHING.to_owned());
    }
}
