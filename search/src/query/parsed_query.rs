//! A query as it was read: words, phrases, exclusions and fields.

use std::ops::Range;

use crate::contract::{Dimension, Filter, Reading};

/// Different words of a query that are heeded.
pub const MOST_WORDS: usize = 48;

/// A query as it was read.
#[derive(Debug, Default)]
pub struct ParsedQuery {
    pub reading: Reading,
    /// How many words it has, by the part they play.
    pub counts: WordCounts,
    /// The different words sought, those of phrases among them.
    pub words: Vec<QueryWord>,
    /// What must be there as it stands, in folded words.
    pub phrases: Vec<Vec<String>>,
    /// What must not be there, in folded words that stand together.
    pub excluded: Vec<Vec<String>>,
    pub fields: Vec<FieldClause>,
    /// Words that are not heeded: there were too many before them.
    pub unheeded: Vec<String>,
    /// Phrases, exclusions and fields that are not heeded, for the same reason.
    pub unheeded_parts: usize,
    /// Whether it was longer than what is read.
    pub is_cut: bool,
}

/// How many words a query has, each as often as it stands there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    pub plain: usize,
    /// In quotation marks or behind a minus sign.
    pub marked: usize,
    /// As values of fields.
    pub of_fields: usize,
}

/// A query of more words than this is prose.
const PROSE: usize = 12;
/// A query of no more words than this, those of phrases and exclusions among them, is short: all that it asks for is meant, also where nothing has it.
const SHORT: usize = 6;

impl WordCounts {
    /// Whether it is what people write, and not what they ask an index: it has many words, and is no list of fields.
    pub fn are_prose(self) -> bool {
        let all = self.plain + self.marked + self.of_fields;
        all > PROSE && self.of_fields * 2 <= all
    }
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

    /// Whether phrases and fields must be met, and what is excluded must not be there.
    pub fn is_strict(&self) -> bool {
        self.reading == Reading::Strict
    }

    /// Takes it less strictly; `false` where there is nothing to relax, or it is short and means what it says.
    pub fn relax(&mut self) -> bool {
        let asks_for_more = self.has_parts() || !self.phrases.is_empty();
        let may_relax = self.is_strict() && asks_for_more && self.counts.plain + self.counts.marked > SHORT;
        if may_relax {
            self.reading = Reading::Relaxed;
        }
        may_relax
    }

    /// The filter with what the query adds to it: both must be met.
    pub fn narrow(&self, filter: &Filter) -> Filter {
        if !self.is_strict() {
            return filter.clone();
        }
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
