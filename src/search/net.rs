//! Kept questions, caught by documents: the search turned around.
//!
//! A [`Net`] holds questions by the words sought in them, so that a document finds the few that might find it without asking all. Whether one of
//! these does is then asked of the index itself (with `Ask::among`), so that the answer is the one a search would give.
//!
//! Invariant: a question that finds a document is among those the net catches with it. Whoever lets a search find what has none of its
//! words widens [`sought`] or [`told`] as well. Held by `tests::laws::a_net_misses_nothing`.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use super::analyse::{folded_words, stem};
use super::ask::Filter;
use super::doc::SearchDoc;
use super::languages::Slot;

/// Questions by their words.
pub struct Net<K> {
    kept: HashMap<K, (Filter, Vec<String>)>,
    by_word: HashMap<String, Vec<K>>,
    /// Questions without words: everything the filter admits.
    wordless: HashSet<K>,
}

impl<K: Copy + Eq + Hash + Ord> Default for Net<K> {
    fn default() -> Self {
        Net { kept: HashMap::new(), by_word: HashMap::new(), wordless: HashSet::new() }
    }
}

impl<K: Copy + Eq + Hash + Ord> Net<K> {
    /// Keeps a question, in the place of the one with its key.
    pub fn put(&mut self, key: K, text: &str, filter: Filter) {
        self.take(&key);
        let words: Vec<String> = sought(text).into_iter().collect();
        for word in &words {
            self.by_word.entry(word.clone()).or_default().push(key);
        }
        if text.trim().is_empty() {
            self.wordless.insert(key);
        }
        self.kept.insert(key, (filter, words));
    }

    /// Lets a question go.
    pub fn take(&mut self, key: &K) {
        let Some((_, words)) = self.kept.remove(key) else { return };
        self.wordless.remove(key);
        for word in words {
            if let Some(keys) = self.by_word.get_mut(&word) {
                keys.retain(|kept| kept != key);
                if keys.is_empty() {
                    self.by_word.remove(&word);
                }
            }
        }
    }

    /// The questions that may find a document: they have one of its words, or none, and their filter admits it.
    pub fn caught(&self, doc: &SearchDoc) -> Vec<K> {
        let words = told(doc);
        let worded = words.iter().filter_map(|word| self.by_word.get(word)).flatten();
        let caught: BTreeSet<K> = worded.chain(&self.wordless).copied().collect();
        caught.into_iter().filter(|key| self.kept.get(key).is_some_and(|(filter, _)| filter.admits(doc))).collect()
    }

    /// How many questions are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

/// Whether a question with these words may find a document, whatever its filter.
pub fn may_find(text: &str, doc: &SearchDoc) -> bool {
    text.trim().is_empty() || !sought(text).is_disjoint(&told(doc))
}

/// The words of a question, in the form each language gives them.
fn sought(text: &str) -> HashSet<String> {
    let text = &text[..text.floor_char_boundary(super::plan::LONGEST)];
    folded_words(text).iter().flat_map(|(_, folded)| Slot::sought().map(|slot| stem(slot, folded))).collect()
}

/// The words of a document, in the form its languages give them.
fn told(doc: &SearchDoc) -> HashSet<String> {
    let mut words = HashSet::new();
    for text in &doc.texts {
        let slot = Slot::of(&text.language);
        for part in [&text.title, &text.summary, &text.body] {
            words.extend(folded_words(part).iter().map(|(_, folded)| stem(slot, folded)));
        }
    }
    for name in &doc.names {
        words.extend(folded_words(name).iter().map(|(_, folded)| stem(Slot::NAMES, folded)));
    }
    words
}
