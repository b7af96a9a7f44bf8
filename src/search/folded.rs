//! A text as its folded words, read once for everything that is told of them.

use std::ops::Range;

use super::analyse::fold_span;
use super::words::{Span, spans};

/// The folded words of a text.
#[derive(Default)]
pub(super) struct Folded {
    /// One behind the other.
    letters: String,
    words: Vec<Word>,
    joined: Vec<Range<usize>>,
}

/// A word of a text that is not joined of others.
pub(super) struct Word {
    /// Where it stands in the text.
    pub span: Span,
    letters: Range<usize>,
    /// Whether it goes on with the word before.
    pub follows: bool,
}

impl Folded {
    pub fn of(text: &str) -> Folded {
        let mut found = Vec::new();
        spans(text, &mut found);
        let mut folded = Folded { letters: String::with_capacity(text.len()), words: Vec::with_capacity(found.len()), joined: Vec::new() };
        let mut end = 0;
        for span in found {
            let from = folded.letters.len();
            fold_span(span, text, &mut folded.letters);
            let letters = from..folded.letters.len();
            if span.is_joined {
                folded.joined.push(letters);
                continue;
            }
            let between = &text[end..span.from];
            end = span.to;
            let follows = !folded.words.is_empty() && is_one_breath(between);
            folded.words.push(Word { span, letters, follows });
        }
        folded.words.retain(|word| !word.letters.is_empty());
        folded
    }

    /// The words in order, parts of joined words and not these.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    pub fn letters(&self, word: &Word) -> &str {
        &self.letters[word.letters.clone()]
    }

    /// Every word, joined ones last.
    pub fn every(&self) -> impl Iterator<Item = &str> {
        let joined = self.joined.iter().filter(|letters| !letters.is_empty());
        self.words.iter().map(|word| &word.letters).chain(joined).map(|letters| &self.letters[letters.clone()])
    }
}

/// Whether what stands between two words leaves them together in a sentence.
fn is_one_breath(between: &str) -> bool {
    between == " " || (!between.contains(['\n', '\u{c}']) && between.chars().all(|c| c.is_whitespace() || is_joint(c)))
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’')
}
