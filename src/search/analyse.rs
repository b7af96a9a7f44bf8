//! From a text to the terms of its slot: cut into words, folded, stemmed, in this order, for texts and queries alike.
//!
//! Folding comes before stemming, so that a word typed without its accents meets the same stem. But some stemmers know endings by their accents ("información" and
//! "informaciones" have one stem, "informacion" has another): where the stem of a word's own spelling is another, the word gives that term as well, in the same place.
//!
//! Invariant: a text and a query that contain the same word give the same term in the same slot. Whoever
//! changes what is done here raises `fields::LAYOUT`.

use std::sync::LazyLock;

use foldhash::HashMap;
use parking_lot::RwLock;
use tantivy::tokenizer::{RawTokenizer, StopWordFilter, TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

use super::folded::FoldedText;
use super::languages::{LANGUAGES, Slot, Stemming};
use super::words::{Span, is_hyphen, spans};
use crate::base::text::fold_into;

/// How many stems an analyzer remembers: enough for the frequent words of a language, few enough to stay small.
const CACHED: usize = 32_768;

/// The analyzer of one slot.
pub(super) struct Analyzer {
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
pub(super) struct Tokens<'a> {
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

/// The folded word of a span; a joined word loses its hyphen.
pub(super) fn fold_span(span: Span, text: &str, folded: &mut String) {
    if span.is_joined {
        for part in span.of(text).split(is_hyphen) {
            fold_into(part, folded);
        }
    } else {
        fold_into(span.of(text), folded);
    }
}

/// The term of a folded word in a slot.
pub(super) fn stem(slot: Slot, folded: &str) -> String {
    stemming(slot).stem(folded)
}

/// The term that a word has by its spelling in a slot, where that is another than the one of its folded form.
pub(super) fn spelled_stem(slot: Slot, written: &str, folded: &str) -> Option<String> {
    let is_apart = written.is_ascii() || written.contains(is_hyphen);
    if is_apart { None } else { stem_of_spelling(stemming(slot), written, folded) }
}

fn stemming(slot: Slot) -> Stemming {
    slot.language().map_or(Stemming::None, |language| language.stemming)
}

/// The slots in whose language a word says nothing, as a set of [`Slot::bit`]s. Names have no such words.
///
/// Lists are looked up once a word and remembered: people ask with the same words again and again.
pub(super) fn stop_word_slots(written: &str, folded: &str) -> u64 {
    static KNOWN: LazyLock<RwLock<HashMap<String, u64>>> = LazyLock::new(RwLock::default);
    let written = written.to_lowercase();
    if let Some(&slots) = KNOWN.read().get(&written) {
        return slots;
    }
    let slots = look_up_stop_word_slots(&written, folded);
    let mut known = KNOWN.write();
    if known.len() >= CACHED {
        known.clear();
    }
    known.insert(written, slots);
    slots
}

/// Whether a folded word says nothing in a slot's language; not remembered.
pub(super) fn is_stop_word(slot: Slot, folded: &str) -> bool {
    let Some(language) = slot.language() else { return false };
    let is_listed = |filter: &TextAnalyzer| !filter.clone().token_stream(folded).advance();
    language.stop_words.split_ascii_whitespace().any(|word| word == folded)
        || FILTERS.get(slot.index()).and_then(Option::as_ref).is_some_and(is_listed)
}

/// The engine's own lists, by language.
static FILTERS: LazyLock<Vec<Option<TextAnalyzer>>> = LazyLock::new(|| {
    let filter = |listed| Some(TextAnalyzer::builder(RawTokenizer::default()).filter(StopWordFilter::new(listed)?).build());
    LANGUAGES.iter().map(|language| language.listed.and_then(filter)).collect()
});

fn look_up_stop_word_slots(written: &str, folded: &str) -> u64 {
    let is_listed = |filter: &TextAnalyzer| [written, folded].into_iter().any(|word| !filter.clone().token_stream(word).advance());
    let slots = LANGUAGES.iter().zip(&*FILTERS).enumerate().filter(|(_, (language, filter))| {
        language.stop_words.split_ascii_whitespace().any(|word| word == folded) || filter.as_ref().is_some_and(is_listed)
    });
    slots.fold(0, |set, (at, _)| set | Slot(at as u8).bit())
}

/// How long a beginning is kept, in characters.
pub(super) const EDGE_NGRAM: usize = 12;

/// Gives every beginning of every folded word, up to [`BEGINNING`] characters: for completing titles and names.
#[derive(Clone, Default)]
pub(super) struct EdgeNgrams {
    spans: Vec<Span>,
    word: String,
    token: Token,
}

impl Tokenizer for EdgeNgrams {
    type TokenStream<'a> = EdgeNgramTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> EdgeNgramTokens<'a> {
        spans(text, &mut self.spans);
        self.word.clear();
        self.token.reset();
        self.token.position = 0;
        EdgeNgramTokens { text, ngrams: self, next: 0 }
    }
}

/// The beginnings of one text's words.
pub(super) struct EdgeNgramTokens<'a> {
    text: &'a str,
    ngrams: &'a mut EdgeNgrams,
    next: usize,
}

impl TokenStream for EdgeNgramTokens<'_> {
    fn advance(&mut self) -> bool {
        let EdgeNgrams { spans, word, token } = &mut *self.ngrams;
        loop {
            let known = token.text.len();
            if let Some(c) = word[known..].chars().next().filter(|_| token.text.chars().count() < EDGE_NGRAM) {
                token.text.push(c);
                return true;
            }
            let Some(&span) = spans.get(self.next) else { return false };
            self.next += 1;
            word.clear();
            fold_span(span, self.text, word);
            token.text.clear();
            token.offset_from = span.from;
            token.offset_to = span.to;
        }
    }

    fn token(&self) -> &Token {
        &self.ngrams.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.ngrams.token
    }
}

/// Stands before a term that has the place of the one before it; like the end of a line it stands in no term.
const SAME_POSITION: char = '\t';

/// Gives the terms of a text, a line each, each in the next place but those behind [`AGAIN`]: for terms that were made before the engine, which takes them in by
/// one thread, gets them.
#[derive(Clone, Default)]
pub(super) struct PreanalyzedTerms {
    token: Token,
}

impl Tokenizer for PreanalyzedTerms {
    type TokenStream<'a> = PreanalyzedTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PreanalyzedTokens<'a> {
        self.token.reset();
        PreanalyzedTokens { lines: text.lines(), token: &mut self.token }
    }
}

/// The lines of one text.
pub(super) struct PreanalyzedTokens<'a> {
    lines: std::str::Lines<'a>,
    token: &'a mut Token,
}

impl TokenStream for PreanalyzedTokens<'_> {
    fn advance(&mut self) -> bool {
        let Some(line) = self.lines.next() else { return false };
        let again = line.strip_prefix(SAME_POSITION);
        self.token.text.clear();
        self.token.text.push_str(again.unwrap_or(line));
        if again.is_none() {
            self.token.position = self.token.position.wrapping_add(1);
        }
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// The folded words of a text.
pub(super) fn fold_words(text: &str) -> Vec<String> {
    read_words(text).into_iter().map(|(_, folded)| folded).collect()
}

/// The words of a text, as written and folded.
pub(super) fn read_words(text: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    spans(text, &mut found);
    let read = found.into_iter().map(|span| {
        let mut folded = String::new();
        fold_span(span, text, &mut folded);
        (span.of(text), folded)
    });
    read.filter(|(_, folded)| !folded.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
