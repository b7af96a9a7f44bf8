//! From a text to the terms of its slot: cut into words, folded, stemmed, in this order, for texts and questions alike.
//!
//! Folding comes before stemming, so that a word typed without its accents meets the same stem. But accents tell a stemmer more: Spanish “metió” is a form of
//! “meter” and “metio” is not. So where stemming before folding gives another term, a text's word has that one, too, in the same place, and a question's word
//! written with its accents seeks it first ([`accented`]).
//!
//! Invariant: a text and a question that contain the same word give the same term in the same slot. Whoever
//! changes what is done here raises `fields::LAYOUT`.

use std::collections::HashMap;
use std::sync::LazyLock;

use parking_lot::RwLock;
use tantivy::tokenizer::{RawTokenizer, StopWordFilter, TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

use super::languages::{LANGUAGES, Slot, Stemming};
use super::words::{Span, spans};
use crate::base::text::{fold, fold_into};

/// How many stems an analyser remembers: enough for the frequent words of a language, few enough to stay small.
const MEMORY: usize = 8_192;

/// The analyser of one slot.
pub(super) struct Analyser {
    stemming: Stemming,
    stems: HashMap<String, String>,
    /// The second terms of words with accents, where they have one.
    accented: HashMap<String, Option<String>>,
    spans: Vec<Span>,
    token: Token,
}

impl Analyser {
    pub fn new(slot: Slot) -> Analyser {
        Analyser::of(stemming(slot))
    }

    fn of(stemming: Stemming) -> Analyser {
        Analyser { stemming, stems: HashMap::new(), accented: HashMap::new(), spans: Vec::new(), token: Token::default() }
    }

    /// The second term of a word, remembered.
    fn second(&mut self, written: &str, folded: &str) -> Option<String> {
        if written.is_ascii() {
            return None;
        }
        if let Some(known) = self.accented.get(written) {
            return known.clone();
        }
        let second = second_term(self.stemming, written, folded);
        if self.accented.len() >= MEMORY {
            self.accented.clear();
        }
        self.accented.insert(written.to_owned(), second.clone());
        second
    }
}

/// A copy starts with an empty memory; it learns the words of its own texts.
impl Clone for Analyser {
    fn clone(&self) -> Analyser {
        Analyser::of(self.stemming)
    }
}

impl Tokenizer for Analyser {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        spans(text, &mut self.spans);
        self.token.reset();
        Tokens { text, analyser: self, next: 0, second: None }
    }
}

/// The tokens of one text; offsets are those of the original.
pub(super) struct Tokens<'a> {
    text: &'a str,
    analyser: &'a mut Analyser,
    next: usize,
    /// Another term of the word before.
    second: Option<String>,
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        if let Some(second) = self.second.take() {
            self.analyser.token.text = second;
            return true;
        }
        while let Some(&span) = self.analyser.spans.get(self.next) {
            self.next += 1;
            let token = &mut self.analyser.token;
            token.text.clear();
            fold_span(span, self.text, &mut token.text);
            if token.text.is_empty() {
                continue;
            }
            token.offset_from = span.from;
            token.offset_to = span.to;
            token.position = token.position.wrapping_add(1);
            if !matches!(self.analyser.stemming, Stemming::None) {
                if !span.is_joined {
                    let folded = std::mem::take(&mut self.analyser.token.text);
                    self.second = self.analyser.second(span.of(self.text), &folded);
                    self.analyser.token.text = folded;
                }
                let token = &mut self.analyser.token;
                stem_remembered(&mut self.analyser.stems, self.analyser.stemming, &mut token.text);
            }
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.analyser.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.analyser.token
    }
}

fn stem_remembered(stems: &mut HashMap<String, String>, stemming: Stemming, word: &mut String) {
    if let Some(stem) = stems.get(word.as_str()) {
        word.clear();
        word.push_str(stem);
        return;
    }
    let stem = stemming.stem(word);
    if stems.len() >= MEMORY {
        stems.clear();
    }
    stems.insert(std::mem::replace(word, stem.clone()), stem);
}

