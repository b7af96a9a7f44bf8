//! Kept questions, caught by documents: the search turned around.
//!
//! A [`Net`] holds questions by the words sought in them, so that a document finds the few that might find it without asking all. Whether one of
//! these does is then asked of the index itself (with `Ask::among`), so that the answer is the one a search would give.
//!
//! Most words may stand for others: corrections, words that begin so, compounds. What they stand for is told by the whole index, as far as the
//! question's viewer sees it, and changes with it; so a question with such a word is open to every document that its filter admits, and so is
//! one without words. The others are caught by the words they must find.
//!
//! Invariant: a question that finds a document is among those the net catches with it. Whoever lets a search find what has none of its
//! words widens [`Hold`] as well. Held by `tests::laws::a_net_misses_nothing`.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use super::analyse::{fold_words, stem};
use super::ask::Filter;
use super::doc::SearchDoc;
use super::languages::Slot;
use super::question::{FieldPart, Question, Word, narrowed};
use super::{variants, vocabulary};

/// Questions by their words.
pub struct Net<K> {
    kept: HashMap<K, (Filter, Vec<String>)>,
    by_word: HashMap<String, Vec<K>>,
    /// Questions that may find everything the filter admits.
    open: HashSet<K>,
}

impl<K: Copy + Eq + Hash + Ord> Default for Net<K> {
    fn default() -> Self {
        Net { kept: HashMap::new(), by_word: HashMap::new(), open: HashSet::new() }
    }
}

/// What a question holds on to.
#[derive(Debug, PartialEq)]
enum Hold {
    /// A document it finds has one of these, in the form one of its languages gives it.
    Words(Vec<String>),
    /// It may find any.
    Any,
}

impl Hold {
    fn of(question: &Question, text: &str) -> Hold {
        let in_every_form = |word: &str| Slot::sought().map(|slot| stem(slot, word)).collect::<Vec<String>>();
        // A phrase must be there, whatever else is; its longest word is in the fewest documents.
        if let Some(word) = question.phrases.iter().flatten().max_by_key(|word| word.chars().count()) {
            return Hold::Words(unique(in_every_form(word)));
        }
        if question.lists(text) || question.words.iter().any(variants::may_vary) {
            return Hold::Any;
        }
        Hold::Words(unique(question.words.iter().flat_map(|word| in_every_form(&word.folded)).collect()))
    }
}

fn unique(words: Vec<String>) -> Vec<String> {
    words.into_iter().collect::<BTreeSet<String>>().into_iter().collect()
}

impl<K: Copy + Eq + Hash + Ord> Net<K> {
    /// Keeps a question, in the place of the one with its key.
    pub fn put(&mut self, key: K, text: &str, filter: &Filter) {
        self.take(&key);
        let question = Question::read(text);
        let words = match Hold::of(&question, text) {
            Hold::Words(words) => words,
            Hold::Any => {
                self.open.insert(key);
                Vec::new()
            }
        };
        for word in &words {
            self.by_word.entry(word.clone()).or_default().push(key);
        }
        self.kept.insert(key, (question.narrow_loosely(filter), words));
    }

    /// Lets a question go.
    pub fn take(&mut self, key: &K) {
        let Some((_, words)) = self.kept.remove(key) else { return };
        self.open.remove(key);
        for word in words {
            if let Some(keys) = self.by_word.get_mut(&word) {
                keys.retain(|kept| kept != key);
                if keys.is_empty() {
                    self.by_word.remove(&word);
                }
            }
        }
    }

    /// The questions that may find a document: they have one of its words, or are open, and their filter admits it.
    pub fn caught(&self, doc: &SearchDoc) -> Vec<K> {
        let words = told(doc);
        let worded = words.iter().filter_map(|word| self.by_word.get(word)).flatten();
        let caught: BTreeSet<K> = worded.chain(&self.open).copied().collect();
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

/// Whether a question would perhaps find a document that the index does not hold, as far as the document alone tells: one of its words
/// is there, perhaps mistyped, begun or compounded. A correction or a compound that only other documents tell of in that form is not seen.
pub(super) fn may_find(question: &Question, text: &str, filter: &Filter, doc: &SearchDoc) -> bool {
    let without = |part: &FieldPart| part.is_without && narrowed(&Filter::default(), std::iter::once(part)).admits(doc);
    if !question.narrow(filter).admits(doc) || question.fields.iter().any(without) {
        return false;
    }
    let texts = spoken(doc);
    let holds = |words: &Vec<String>| texts.iter().any(|(slot, told)| stands(*slot, told, words));
    if !question.phrases.iter().all(holds) || question.without.iter().any(holds) {
        return false;
    }
    question.lists(text)
        || question.words.iter().any(|word| texts.iter().any(|(slot, told)| told.iter().any(|own| is_like(*slot, word, own))))
}

/// Whether words follow one another in a text, each in any inflection.
fn stands(slot: Slot, told: &[String], words: &[String]) -> bool {
    let sought: Vec<String> = words.iter().map(|word| stem(slot, word)).collect();
    told.windows(sought.len().max(1)).any(|window| window.iter().map(|word| stem(slot, word)).eq(sought.iter().cloned()))
}

/// Whether a word of a question may stand for a word of a text.
fn is_like(slot: Slot, word: &Word, own: &str) -> bool {
    if word.is_prefix {
        return own.starts_with(&word.folded);
    }
    let (sought, term) = (stem(slot, &word.folded), stem(slot, own));
    sought == term
        || (variants::may_vary(word)
            && (vocabulary::is_near(&word.folded, own)
                || (slot.is_compounding() && (is_part(&sought, own) || is_part(&word.folded, own) || is_part(&term, &word.folded)))))
}

/// Whether a word may be a part of a compound.
fn is_part(part: &str, whole: &str) -> bool {
    part.chars().count() >= variants::SHORTEST && (whole.starts_with(part) || whole.ends_with(part))
}

/// The words of a document in the forms its languages give them.
fn told(doc: &SearchDoc) -> HashSet<String> {
    let words = spoken(doc).into_iter().flat_map(|(slot, words)| words.into_iter().map(move |word| stem(slot, &word)));
    words.collect()
}

/// The folded words of a document, text by text.
fn spoken(doc: &SearchDoc) -> Vec<(Slot, Vec<String>)> {
    let texts = doc.texts.iter().flat_map(|text| {
        let slot = Slot::of(&text.language);
        [&text.title, &text.summary, &text.body].map(|part| (slot, fold_words(part)))
    });
    let names = doc.names.iter().map(|name| (Slot::NAMES, fold_words(name)));
    texts.chain(names).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hold(text: &str) -> Hold {
        Hold::of(&Question::read(text), text)
    }

    fn holds(text: &str, word: &str) -> bool {
        matches!(hold(text), Hold::Words(words) if words.iter().any(|own| own == word))
    }

    #[test]
    fn what_may_stand_for_other_words_is_open_to_all() {
        for text in ["", "rain", "the hamburg", "ham*", "-water", "theme:water", "theme:water 2016 rain"] {
            assert_eq!(hold(text), Hold::Any, "{text}");
        }
    }

    #[test]
    fn what_is_meant_as_it_is_holds_on_to_its_words() {
        assert!(holds("\"rain water\"", "water"));
        assert!(holds("\"rain water\" gardens", "water"));
        assert!(holds("year:2001 the 2016", "2016"));
        assert!(holds("c40", "c40"));
        assert_eq!(hold("** :"), Hold::Words(Vec::new()));
    }
}
