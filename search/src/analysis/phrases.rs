//! The phrases of a document: what completes a prefix when no title does, if several say it.
//!
//! A phrase is two or three words that follow one another in a sentence and neither begin nor end with a stop word: "rain garden", "quality of life". A document
//! has those of its titles, of its summaries (of three words only with a stop word between), and those that its texts have twice. A field of the index
//! holds them, each with the letter of its slot.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Range;

use foldhash::HashSet;
use foldhash::quality::FixedState;

use super::folding::{FoldedText, FoldedWord};
use super::slot::Slot;
use super::stop_words::is_stop_word;

/// Phrases of one document that are kept, and how much of a text is looked through for such that stand in it twice, in bytes.
const MOST: usize = 160;
const LOOKED_THROUGH: usize = 20_000;

/// Gathers the phrases of one document.
#[derive(Default)]
pub struct Phrases(BTreeSet<String>);

impl Phrases {
    /// Adds the phrases of a text: of its title, its summary and its body.
    pub fn add(&mut self, slot: Slot, title: &FoldedText, summary: &FoldedText, body: &FoldedText) {
        let mut known: HashSet<u64> = HashSet::default();
        for (part, text_part) in [(title, TextPart::Title), (summary, TextPart::Summary), (body, TextPart::Body)] {
            for words in phrases(part) {
                // What stands there for the second time is told, wherever it stood first. Most stand there once: they are known by a number alone.
                let is_again = !known.insert(number(part, words));
                let is_told = is_again || text_part.tells(slot, part, words);
                if is_told && self.0.len() < MOST && is_phrase(slot, part, words) {
                    self.0.insert(slot.term(&spoken(part, words)));
                }
            }
        }
    }

    /// The terms, a line each.
    pub fn into_lines(self) -> String {
        self.0.into_iter().collect::<Vec<_>>().join("\n")
    }
}

/// Where in a text a phrase stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TextPart {
    Title,
    Summary,
    Body,
}

impl TextPart {
    /// Whether a phrase is told that stands here once. A summary tells three words only where the middle one holds the others together: most others are nobody
    /// else's, and there would be as many of them as of everything else.
    fn tells(self, slot: Slot, part: &FoldedText, words: &[FoldedWord]) -> bool {
        match self {
            TextPart::Title => true,
            TextPart::Summary => words.len() == 2 || is_stop_word(slot, part.letters(&words[1])),
            TextPart::Body => false,
        }
    }
}

/// A phrase told apart from others of its text; the seed is always the same, so that a text always has the same phrases.
fn number(part: &FoldedText, words: &[FoldedWord]) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    words.iter().for_each(|word| part.letters(word).hash(&mut hasher));
    hasher.finish()
}

fn spoken(part: &FoldedText, words: &[FoldedWord]) -> String {
    words.iter().map(|word| part.letters(word)).collect::<Vec<_>>().join(" ")
}

/// The folded words of a text, parts of joined words and not these, as they follow one another in its sentences.
pub fn folded(text: &str) -> Vec<String> {
    let folded = FoldedText::of(text);
    folded.words().iter().map(|word| folded.letters(word).to_owned()).collect()
}

/// Two and three words of a text that follow one another, those that can be no phrase in any language left out.
fn phrases(part: &FoldedText) -> impl Iterator<Item = &[FoldedWord]> {
    let words = part.words();
    let looked_through = words.partition_point(|word| word.span.to <= LOOKED_THROUGH);
    let phrase = move |at: usize, length: usize| {
        let words = words[..looked_through].get(at..at + length)?;
        let (first, last) = (part.letters(&words[0]), part.letters(&words[length - 1]));
        (words[1..].iter().all(|word| word.follows) && is_word(first) && is_word(last)).then_some(words)
    };
    (0..looked_through).flat_map(move |at| [2, 3].into_iter().filter_map(move |length| phrase(at, length)))
}

/// Where a phrase stands first in a text, in bytes.
pub fn find(text: &FoldedText, phrase: &str) -> Option<Range<usize>> {
    let words: Vec<&str> = phrase.split(' ').collect();
    let is_it = |window: &&[FoldedWord]| {
        window.iter().map(|word| text.letters(word)).eq(words.iter().copied()) && window[1..].iter().all(|word| word.follows)
    };
    let window = text.words().windows(words.len()).find(is_it)?;
    Some(window[0].span.from..window[window.len() - 1].span.to)
}

fn is_word(folded: &str) -> bool {
    folded.chars().nth(1).is_some() && folded.chars().any(char::is_alphabetic)
}

/// Whether neither the first nor the last word is a stop word of the language.
fn is_phrase(slot: Slot, part: &FoldedText, words: &[FoldedWord]) -> bool {
    [words.first(), words.last()].into_iter().flatten().all(|word| !is_stop_word(slot, part.letters(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(language: &str, [title, summary, body]: [&str; 3]) -> Vec<String> {
        let mut phrases = Phrases::default();
        phrases.add(Slot::of(language), &FoldedText::of(title), &FoldedText::of(summary), &FoldedText::of(body));
        phrases.0.iter().filter_map(|term| Some(Slot::split_term(term.as_bytes())?.0.to_owned())).collect()
    }

    #[test]
    fn phrases_neither_begin_nor_end_with_function_words() {
        assert_eq!(phrases("en", ["The quality of life", "", ""]), ["quality of life"]);
        assert_eq!(phrases("en", ["Rain gardens, street trees", "", ""]), ["rain gardens", "street trees"]);
        assert_eq!(phrases("de", ["Grüne Dächer der Stadt", "", ""]), ["dacher der stadt", "grune dacher"]);
        assert_eq!(phrases("fr", ["L'école de la ville", "", ""]), [""; 0]);
    }

    #[test]
    fn of_three_words_a_summary_tells_those_that_one_holds_together() {
        assert_eq!(phrases("en", ["Green storm garden", "", ""]), ["green storm", "green storm garden", "storm garden"]);
        assert_eq!(phrases("en", ["", "Green storm garden", ""]), ["green storm", "storm garden"]);
        assert_eq!(phrases("en", ["", "The quality of life", ""]), ["quality of life"]);
        assert_eq!(
            phrases("en", ["", "Green storm garden. A green storm garden.", ""]),
            ["green storm", "green storm garden", "storm garden"]
        );
    }

    #[test]
    fn what_a_text_says_twice_is_its_phrase() {
        assert_eq!(phrases("en", ["", "", "Cargo bikes are lent. Cargo bikes are new."]), ["cargo bikes"]);
        assert_eq!(phrases("en", ["Cargo bikes", "", "They are lent."]), ["cargo bikes"]);
    }
}