/// The term that a word's accents give it, where that is another than its folded form has.
fn second_term(stemming: Stemming, written: &str, folded: &str) -> Option<String> {
    let Stemming::Snowball(_) = stemming else { return None };
    let lower: String = written.chars().flat_map(char::to_lowercase).nfc().collect();
    if lower == folded {
        return None;
    }
    let second = fold(&stemming.stem(&lower));
    (!second.is_empty() && second != stemming.stem(folded)).then_some(second)
}

/// The term of a word in a slot that its accents give it, where they give it another.
pub(super) fn accented(slot: Slot, written: &str, folded: &str) -> Option<String> {
    if written.is_ascii() { None } else { second_term(stemming(slot), written, folded) }
}

/// The folded word of a span; a joined word loses its hyphen.
pub(super) fn fold_span(span: Span, text: &str, folded: &mut String) {
    if span.is_joined {
        for part in span.of(text).split(['-', '\u{2010}', '\u{2011}']) {
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

fn stemming(slot: Slot) -> Stemming {
    slot.language().map_or(Stemming::None, |language| language.stemming)
}

/// The slots in whose language a word says nothing, as a set of [`Slot::bit`]s. Names have no such words.
///
/// Lists are looked up once a word and remembered: people ask with the same words again and again.
pub(super) fn function_slots(written: &str, folded: &str) -> u64 {
    static KNOWN: LazyLock<RwLock<HashMap<String, u64>>> = LazyLock::new(RwLock::default);
    let written = written.to_lowercase();
    if let Some(&slots) = KNOWN.read().get(&written) {
        return slots;
    }
    let slots = look_up_function_slots(&written, folded);
    let mut known = KNOWN.write();
    if known.len() >= MEMORY {
        known.clear();
    }
    known.insert(written, slots);
    slots
}

fn look_up_function_slots(written: &str, folded: &str) -> u64 {
    static FILTERS: LazyLock<Vec<Option<TextAnalyzer>>> = LazyLock::new(|| {
        let filter = |listed| Some(TextAnalyzer::builder(RawTokenizer::default()).filter(StopWordFilter::new(listed)?).build());
        LANGUAGES.iter().map(|language| language.listed.and_then(filter)).collect()
    });
    let is_listed = |filter: &TextAnalyzer| [written, folded].into_iter().any(|word| !filter.clone().token_stream(word).advance());
    let slots = LANGUAGES.iter().zip(&*FILTERS).enumerate().filter(|(_, (language, filter))| {
        language.function_words.split_ascii_whitespace().any(|word| word == folded) || filter.as_ref().is_some_and(is_listed)
    });
    slots.fold(0, |set, (at, _)| set | Slot(at as u8).bit())
}

/// How long a beginning is kept, in characters.
pub(super) const BEGINNING: usize = 12;

/// Gives every beginning of every folded word, up to [`BEGINNING`] characters: for completing titles and names.
#[derive(Clone, Default)]
pub(super) struct Beginnings {
    spans: Vec<Span>,
    word: String,
    token: Token,
}

impl Tokenizer for Beginnings {
    type TokenStream<'a> = BeginningTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BeginningTokens<'a> {
        spans(text, &mut self.spans);
        self.word.clear();
        self.token.reset();
        self.token.position = 0;
        BeginningTokens { text, beginnings: self, next: 0 }
    }
}

/// The beginnings of one text's words.
pub(super) struct BeginningTokens<'a> {
    text: &'a str,
    beginnings: &'a mut Beginnings,
    next: usize,
}

impl TokenStream for BeginningTokens<'_> {
    fn advance(&mut self) -> bool {
        let Beginnings { spans, word, token } = &mut *self.beginnings;
        loop {
            let known = token.text.len();
            if let Some(c) = word[known..].chars().next().filter(|_| token.text.chars().count() < BEGINNING) {
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
        &self.beginnings.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.beginnings.token
    }
}

/// The folded words of a text.
pub(super) fn fold_words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    spans(text, &mut found);
    let folded = found.into_iter().map(|span| {
        let mut folded = String::new();
        fold_span(span, text, &mut folded);
        folded
    });
    folded.filter(|folded| !folded.is_empty()).collect()
}
