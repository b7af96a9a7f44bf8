//! How a query is read: words, "exact phrases", `-without`, `field:value` and `begin*`.
//!
//! - Words are sought in any order; more of them, and rarer ones, rank higher. None must be there.
//! - A phrase in quotation marks (`"…"`, `“…”`, `„…“`, `«…»`) must be there as it stands, in one language or in the names.
//! - `-word`, `-"a phrase"` and `-field:value` take away what has it. A hyphen before a digit is a minus and takes nothing away.
//! - `theme:`, `goal:`, `country:`, `city:`, `programme:`, `lang:`, `year:` (also `year:2016..2018`) and `kind:` filter as the filter argument does; both must be
//!   met, and of one field given several times any value does. A value with spaces stands in quotation marks. Themes, goals, cities and programmes are called by
//!   their slugs or by any of their names (see `named`), countries by their codes or names.
//! - `begin*`, from two letters, stands for the words of the index that begin so.
//!
//! Invariant: everything is a query. What is no part of the language above is words.

use std::ops::Range;

use super::analyse::fold_span;
use super::fields::Dimension;
use super::request::Filter;
use super::words::spans;
use crate::base::{country, slug};

/// Queries longer than this are cut, in bytes and in different words.
const LONGEST: usize = 4_000;
pub(super) const MOST: usize = 48;
/// Phrases, exclusions and fields that are heeded, and the most years of a range.
const PARTS: usize = 32;
const YEARS: i64 = 200;

/// A query as it was read.
#[derive(Debug, Default)]
pub(super) struct ParsedQuery {
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
pub(super) struct QueryWord {
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
pub(super) struct FieldClause {
    pub dimension: Dimension,
    /// As it was written.
    pub written: String,
    /// What the index may call it: any will do.
    pub values: Vec<String>,
    /// Those of them that anything in sight has.
    pub known: Vec<String>,
    pub is_excluded: bool,
}

impl ParsedQuery {
    pub fn parse(text: &str) -> ParsedQuery {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let mut query = ParsedQuery::default();
        let mut at = 0;
        while let Some(start) = text[at..].find(|c: char| !c.is_whitespace()).map(|offset| at + offset) {
            let rest = &text[start..];
            let is_excluded =
                rest.starts_with('-') && rest[1..].chars().next().is_some_and(|next| next.is_alphabetic() || is_opening(next));
            let begin = start + usize::from(is_excluded);
            at = query.clause(text, begin, is_excluded);
        }
        query
    }

    /// Reads the part that begins at a place; answers where it ends.
    fn clause(&mut self, text: &str, begin: usize, is_excluded: bool) -> usize {
        if let Some((inside, end)) = quoted(text, begin) {
            self.phrase(text, inside, is_excluded);
            return end;
        }
        let rest = &text[begin..];
        let opening = rest.chars().next().filter(|c| is_opening(*c)).map_or(0, char::len_utf8);
        let end = begin + opening + rest[opening..].find(|c: char| c.is_whitespace() || is_opening(c)).unwrap_or(rest.len() - opening);
        let chunk = &text[begin..end];
        if let Some((name, value)) = chunk.split_once(':')
            && let Some(dimension) = dimension(name)
        {
            if value.is_empty()
                && let Some((inside, end)) = quoted(text, end)
            {
                self.field(dimension, &text[inside], is_excluded);
                return end;
            }
            if !value.is_empty() {
                self.field(dimension, value, is_excluded);
                return end;
            }
        }
        let is_prefix = chunk.ends_with('*');
        let words = folded(text, begin..end);
        if is_excluded {
            self.exclude(words.into_iter().map(|(_, folded)| folded).collect());
        } else {
            let last = words.len().saturating_sub(1);
            for (nth, (place, folded)) in words.into_iter().enumerate() {
                let is_prefix = is_prefix && nth == last && folded.chars().nth(1).is_some();
                self.word(text, place, folded, is_prefix, false);
            }
        }
        end
    }

    fn phrase(&mut self, text: &str, inside: Range<usize>, is_excluded: bool) {
        let words = folded(text, inside);
        let phrase: Vec<String> = words.iter().map(|(_, folded)| folded.clone()).collect();
        if is_excluded {
            return self.exclude(phrase);
        }
        for (place, folded) in words {
            self.word(text, place, folded, false, true);
        }
        if !phrase.is_empty() && self.phrases.len() < PARTS {
            self.phrases.push(phrase);
        }
    }

    fn exclude(&mut self, words: Vec<String>) {
        if !words.is_empty() && self.excluded.len() < PARTS {
            self.excluded.push(words);
        }
    }

    fn word(&mut self, text: &str, place: Range<usize>, folded: String, is_prefix: bool, is_exact: bool) {
        if let Some(known) = self.words.iter_mut().find(|known| known.folded == folded && known.is_prefix == is_prefix) {
            known.count = known.count.saturating_add(1);
            known.is_exact |= is_exact;
            // A spelling with accents tells more.
            if known.written.is_ascii() {
                text[place.clone()].clone_into(&mut known.written);
            }
            known.places.push(place);
        } else if self.words.len() < MOST {
            let written = text[place.clone()].to_owned();
            self.words.push(QueryWord { written, folded, count: 1, places: vec![place], is_prefix, is_exact });
        }
    }

