//! The vocabulary of the index: every folded word of every text and name, by the slot it stands in.
//!
//! What a query's word may have been meant to be is looked up here: the words near an unknown one, the words that begin so, and those that are
//! compounded with it. One field holds the words of all slots, so that one walk through it serves every language.
//!
//! Invariant: frequencies are those of the visible documents; a word that stands in hidden documents only is not there.

use std::collections::BTreeMap;

use tantivy::DocId;
use tantivy::postings::TermInfo;

use super::levenshtein::{EditAutomaton, WordAutomaton, max_edits};
use super::searcher::{Searcher, Segment};
use super::visibility::{Visibility, each_visible_doc, has_visible_doc, visible_doc_freq};
use super::vocabulary_terms::BACKWARDS;
use crate::analysis::{EDGE_NGRAM, Slot};
use crate::contract::Result;

/// Words near an unknown one that are weighed.
const NEAR: usize = 2_000;

/// A word that stands in visible documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexedWord {
    pub slot: Slot,
    pub word: String,
    pub distance: u8,
    /// In how many visible documents it stands.
    pub frequency: u64,
}

/// The slots, of these [`Slot::mark`]s, in which a word stands in a visible document.
pub fn slots_with(searcher: &Searcher, visibility: &Visibility, folded: &str, among: u64) -> Result<u64> {
    let (from, beyond) = (format!("{folded}\0"), format!("{folded}\x01"));
    let mut standing = 0;
    for segment in &searcher.segments {
        let mut words = segment.columns.vocabulary.terms().range().ge(&from).lt(&beyond).into_stream()?;
        while words.advance() {
            let slot = Slot::split_term(words.key()).map_or(0, |(_, slot)| slot.mark()) & among & !standing;
            if slot > 0 && has_visible_doc(visibility, segment, &segment.columns.vocabulary, words.value())? {
                standing |= slot;
            }
        }
    }
    Ok(standing)
}

/// Calls back with each visible document that has a word.
pub fn each_doc_with(searcher: &Searcher, visibility: &Visibility, found: &IndexedWord, mut tell: impl FnMut(usize, DocId)) -> Result<()> {
    let term = found.slot.term(&found.word);
    for (ordinal, segment) in searcher.segments.iter().enumerate() {
        if let Some(info) = segment.columns.vocabulary.terms().get(&term)? {
            each_visible_doc(visibility, segment, &segment.columns.vocabulary, &info, |doc| tell(ordinal, doc))?;
        }
    }
    Ok(())
}

