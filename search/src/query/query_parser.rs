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
//! What people paste is no query: a text of more than a dozen words, unless half of them are values of fields, is [prose](Reading::Prose). All of it is words, and what
//! stands in quotation marks counts more where it stands so. Whether a query is prose, its text alone tells: a saved search is read like a search.
//!
//! Invariant: everything is a query. What is no part of the language above is words.

use std::ops::Range;

use super::field_values::{called, dimension};
use super::parsed_query::{FieldClause, MOST_WORDS, ParsedQuery, QueryWord};
use crate::analysis::{fold_span, fold_words, spans};
use crate::contract::{Dimension, Reading};

/// Queries longer than this are cut, in bytes.
pub const LONGEST: usize = 4_000;
/// Phrases, exclusions and fields that are heeded.
const PARTS: usize = 32;

impl ParsedQuery {
    pub fn parse(text: &str) -> ParsedQuery {
        let read = &text[..text.floor_char_boundary(LONGEST)];
        let mut query = ParsedQuery::strict(read);
        if query.counts.are_prose() {
            query = ParsedQuery::prose(read);
        }
        query.is_cut = read.len() < text.len();
        query
    }

    /// Reads a text as prose.
    fn prose(text: &str) -> ParsedQuery {
        let mut query = ParsedQuery { reading: Reading::Prose, ..ParsedQuery::default() };
        for (place, folded) in folded(text, 0..text.len()) {
            query.counts.plain += 1;
            query.word(text, place, folded, false, false);
        }
        let mut at = 0;
        while let Some(start) = text[at..].find(is_opening).map(|offset| at + offset) {
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
            if let Some((inside, end)) = quoted(text, start) {
                let phrase: Vec<String> = folded(text, inside).into_iter().map(|(_, folded)| folded).collect();
                // One word weighs as it is.
                if phrase.len() > 1 {
                    query.phrase_part(phrase);
                }
                at = end;
            }
        }
        query
    }

    fn strict(text: &str) -> ParsedQuery {
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
            self.counts.plain += words.len();
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
        self.counts.marked += words.len();
        for (place, folded) in words {
            self.word(text, place, folded, false, true);
        }
        if !phrase.is_empty() {
            self.phrase_part(phrase);
        }
    }

    fn phrase_part(&mut self, phrase: Vec<String>) {
        if self.phrases.len() < PARTS {
            self.phrases.push(phrase);
        } else {
            self.unheeded_parts += 1;
        }
    }

    fn exclude(&mut self, words: Vec<String>) {
        self.counts.marked += words.len();
        if words.is_empty() {
            return;
        }
        if self.excluded.len() < PARTS {
            self.excluded.push(words);
        } else {
            self.unheeded_parts += 1;
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
        } else {
            self.unheeded.push(text[place].to_owned());
        }
    }

    fn field(&mut self, dimension: Dimension, written: &str, is_excluded: bool) {
        self.counts.of_fields += fold_words(written).len();
        if self.fields.len() >= PARTS {
            self.unheeded_parts += 1;
        } else {
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
    use crate::analysis::fold_words;
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

    #[test]
    fn what_people_paste_is_read_as_words_and_its_quotations_weigh() {
        let pasted = "formatting programs including \"what you see\" systems -fast and theme:water. Examples: t/nroff, scribe and tex";
        let query = ParsedQuery::parse(pasted);
        assert_eq!(query.reading, Reading::Prose);
        assert_eq!(query.phrases, [["what", "you", "see"]]);
        assert!(query.excluded.is_empty() && query.fields.is_empty());
        for word in ["see", "fast", "theme", "water", "nroff"] {
            assert!(query.words.iter().any(|own| own.folded == word && !own.is_exact), "{word}");
        }
        // A dozen words are read as they are marked, and so are fields, however many.
        assert_eq!(ParsedQuery::parse("one two three four five six seven eight nine ten \"eleven twelve\"").reading, Reading::Strict);
        let fields = "tram city:\"New York\" city:\"Fort Collins\" city:\"West Athens\" city:\"Santa Monica\" city:\"Los Angeles\" year:2018 country:us";
        assert_eq!(ParsedQuery::parse(fields).reading, Reading::Strict);
    }

    #[test]
    fn what_is_not_heeded_is_kept_to_be_told() {
        let long: Vec<String> = (0..MOST_WORDS + 2).map(|number| format!("word{number}")).collect();
        let query = ParsedQuery::parse(&long.join(" "));
        assert_eq!((query.words.len(), query.unheeded), (MOST_WORDS, vec!["word48".to_owned(), "word49".to_owned()]));
        assert!(!query.is_cut && ParsedQuery::parse(&"word ".repeat(1_000)).is_cut);
        let fields = "year:2018 ".repeat(PARTS + 3);
        assert_eq!(ParsedQuery::parse(&fields).unheeded_parts, 3);
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