    fn field(&mut self, dimension: Dimension, written: &str, is_excluded: bool) {
        if self.fields.len() < PARTS {
            let values = called(dimension, written);
            self.fields.push(FieldClause { dimension, written: written.to_owned(), values, known: Vec::new(), is_excluded });
        }
    }

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
pub(super) fn narrowed<'a>(filter: &Filter, parts: impl Iterator<Item = &'a FieldClause> + Clone) -> Filter {
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

fn dimension(name: &str) -> Option<Dimension> {
    Some(match name.to_ascii_lowercase().as_str() {
        "kind" => Dimension::Kind,
        "theme" => Dimension::Theme,
        "goal" => Dimension::Goal,
        "country" => Dimension::Country,
        "city" => Dimension::City,
        "programme" | "program" => Dimension::Programme,
        "lang" | "language" => Dimension::Language,
        "year" => Dimension::Year,
        _ => return None,
    })
}

/// What the index may call a value that somebody wrote.
fn called(dimension: Dimension, written: &str) -> Vec<String> {
    let lower = written.trim().to_lowercase();
    let mut values = match dimension {
        Dimension::Kind => {
            let singular = lower.strip_suffix("ies").map(|stem| format!("{stem}y")).or_else(|| lower.strip_suffix('s').map(str::to_owned));
            singular.into_iter().chain([lower]).collect()
        }
        Dimension::Country => country::called(&lower).into_iter().map(str::to_owned).chain([lower.to_uppercase()]).collect(),
        Dimension::Language => {
            let region = lower.split_once('-').map(|(language, region)| format!("{language}-{}", region.to_uppercase()));
            region.into_iter().chain([lower]).collect()
        }
        Dimension::Year => years(&lower),
        Dimension::Theme | Dimension::Goal | Dimension::City | Dimension::Programme => vec![slug::of(&lower), lower],
    };
    values.dedup();
    values
}

fn years(written: &str) -> Vec<String> {
    match written.split_once("..").map(|(from, to)| (from.parse::<i64>(), to.parse::<i64>())) {
        Some((Ok(from), Ok(to))) if from <= to && to.saturating_sub(from) < YEARS => (from..=to).map(|year| year.to_string()).collect(),
        _ => vec![written.parse::<i64>().map_or_else(|_| written.to_owned(), |year| year.to_string())],
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '”' | '»')
}

/// What stands in quotation marks at a place, and where it ends; `None` where no mark opens or none closes.
fn quoted(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let opening = text[at..].chars().next()?;
    let closing: &[char] = match opening {
        '"' => &['"'],
        '“' => &['”', '“', '"'],
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        _ => return None,
    };
    let from = at + opening.len_utf8();
    let length = text[from..].find(closing)?;
    let end = text[from + length..].chars().next().map_or(from + length, |c| from + length + c.len_utf8());
    Some((from..from + length, end))
}

/// The folded words of a part of a text, with their places in the whole.
fn folded(text: &str, part: Range<usize>) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let inside = &text[part.clone()];
    spans(inside, &mut found);
    found
        .into_iter()
        .map(|span| {
            let mut folded = String::new();
            fold_span(span, inside, &mut folded);
            (part.start + span.from..part.start + span.to, folded)
        })
        .filter(|(_, folded)| !folded.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::analyse::fold_words;
    use proptest::prelude::*;

    fn told(text: &str) -> String {
        let query = ParsedQuery::parse(text);
        let words = query.words.iter().map(|word| format!("{}{}", word.folded, if word.is_prefix { "*" } else { "" }));
        let phrases = query.phrases.iter().map(|phrase| format!("\"{}\"", phrase.join(" ")));
        let without = query.excluded.iter().map(|words| format!("-{}", words.join(" ")));
        let fields = query
            .fields
            .iter()
            .map(|part| format!("{}{}:{}", if part.is_excluded { "-" } else { "" }, part.dimension.column(), part.values.join("|")));
        words.chain(phrases).chain(without).chain(fields).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_part_of_the_language_is_read() {
        assert_eq!(told("Rain gardens"), "rain gardens");
        assert_eq!(told("\"rain garden\" street"), "rain garden street \"rain garden\"");
        assert_eq!(told("„Grüne Dächer“ «toits verts»"), "grune dacher toits verts \"grune dacher\" \"toits verts\"");
        assert_eq!(told("water -heat -\"sea wall\""), "water -heat -sea wall");
        assert_eq!(told("harb* x*"), "harb* x");
        assert_eq!(
            told("tram city:\"New York\" lang:pt-br year:2016..2018"),
            "tram city:new-york|new york language:pt-BR|pt-br year:2016|2017|2018"
        );
        assert_eq!(told("-theme:water kind:Practices country:de"), "-theme:water kind:practice|practices country:DE");
    }

    #[test]
    fn what_is_no_part_of_the_language_is_words() {
        assert_eq!(told("\"never closed"), "never closed");
        assert_eq!(told("tram:\" OR ("), "tram or");
        assert_eq!(told("a:b city: -5 - Saint-Denis"), "a b city 5 saint denis");
        assert_eq!(told("\"\" ** -- :"), "");
    }

    proptest! {
        #[test]
        fn every_word_stands_where_it_says(text in "[a-z\"“”:*é -]{0,40}") {
            for word in ParsedQuery::parse(&text).words {
                for place in word.places {
                    prop_assert_eq!(fold_words(&text[place]).pop(), Some(word.folded.clone()));
                }
            }
        }
    }
}
