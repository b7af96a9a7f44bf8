//! The words of the index, as far as a percolator must know them: what a query's word stands for is told by other documents, too.
//!
//! It holds more words than any viewer's index, those of hidden documents and of such as are gone: it is only asked what may be, never what is.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use tantivy::index::SegmentId;

use crate::analysis::{Slot, stem};
use crate::contract::Result;
use crate::index::{Searcher, vocabulary};

#[derive(Default)]
pub struct VocabularyView {
    /// Folded words with their slots.
    words: BTreeSet<(Box<str>, Slot)>,
    /// The same as numbers, for asking quickly.
    known: HashSet<u64>,
    /// The words that are not their own stem, by it.
    forms: HashMap<u64, Vec<Box<str>>>,
    /// Segments whose words are all here.
    segments: HashSet<SegmentId>,
}

fn number(slot: Slot, word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (slot.0, word).hash(&mut hasher);
    hasher.finish()
}

impl VocabularyView {
    /// Takes in the words of new segments.
    pub fn add_new_segments(&mut self, searcher: &Searcher) -> Result<()> {
        self.segments.retain(|known| searcher.segments.iter().any(|segment| segment.id() == *known));
        for segment in &searcher.segments {
            if self.segments.insert(segment.id()) {
                vocabulary::each_word(segment, |slot, word| self.add(slot, word))?;
            }
        }
        Ok(())
    }

    fn add(&mut self, slot: Slot, word: &str) {
        if !self.known.insert(number(slot, word)) {
            return;
        }
        let stem = stem(slot, word);
        let of_stem = number(slot, &stem);
        if stem != word {
            self.forms.entry(of_stem).or_default().push(word.into());
        }
        self.words.insert((word.into(), slot));
    }

    /// Whether a word may stand in a text of this slot.
    pub fn has(&self, slot: Slot, word: &str) -> bool {
        self.known.contains(&number(slot, word))
    }

    /// The words of a stem, but for the stem itself.
    pub fn forms(&self, slot: Slot, stem: &str) -> impl Iterator<Item = &str> {
        self.forms.get(&number(slot, stem)).into_iter().flatten().map(|word| &**word)
    }

    /// Whether no more than so many words of a slot begin so, and no more than so many of all.
    pub fn begins_few(&self, slot: Slot, beginning: &str, most: usize, of_all: usize) -> bool {
        let (mut own, mut all) = (0, 0);
        let from = (Box::from(beginning), Slot::FIRST);
        for (_, other) in self.words.range(from..).take_while(|(word, _)| word.starts_with(beginning)) {
            all += 1;
            own += usize::from(*other == slot);
            if own > most || all > of_all {
                return false;
            }
        }
        true
    }
}
