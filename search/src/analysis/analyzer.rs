//! From a text to the terms of its slot: cut into words, folded, stemmed, in this order, for texts and queries alike.
//!
//! Folding comes before stemming, so that a word typed without its accents meets the same stem. But some stemmers know endings by their accents ("información" and
//! "informaciones" have one stem, "informacion" has another): where the stem of a word's own spelling is another, the word gives that term as well, in the same place.
//!
//! Invariant: a text and a query that contain the same word give the same term in the same slot. Whoever
//! changes what is done here raises `index::LAYOUT`.

use foldhash::HashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

use super::folding::{FoldedText, fold_span};
use super::preanalyzed::SAME_POSITION;
use super::slot::Slot;
use super::stemmer::Stemming;
use super::tokenizer::{Span, is_hyphen, spans};
use hansa_text::fold_into;

/// How many stems an analyzer remembers: enough for the frequent words of a language, few enough to stay small.
const CACHED: usize = 32_768;

/// The analyzer of one slot.
pub struct Analyzer {
    stemming: Stemming,
    stems: HashMap<String, String>,
    /// The terms of spellings that have one of their own, by word as written.
    spelled: HashMap<String, Option<String>>,
    spans: Vec<Span>,
    token: Token,
}

impl Analyzer {
    pub fn new(slot: Slot) -> Analyzer {
        Analyzer::of(stemming(slot))
    }

    fn of(stemming: Stemming) -> Analyzer {
        Analyzer { stemming, stems: HashMap::default(), spelled: HashMap::default(), spans: Vec::new(), token: Token::default() }
    }

    /// The terms of a text that was folded, as [`PreanalyzedTerms`] gives them: what [`Tokens`] tells of the same text.
    pub fn analyze(&mut self, text: &str, folded: &FoldedText) -> String {
        let mut lines = String::with_capacity(text.len());
        for word in folded.every() {
            let letters = folded.letters(word);
            if matches!(self.stemming, Stemming::None) {
                lines.push_str(letters);
            } else {
                lines.push_str(cached_stem(&mut self.stems, self.stemming, letters));
                let written = word.span.of(text);
                if !word.span.is_joined
                    && let Some(spelled) = cached_spelled_stem(&mut self.spelled, self.stemming, written, letters)
                {
                    lines.push('\n');
                    lines.push(SAME_POSITION);
                    lines.push_str(&spelled);
                }
            }
            lines.push('\n');
        }
        lines
    }
}

/// The engine asks for copies of a tokenizer; one starts with an empty memory.
impl Clone for Analyzer {
    fn clone(&self) -> Analyzer {
        Analyzer::of(self.stemming)
    }
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        spans(text, &mut self.spans);
        self.token.reset();
        Tokens { text, analyzer: self, next: 0, spelled: None, is_same_position: false }
    }
}

/// The tokens of one text; offsets are those of the original.
pub struct Tokens<'a> {
    text: &'a str,
    analyzer: &'a mut Analyzer,
    next: usize,
    /// What is still to be told of the last word.
    spelled: Option<String>,
    is_same_position: bool,
}

impl Tokens<'_> {
    /// Whether the token is the word before once more, by its spelling.
    pub fn is_same_position(&self) -> bool {
        self.is_same_position
    }
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        self.is_same_position = false;
        if let Some(spelled) = self.spelled.take() {
            self.analyzer.token.text = spelled;
            self.is_same_position = true;
            return true;
        }
        while let Some(&span) = self.analyzer.spans.get(self.next) {
            self.next += 1;
            let token = &mut self.analyzer.token;
            token.text.clear();
            fold_span(span, self.text, &mut token.text);
            if token.text.is_empty() {
                continue;
            }
            token.offset_from = span.from;
            token.offset_to = span.to;
            token.position = token.position.wrapping_add(1);
            if !matches!(self.analyzer.stemming, Stemming::None) {
                if !span.is_joined {
                    self.spelled = cached_spelled_stem(&mut self.analyzer.spelled, self.analyzer.stemming, span.of(self.text), &token.text);
                }
                let stem = cached_stem(&mut self.analyzer.stems, self.analyzer.stemming, &token.text);
                token.text.clear();
                token.text.push_str(stem);
            }
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.analyzer.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.analyzer.token
    }
}

fn cached_stem<'a>(stems: &'a mut HashMap<String, String>, stemming: Stemming, word: &str) -> &'a str {
    if !stems.contains_key(word) {
        if stems.len() >= CACHED {
            stems.clear();
        }
        stems.insert(word.to_owned(), stemming.stem(word));
    }
    &stems[word]
}

fn cached_spelled_stem(known: &mut HashMap<String, Option<String>>, stemming: Stemming, written: &str, folded: &str) -> Option<String> {
    if written.is_ascii() {
        return None;
    }
    if let Some(spelled) = known.get(written) {
        return spelled.clone();
    }
    let spelled = stem_of_spelling(stemming, written, folded);
    if known.len() >= CACHED {
        known.clear();
    }
    known.insert(written.to_owned(), spelled.clone());
    spelled
}

fn stem_of_spelling(stemming: Stemming, written: &str, folded: &str) -> Option<String> {
    let spelling: String = written.chars().flat_map(char::to_lowercase).nfc().collect();
    if spelling == folded {
        return None;
    }
    let mut term = String::new();
    fold_into(&stemming.stem(&spelling), &mut term);
    (!term.is_empty() && term != stemming.stem(folded)).then_some(term)
}

/// The term of a folded word in a slot.
pub fn stem(slot: Slot, folded: &str) -> String {
    stemming(slot).stem(folded)
}

/// The term that a word has by its spelling in a slot, where that is another than the one of its folded form.
pub fn spelled_stem(slot: Slot, written: &str, folded: &str) -> Option<String> {
    let is_apart = written.is_ascii() || written.contains(is_hyphen);
    if is_apart { None } else { stem_of_spelling(stemming(slot), written, folded) }
}

fn stemming(slot: Slot) -> Stemming {
    slot.language().map_or(Stemming::None, |language| language.stemming)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::preanalyzed::PreanalyzedTerms;
    use super::*;

    fn told(mut tokens: impl TokenStream) -> Vec<(String, usize)> {
        let mut told = Vec::new();
        tokens.process(&mut |token| told.push((token.text.clone(), token.position)));
        told
    }

    proptest! {
        /// What the index holds of a text is what a snippet of it looks for.
        #[test]
        fn lines_give_the_terms_of_a_text_in_their_places(
            slot in prop::sample::select(&["de", "en", "es", "bg", "el", "fr", "xx"][..]),
            text in "(naciones|nación|co-op|e-bike|l'école|Rathäuser|µετρό|11\\.2|градовете|.|и \u{306}аб| |\\. |-){0,12}",
        ) {
            let mut analyzer = Analyzer::new(Slot::of(slot));
            let lines = analyzer.analyze(&text, &FoldedText::of(&text));
            prop_assert_eq!(told(PreanalyzedTerms::default().token_stream(&lines)), told(analyzer.token_stream(&text)));
        }
    }
}
