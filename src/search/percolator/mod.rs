//! Kept questions, caught by documents: the search turned around.
//!
//! A [`Percolator`] holds questions by the words sought in them, so that a document finds the few that may find it without asking all. Most of these are
//! decided here, from the document and the question alone: a word that says something and stands in the document is a hit, whatever else is asked.
//! What is left depends on what the whole index tells to the question's viewer (which word an unknown one was meant to be, which of many words
//! begin so, what is a compound of what); those are [`Candidates::perhaps`], and whoever asks puts them to a [`Reading`] of the documents.
//! So the answer is the one a search would give, and costs what the document is like, not how many questions are kept.
//!
//! Reading order: `words` (the questions' words, and how a document's words lead to them), `near` (those a step or two away), `speech` (the words of
//! the index, for what other documents tell of a word), `filters` (questions without words), `told` (a document, taken apart), `cast` (the decision),
//! `exact` (what of it the index must be asked), `alone` (what a document alone tells).
//!
//! Invariant: what a viewer's search finds is caught, and what is caught for sure is found; held by `tests::laws::a_net_misses_nothing`. Whoever
//! lets a search find what has none of its words gives `words` a way from the document to it as well.

use std::collections::HashMap;
use std::hash::Hash;

mod candidates;
mod document_terms;
mod filter_index;
mod fuzzy;
mod query_terms;
mod unindexed;
mod verify;
mod vocabulary_view;

pub use candidates::{Candidates, Matcher};
pub(super) use unindexed::may_find;
pub use verify::Verifier;

use self::filter_index::FilterIndex;
use self::query_terms::QueryTermIndex;
use self::vocabulary_view::VocabularyView;
use super::error::Result;
use super::index::SearchIndex;
use super::question::{Question, narrowed};
use super::request::Filter;

/// Questions by their words.
pub struct Percolator<K> {
    kept: Vec<Option<Kept<K>>>,
    free: Vec<u32>,
    by_key: HashMap<K, u32>,
    words: QueryTermIndex,
    filters: FilterIndex,
    vocabulary: VocabularyView,
}

/// A question as it is kept.
struct Kept<K> {
    key: K,
    /// The number of its filter.
    filter: u32,
    words: Box<[Sought]>,
    hold: Hold,
    /// Seldom there.
    demand: Option<Box<Demand>>,
}

/// A word of a question, by its number.
struct Sought {
    word: u32,
    /// Whether it stands in a phrase, whose words are meant as they are.
    is_exact: bool,
}

/// What leads to a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// Any of its words.
    Words,
    /// A word of a phrase, which must be there whatever else is.
    Word(u32),
    /// Its filter: it lists everything that has what it asks for.
    Filter,
}

/// Things that fields name.
enum Named {
    /// What has one by its slug has what is asked for; of the rest the index knows.
    BySlug(Box<Filter>),
    /// One is taken away by name.
    Unsure,
}

/// What must be there, or must not.
struct Demand {
    phrases: Vec<Vec<String>>,
    without: Vec<Vec<String>>,
    without_values: Vec<Filter>,
    /// Where its fields name things. What a name stands for the index tells, to each viewer.
    named: Option<Named>,
}

impl<K> Default for Percolator<K> {
    fn default() -> Self {
        Percolator {
            kept: Vec::new(),
            free: Vec::new(),
            by_key: HashMap::new(),
            words: QueryTermIndex::default(),
            filters: FilterIndex::default(),
            vocabulary: VocabularyView::default(),
        }
    }
}

impl<K: Copy + Eq + Hash + Ord> Percolator<K> {
    /// Keeps a question, in the place of the one with its key.
    pub fn insert(&mut self, key: K, text: &str, filter: &Filter) {
        self.remove(&key);
        let question = Question::read(text);
        let number = self.free.pop().unwrap_or_else(|| {
            self.kept.push(None);
            self.kept.len() as u32 - 1
        });
        let words: Box<[Sought]> =
            question.words.iter().map(|word| Sought { word: self.words.put(word), is_exact: word.is_exact }).collect();
        // The longest word of a phrase is in the fewest documents.
        let held = question.phrases.iter().flatten().max_by_key(|word| word.chars().count());
        let held = held.and_then(|held| question.words.iter().position(|word| word.folded == *held && !word.is_prefix));
        let hold = match held.and_then(|at| words.get(at)) {
            Some(sought) => Hold::Word(sought.word),
            None if question.lists(text) => Hold::Filter,
            None => Hold::Words,
        };
        let (filter, strict) = (self.filters.put(&question.narrow_loosely(filter)), question.narrow(filter));
        match hold {
            Hold::Words => words.iter().for_each(|sought| self.words.post(sought.word, number)),
            Hold::Word(word) => self.words.post(word, number),
            Hold::Filter => self.filters.open(filter, number),
        }
        let without_values = question.fields.iter().filter(|part| part.is_without);
        let without_values: Vec<Filter> = without_values.map(|part| narrowed(&Filter::default(), std::iter::once(part))).collect();
        let mut names = question.fields.iter().filter(|part| part.dimension.has_things()).peekable();
        let named =
            names.peek().is_some().then(|| if names.any(|part| part.is_without) { Named::Unsure } else { Named::BySlug(Box::new(strict)) });
        let has_demand = named.is_some() || !(question.phrases.is_empty() && question.without.is_empty() && without_values.is_empty());
        let demand = has_demand.then(|| Box::new(Demand { phrases: question.phrases, without: question.without, without_values, named }));
        self.kept[number as usize] = Some(Kept { key, filter, words, hold, demand });
        self.by_key.insert(key, number);
    }

    /// Lets a question go.
    pub fn remove(&mut self, key: &K) {
        let Some(number) = self.by_key.remove(key) else { return };
        let Some(kept) = self.kept[number as usize].take() else { return };
        match kept.hold {
            Hold::Words => kept.words.iter().for_each(|sought| self.words.unpost(sought.word, number)),
            Hold::Word(word) => self.words.unpost(word, number),
            Hold::Filter => self.filters.close(kept.filter, number),
        }
        for sought in &kept.words {
            self.words.take(sought.word);
        }
        self.filters.take(kept.filter);
        self.free.push(number);
    }

    /// Takes in the words of the index that are new to it. To be done before a cast, or what only other documents tell of is missed.
    pub fn learn(&mut self, index: &SearchIndex) -> Result<()> {
        self.vocabulary.learn(&index.snapshot())
    }

    /// How many questions are kept.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }
}
