//! How a query is read: words, "exact phrases", `-without`, `field:value` and `begin*`.
//!
//! - Words are sought in any order; more of them, and rarer ones, rank higher. None must be there.
//! - A phrase in quotation marks (`"…"`, `“…”`, `„…“`, `«…»`) must be there as it stands, in one language or in the names.
//! - `-word`, `-"a phrase"` and `-field:value` take away what has it. A hyphen before a digit is a minus and takes nothing away.
//! - `theme:`, `goal:`, `country:`, `city:`, `programme:`, `lang:`, `year:` (also `year:2016..2018`) and `kind:` filter as the filter argument does; both must be
//!   met, and of one field given several times any value does. A value with spaces stands in quotation marks. Themes, goals, cities and programmes are called by
//!   their slugs or by any of their names (see `filter_names`), countries by their codes or names.
//! - `begin*`, from two letters, stands for the words of the index that begin so.
//!
//! Invariant: everything is a query. What is no part of the language above is words.

use std::ops::Range;

use super::field_values::{called, dimension};
use super::parsed_query::{FieldClause, MOST_WORDS, ParsedQuery, QueryWord};
use crate::search::analysis::{fold_span, spans};
use crate::search::contract::Dimension;

/// Queries longer than this are cut, in bytes.
const LONGEST: usize = 4_000;
/// Phrases, exclusions and fields that are heeded.
const PARTS: usize = 32;

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
        } else if self.words.len() < MOST_WORDS {
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
    use crate::search::analysis::fold_words;
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
