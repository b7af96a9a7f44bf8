//! The terms of the vocabulary field: every folded word of every text and name, with the slot it stands in.
//!
//! Words of compounding languages stand there once more, spelled backwards, so that words that *end* so are looked up and not scanned for.

use foldhash::HashSet;

use crate::analysis::{FoldedText, Slot};

/// Stands before words that are spelled backwards.
pub const BACKWARDS: char = '\u{1}';

/// Gathers the words of one document.
#[derive(Default)]
pub struct VocabularyTerms {
    terms: HashSet<String>,
}

impl VocabularyTerms {
    pub fn add(&mut self, slot: Slot, text: &FoldedText) {
        let mut term = String::new();
        for folded in text.every().map(|word| text.letters(word)) {
            term.clear();
            term.push_str(folded);
            term.extend(slot.term_ending());
            // Texts repeat their words.
            if self.terms.contains(&term) {
                continue;
            }
            if slot.is_compounding() {
                self.terms.insert(backwards(folded, slot));
            }
            self.terms.insert(term.clone());
        }
    }

    /// The terms, a line each.
    pub fn into_lines(self) -> String {
        self.terms.into_iter().collect::<Vec<_>>().join("\n")
    }
}

fn backwards(folded: &str, slot: Slot) -> String {
    let turned: String = folded.chars().rev().collect();
    format!("{BACKWARDS}{}", slot.term(&turned))
}
