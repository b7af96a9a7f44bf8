//! Folding: words without case, accents and other differences of spelling; a text as its folded words, read once for everything that is told of them.

use std::ops::Range;

use super::tokenizer::{Span, is_hyphen, spans};
use hansa_text::fold_into;

/// The folded word of a span; a joined word loses its hyphen.
pub fn fold_span(span: Span, text: &str, folded: &mut String) {
    if span.is_joined {
        for part in span.of(text).split(is_hyphen) {
            fold_into(part, folded);
        }
    } else {
        fold_into(span.of(text), folded);
    }
}

/// The folded words of a text.
pub fn fold_words(text: &str) -> Vec<String> {
    read_words(text).into_iter().map(|(_, folded)| folded).collect()
}

/// The words of a text, as written and folded.
pub fn read_words(text: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    spans(text, &mut found);
    let read = found.into_iter().map(|span| {
        let mut folded = String::new();
        fold_span(span, text, &mut folded);
        (span.of(text), folded)
    });
    read.filter(|(_, folded)| !folded.is_empty()).collect()
}

/// The folded words of a text.
#[derive(Default)]
pub struct FoldedText {
    /// One behind the other.
    letters: String,
    words: Vec<FoldedWord>,
    /// Joined words, each with how many others stand before it.
    joined: Vec<(usize, FoldedWord)>,
}

/// A word of a text.
pub struct FoldedWord {
    /// Where it stands in the text.
    pub span: Span,
    letters: Range<usize>,
    /// Whether it goes on with the word before; a joined word with none.
    pub follows: bool,
}

impl FoldedText {
    pub fn of(text: &str) -> FoldedText {
        let mut found = Vec::new();
        spans(text, &mut found);
        let mut folded =
            FoldedText { letters: String::with_capacity(text.len()), words: Vec::with_capacity(found.len()), joined: Vec::new() };
        let mut end = 0;
        for span in found {
            let from = folded.letters.len();
            fold_span(span, text, &mut folded.letters);
            let letters = from..folded.letters.len();
            let between = if span.is_joined { "" } else { &text[std::mem::replace(&mut end, span.to)..span.from] };
            if letters.is_empty() {
                continue;
            }
            if span.is_joined {
                folded.joined.push((folded.words.len(), FoldedWord { span, letters, follows: false }));
            } else {
                let follows = !folded.words.is_empty() && is_one_breath(between);
                folded.words.push(FoldedWord { span, letters, follows });
            }
        }
        folded
    }

    /// The words in order, parts of joined words and not these.
    pub fn words(&self) -> &[FoldedWord] {
        &self.words
    }

    pub fn letters(&self, word: &FoldedWord) -> &str {
        &self.letters[word.letters.clone()]
    }

    /// Every word in order, a joined one behind its parts.
    pub fn every(&self) -> impl Iterator<Item = &FoldedWord> {
        let mut joined = self.joined.iter().peekable();
        let (mut words, mut told) = (self.words.iter(), 0);
        std::iter::from_fn(move || {
            if let Some((_, word)) = joined.next_if(|(before, _)| *before == told) {
                return Some(word);
            }
            told += 1;
            words.next()
        })
    }
}

/// Whether what stands between two words leaves them together in a sentence.
fn is_one_breath(between: &str) -> bool {
    between == " " || (!between.contains(['\n', '\u{c}']) && between.chars().all(|c| c.is_whitespace() || is_joint(c)))
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’')
}
