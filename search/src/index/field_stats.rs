//! The statistics of fields that BM25 weighs by: how many documents have words in a slot, and how many words; by audience, as nobody's scores may tell of what they may not see.

use std::collections::BTreeMap;

use crate::analysis::Slot;

/// How many documents of an audience have words in a slot, and how many words.
#[derive(Clone, Default)]
pub struct AudienceStats(pub BTreeMap<(u32, Slot), FieldStats>);

#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct FieldStats {
    pub docs: u64,
    pub words: u64,
}

impl AudienceStats {
    /// The lengths of one audience.
    pub fn of(&self, audience: u32) -> impl Iterator<Item = (Slot, FieldStats)> + '_ {
        self.0.range((audience, Slot::FIRST)..=(audience, Slot::LAST)).map(|(&(_, slot), &length)| (slot, length))
    }
}

impl FieldStats {
    pub fn add(&mut self, words: u64) {
        self.docs += 1;
        self.words += words;
    }

    pub fn add_all(&mut self, other: FieldStats) {
        self.docs += other.docs;
        self.words += other.words;
    }
}
