//! The percolator: stored queries, and the terms, phrases and filters that lead from a document to them.

use std::collections::HashMap;
use std::hash::Hash;

use super::filter_index::FilterIndex;
use super::query_terms::QueryTermIndex;
use super::vocabulary_view::VocabularyView;
use crate::contract::{Filter, Result};
use crate::query::{IndexView, ParsedQuery, narrowed};

/// Queries by their words.
pub struct Percolator<K> {
    pub(super) stored: Vec<Option<StoredQuery<K>>>,
    free: Vec<u32>,
    by_key: HashMap<K, u32>,
    pub(super) words: QueryTermIndex,
    pub(super) filters: FilterIndex,
    pub(super) vocabulary: VocabularyView,
}

/// A query as it is kept.
pub struct StoredQuery<K> {
    pub key: K,
    /// The number of its filter.
    pub filter: u32,
    pub words: Box<[StoredWord]>,
    indexed_by: IndexedBy,
    /// Seldom there.
    pub requirements: Option<Box<Requirements>>,
}

/// A word of a query, by its number.
pub struct StoredWord {
    pub word: u32,
    /// Whether it stands in a phrase, whose words are meant as they are.
    pub is_exact: bool,
}

/// What leads to a query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IndexedBy {
    /// Any of its words.
    Words,
    /// A word of a phrase, which must be there whatever else is.
    Word(u32),
    /// Its filter: it lists everything that has what it asks for.
    Filter,
}

/// Things that fields name.
pub enum NamedValues {
    /// What has one by its slug has what is asked for; of the rest the index knows.
    BySlug(Box<Filter>),
    /// One is taken away by name.
    Unsure,
}

/// What must be there, or must not.
pub struct Requirements {
    pub phrases: Vec<Vec<String>>,
    pub excluded: Vec<Vec<String>>,
    pub excluded_values: Vec<Filter>,
    /// Where its fields name things. What a name stands for the index tells, to each viewer.
    pub named: Option<NamedValues>,
}

impl<K> Default for Percolator<K> {
    fn default() -> Self {
        Percolator {
            stored: Vec::new(),
            free: Vec::new(),
            by_key: HashMap::new(),
            words: QueryTermIndex::default(),
            filters: FilterIndex::default(),
            vocabulary: VocabularyView::default(),
        }
    }
}

impl<K: Copy + Eq + Hash + Ord> Percolator<K> {
    /// Keeps a query, in the place of the one with its key.
    pub fn insert(&mut self, key: K, text: &str, filter: &Filter) {
        self.remove(&key);
        let mut query = ParsedQuery::parse(text);
        if !query.is_strict() {
            // They weigh, and so decide nothing here.
            query.phrases.clear();
        }
        let number = self.free.pop().unwrap_or_else(|| {
            self.stored.push(None);
            self.stored.len() as u32 - 1
        });
        let words: Box<[StoredWord]> =
            query.words.iter().map(|word| StoredWord { word: self.words.acquire(word), is_exact: word.is_exact }).collect();
        // The longest word of a phrase is in the fewest documents.
        let held = query.phrases.iter().flatten().max_by_key(|word| word.chars().count());
        let held = held.and_then(|held| query.words.iter().position(|word| word.folded == *held && !word.is_prefix));
        let indexed_by = match held.and_then(|at| words.get(at)) {
            Some(sought) => IndexedBy::Word(sought.word),
            None if query.lists(text) => IndexedBy::Filter,
            None => IndexedBy::Words,
        };
        let (filter, strict) = (self.filters.acquire(&query.narrow_loosely(filter)), query.narrow(filter));
        match indexed_by {
            IndexedBy::Words => words.iter().for_each(|sought| self.words.post(sought.word, number)),
            IndexedBy::Word(word) => self.words.post(word, number),
            IndexedBy::Filter => self.filters.open(filter, number),
        }
        let excluded_values = query.fields.iter().filter(|part| part.is_excluded);
        let excluded_values: Vec<Filter> = excluded_values.map(|part| narrowed(&Filter::default(), std::iter::once(part))).collect();
        let mut names = query.fields.iter().filter(|part| part.dimension.has_things()).peekable();
        let named = names
            .peek()
            .is_some()
            .then(|| if names.any(|part| part.is_excluded) { NamedValues::Unsure } else { NamedValues::BySlug(Box::new(strict)) });
        let has_requirements = named.is_some() || !(query.phrases.is_empty() && query.excluded.is_empty() && excluded_values.is_empty());
        let requirements =
            has_requirements.then(|| Box::new(Requirements { phrases: query.phrases, excluded: query.excluded, excluded_values, named }));
        self.stored[number as usize] = Some(StoredQuery { key, filter, words, indexed_by, requirements });
        self.by_key.insert(key, number);
    }

    /// Lets a query go.
    pub fn remove(&mut self, key: &K) {
        let Some(number) = self.by_key.remove(key) else { return };
        let Some(stored) = self.stored[number as usize].take() else { return };
        match stored.indexed_by {
            IndexedBy::Words => stored.words.iter().for_each(|sought| self.words.unpost(sought.word, number)),
            IndexedBy::Word(word) => self.words.unpost(word, number),
            IndexedBy::Filter => self.filters.close(stored.filter, number),
        }
        for sought in &stored.words {
            self.words.release(sought.word);
        }
        self.filters.release(stored.filter);
        self.free.push(number);
    }

    /// Takes in the words of the index that are new to it. To be done before it matches documents, or what only other documents tell of is missed.
    pub fn refresh_vocabulary(&mut self, view: &IndexView) -> Result<()> {
        self.vocabulary.add_new_segments(&view.searcher)
    }

    /// How many queries are kept.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }
}