/// The visible words of these slots within a distance of a folded word, those at the least distance only; a transposition is one edit, a change of the first
/// letter two.
pub fn near_words(searcher: &Searcher, visibility: &Visibility, folded: &str, slots: &[Slot]) -> Result<Vec<IndexedWord>> {
    for distance in 1..=max_edits(folded) {
        let near = WordAutomaton::within(distance, folded);
        let mut gathered = Gathered::default();
        for segment in &searcher.segments {
            let mut words = segment.columns.vocabulary.terms().search(&near).into_stream()?;
            while words.advance() {
                if Slot::split_term(words.key()).is_some_and(|(word, slot)| slots.contains(&slot) && near.distance(word) <= distance) {
                    gathered.add(visibility, segment, words.key(), words.value())?;
                }
            }
        }
        let mut found = gathered.found(|word| near.distance(word));
        found.truncate(NEAR);
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The prefix of a visible word of titles and names that is nearest to a typed one; `None` where the typed one begins a word, or nothing is near.
pub fn nearest_prefix(searcher: &Searcher, visibility: &Visibility, typed: &str) -> Result<Option<String>> {
    let typed: String = typed.chars().take(EDGE_NGRAM).collect();
    for segment in &searcher.segments {
        let index = &segment.columns.edge_ngrams;
        if let Some(info) = index.terms().get(&typed)?
            && has_visible_doc(visibility, segment, index, &info)?
        {
            return Ok(None);
        }
    }
    for distance in 1..=max_edits(&typed) {
        let near = EditAutomaton::of_terms(distance, &typed);
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for segment in &searcher.segments {
            let mut words = segment.columns.edge_ngrams.terms().search(&near).into_stream()?;
            while words.advance() {
                let frequency = visible_doc_freq(visibility, segment, &segment.columns.edge_ngrams, words.value())?;
                if frequency > 0 {
                    *counts.entry(String::from_utf8_lossy(words.key()).into_owned()).or_default() += frequency;
                }
            }
        }
        // As long as what was typed before longer and shorter ones: those are the same word, typed further or less far.
        let length = typed.chars().count();
        let rank = |word: &str, frequency: u64| (word.chars().count().abs_diff(length), std::cmp::Reverse(frequency), word.to_owned());
        if let Some((word, _)) = counts.into_iter().min_by_key(|(word, frequency)| rank(word, *frequency)) {
            return Ok(Some(word));
        }
    }
    Ok(None)
}

/// The visible words of the slots sought that begin so.
pub fn with_prefix(
    searcher: &Searcher,
    visibility: &Visibility,
    folded: &str,
    is_sought: impl Fn(Slot) -> bool,
) -> Result<Vec<IndexedWord>> {
    in_range(searcher, visibility, folded, is_sought)
}

/// The visible words of a slot that end so.
pub fn with_suffix(searcher: &Searcher, visibility: &Visibility, folded: &str, slot: Slot) -> Result<Vec<IndexedWord>> {
    let turned: String = std::iter::once(BACKWARDS).chain(folded.chars().rev()).collect();
    let mut found = in_range(searcher, visibility, &turned, |other| other == slot)?;
    for word in &mut found {
        word.word = word.word.chars().skip(1).collect::<Vec<_>>().into_iter().rev().collect();
    }
    Ok(found)
}

/// Tells every word of a segment with its slot, those of dead documents too.
pub fn each_word(segment: &Segment, mut tell: impl FnMut(Slot, &str)) -> Result<()> {
    let mut words = segment.columns.vocabulary.terms().stream()?;
    while words.advance() {
        if let Some((word, slot)) = Slot::split_term(words.key()).filter(|(word, _)| !word.starts_with(BACKWARDS)) {
            tell(slot, word);
        }
    }
    Ok(())
}

/// Whether a word of a slot stands in a visible document.
pub fn contains(searcher: &Searcher, visibility: &Visibility, folded: &str, slot: Slot) -> Result<bool> {
    let term = slot.term(folded);
    for segment in &searcher.segments {
        if let Some(info) = segment.columns.vocabulary.terms().get(&term)?
            && has_visible_doc(visibility, segment, &segment.columns.vocabulary, &info)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn in_range(searcher: &Searcher, visibility: &Visibility, from: &str, is_sought: impl Fn(Slot) -> bool) -> Result<Vec<IndexedWord>> {
    let mut gathered = Gathered::default();
    let mut beyond = from.as_bytes().to_vec();
    // No word has this byte: UTF-8 has no use for it.
    beyond.push(0xff);
    for segment in &searcher.segments {
        let mut words = segment.columns.vocabulary.terms().range().ge(from).lt(&beyond).into_stream()?;
        while words.advance() {
            if Slot::split_term(words.key()).is_some_and(|(_, slot)| is_sought(slot)) {
                gathered.add(visibility, segment, words.key(), words.value())?;
            }
        }
    }
    Ok(gathered.found(|_| 0))
}

#[derive(Default)]
struct Gathered(BTreeMap<(Slot, String), u64>);

impl Gathered {
    fn add(&mut self, visibility: &Visibility, segment: &Segment, key: &[u8], info: &TermInfo) -> Result<()> {
        if let Some((word, slot)) = Slot::split_term(key) {
            let frequency = visible_doc_freq(visibility, segment, &segment.columns.vocabulary, info)?;
            if frequency > 0 {
                *self.0.entry((slot, word.to_owned())).or_default() += frequency;
            }
        }
        Ok(())
    }

    /// The more frequent first.
    fn found(self, distance: impl Fn(&str) -> u8) -> Vec<IndexedWord> {
        let found = self.0.into_iter().map(|((slot, word), frequency)| IndexedWord { distance: distance(&word), slot, word, frequency });
        let mut found: Vec<IndexedWord> = found.collect();
        found.sort_by(|a, b| (a.distance, b.frequency, &a.word, a.slot).cmp(&(b.distance, a.frequency, &b.word, b.slot)));
        found
    }
}
