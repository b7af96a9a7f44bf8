//! A document, taken apart: its words and their forms, text by text.

use std::collections::{BTreeSet, HashMap};

use super::super::analyse::{fold_words, stem};
use super::super::doc::SearchDoc;
use super::super::languages::Slot;

/// What a document says.
pub(super) struct Told {
    /// Folded words by slot.
    pub words: BTreeSet<(Slot, String)>,
    /// Their forms by slot.
    pub terms: BTreeSet<(Slot, String)>,
    /// The forms in their order, part by part.
    parts: Vec<(Slot, Vec<String>)>,
}

impl Told {
    pub fn of(doc: &SearchDoc) -> Told {
        let mut stems: HashMap<(Slot, String), String> = HashMap::new();
        let mut parts = Vec::new();
        for (slot, words) in spoken(doc) {
            let part = words.into_iter().map(|word| stems.entry((slot, word)).or_insert_with_key(|(slot, word)| stem(*slot, word)).clone());
            parts.push((slot, part.collect()));
        }
        let terms = stems.iter().map(|((slot, _), term)| (*slot, term.clone())).collect();
        Told { words: stems.into_keys().collect(), terms, parts }
    }

    /// Whether words follow one another in a text, each in any inflection.
    pub fn stands(&self, words: &[String]) -> bool {
        self.parts.iter().any(|(slot, told)| follow(*slot, told, words))
    }

    /// The same of the texts of one slot.
    pub fn stands_in(&self, slot: Slot, words: &[String]) -> bool {
        self.parts.iter().any(|(own, told)| *own == slot && follow(slot, told, words))
    }
}

fn follow(slot: Slot, told: &[String], words: &[String]) -> bool {
    let sought: Vec<String> = words.iter().map(|word| stem(slot, word)).collect();
    told.windows(sought.len().max(1)).any(|window| window == sought)
}

/// The folded words of a document, part by part.
pub(super) fn spoken(doc: &SearchDoc) -> Vec<(Slot, Vec<String>)> {
    let texts = doc.texts.iter().flat_map(|text| {
        let slot = Slot::of(&text.language);
        [&text.title, &text.summary, &text.body].map(|part| (slot, fold_words(part)))
    });
    let names = doc.names.iter().map(|name| (Slot::NAMES, fold_words(name)));
    texts.chain(names).collect()
}
