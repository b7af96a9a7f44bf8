//! The words of the index: every folded word of every text and name, by the slot it stands in.
//!
//! What a query's word may have been meant to be is looked up here: the words near an unknown one, the words that begin so, and those that are
//! compounded with it. One field holds the words of all slots, so that one walk through it serves every language.
//!
//! A term is the word, a zero byte and the letter of its slot. Words of compounding languages stand there once more, spelled backwards, so that words
//! that *end* so are looked up and not scanned for.
//!
//! Invariant: frequencies are those of the visible documents; a word that stands in hidden documents only is not there.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashSet;
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::DocId;
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionary;
use tantivy_fst::Automaton;

use super::analyse::EDGE_NGRAM;
use super::error::Result;
use super::folded::FoldedText;
use super::languages::Slot;
use super::sieve::{Visibility, each_visible_doc, has_visible_doc, visible_doc_freq};
use super::snapshot::{Searcher, Segment};

/// Stands before words that are spelled backwards.
const BACKWARDS: char = '\u{1}';
/// Words near an unknown one that are weighed.
const NEAR: usize = 2_000;

/// A word that stands in visible documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct IndexedWord {
    pub slot: Slot,
    pub word: String,
    pub distance: u8,
    /// In how many visible documents it stands.
    pub frequency: u64,
}

/// Gathers the words of one document.
#[derive(Default)]
pub(super) struct VocabularyTerms {
    terms: HashSet<String>,
}

impl VocabularyTerms {
    pub fn add(&mut self, slot: Slot, text: &FoldedText) {
        let mut term = String::new();
        for folded in text.every().map(|word| text.letters(word)) {
            term.clear();
            term.push_str(folded);
            term.extend(behind(slot));
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

fn term(folded: &str, slot: Slot) -> String {
    folded.chars().chain(behind(slot)).collect()
}

/// What stands behind a word of a slot.
fn behind(slot: Slot) -> [char; 2] {
    ['\0', char::from(b'!' + slot.0)]
}

fn backwards(folded: &str, slot: Slot) -> String {
    let turned: String = folded.chars().rev().collect();
    format!("{BACKWARDS}{}", term(&turned, slot))
}

/// The word and the slot of a term.
pub(super) fn split(term: &[u8]) -> Option<(&str, Slot)> {
    let (word, slot) = std::str::from_utf8(term).ok()?.rsplit_once('\0')?;
    let slot = slot.bytes().next()?.checked_sub(b'!')?;
    Some((word, Slot(slot)))
}

/// The slots, of these [`Slot::mark`]s, in which a word stands in a visible document.
pub(super) fn slots_with(searcher: &Searcher, visibility: &Visibility, folded: &str, among: u64) -> Result<u64> {
    let (from, beyond) = (format!("{folded}\0"), format!("{folded}\x01"));
    let mut standing = 0;
    for segment in &searcher.segments {
        let mut words = segment.columns.vocabulary.terms().range().ge(&from).lt(&beyond).into_stream()?;
        while words.advance() {
            let slot = split(words.key()).map_or(0, |(_, slot)| slot.mark()) & among & !standing;
            if slot > 0 && has_visible_doc(visibility, segment, &segment.columns.vocabulary, words.value())? {
                standing |= slot;
            }
        }
    }
    Ok(standing)
}

/// Calls back with each visible document that has a word.
pub(super) fn each_doc_with(
    searcher: &Searcher,
    visibility: &Visibility,
    found: &IndexedWord,
    mut tell: impl FnMut(usize, DocId),
) -> Result<()> {
    let term = term(&found.word, found.slot);
    for (ordinal, segment) in searcher.segments.iter().enumerate() {
        if let Some(info) = segment.columns.vocabulary.terms().get(&term)? {
            each_visible_doc(visibility, segment, &segment.columns.vocabulary, &info, |doc| tell(ordinal, doc))?;
        }
    }
    Ok(())
}

/// The words in sight of these slots within a distance of a folded word, those at the least distance only; a transposition is one step.
pub(super) fn near_words(searcher: &Searcher, visibility: &Visibility, folded: &str, slots: &[Slot]) -> Result<Vec<IndexedWord>> {
    for distance in 1..=max_edits_of_word(folded) {
        let near = WordAutomaton { dfa: builder(distance).build_dfa(folded) };
        let mut gathered = Gathered::default();
        for segment in &searcher.segments {
            let mut words = segment.columns.vocabulary.terms().search(&near).into_stream()?;
            while words.advance() {
                if split(words.key()).is_some_and(|(word, slot)| slots.contains(&slot) && (is_long(folded) || is_long(word))) {
                    gathered.add(visibility, segment, words.key(), words.value())?;
                }
            }
        }
        let mut found = gathered.found(|word| match near.dfa.eval(word) {
            Distance::Exact(distance) | Distance::AtLeast(distance) => distance,
        });
        found.truncate(NEAR);
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The beginning of a word of titles and names in sight that is nearest to a typed one; `None` where the typed one begins a word, or nothing is near.
pub(super) fn nearest_prefix(searcher: &Searcher, visibility: &Visibility, typed: &str) -> Result<Option<String>> {
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
        let near = PrefixAutomaton { dfa: builder(distance).build_dfa(&typed), most: distance };
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

/// The words in sight of the slots sought that begin so.
pub(super) fn with_prefix(
    searcher: &Searcher,
    visibility: &Visibility,
    folded: &str,
    is_sought: impl Fn(Slot) -> bool,
) -> Result<Vec<IndexedWord>> {
    in_range(searcher, visibility, folded, is_sought)
}

/// The words in sight of a slot that end so.
pub(super) fn with_suffix(searcher: &Searcher, visibility: &Visibility, folded: &str, slot: Slot) -> Result<Vec<IndexedWord>> {
    let turned: String = std::iter::once(BACKWARDS).chain(folded.chars().rev()).collect();
    let mut found = in_range(searcher, visibility, &turned, |other| other == slot)?;
    for word in &mut found {
        word.word = word.word.chars().skip(1).collect::<Vec<_>>().into_iter().rev().collect();
    }
    Ok(found)
}

/// Tells every word of a segment with its slot, those of dead documents too.
pub(super) fn each_word(segment: &Segment, mut tell: impl FnMut(Slot, &str)) -> Result<()> {
    let mut words = segment.columns.vocabulary.terms().stream()?;
    while words.advance() {
        if let Some((word, slot)) = split(words.key()).filter(|(word, _)| !word.starts_with(BACKWARDS)) {
            tell(slot, word);
        }
    }
    Ok(())
}

/// Whether a word of a slot stands in a visible document.
pub(super) fn contains(searcher: &Searcher, visibility: &Visibility, folded: &str, slot: Slot) -> Result<bool> {
    let term = term(folded, slot);
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
            if split(words.key()).is_some_and(|(_, slot)| is_sought(slot)) {
                gathered.add(visibility, segment, words.key(), words.value())?;
            }
        }
    }
    Ok(gathered.found(|_| 0))
}

/// Whether a word may be a correction of another, judged by the two alone.
pub(super) fn is_near(folded: &str, other: &str) -> bool {
    let most = max_edits_of_word(folded);
    most > 0 && (is_long(folded) || is_long(other)) && matches!(builder(most).build_dfa(folded).eval(other), Distance::Exact(_))
}

/// The shortest word that is corrected, in letters, and only by one that was left out.
const CORRECTED: usize = 4;

/// Whether a word is long enough to be meant by another, or mistyped; one of the two must be.
pub(super) fn is_long(folded: &str) -> bool {
    folded.chars().count() > CORRECTED
}

/// How many steps a beginning may be away from what was meant.
pub(super) fn max_edits(folded: &str) -> u8 {
    match folded.chars().count() {
        0..5 => 0,
        5..9 => 1,
        _ => 2,
    }
}

/// The same for a whole word: one of four letters was perhaps one of five.
pub(super) fn max_edits_of_word(folded: &str) -> u8 {
    if folded.chars().count() == CORRECTED { 1 } else { max_edits(folded) }
}

#[derive(Default)]
struct Gathered(BTreeMap<(Slot, String), u64>);

impl Gathered {
    fn add(&mut self, visibility: &Visibility, segment: &Segment, key: &[u8], info: &TermInfo) -> Result<()> {
        if let Some((word, slot)) = split(key) {
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

fn builder(distance: u8) -> &'static LevenshteinAutomatonBuilder {
    use std::sync::LazyLock;
    static ONE: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
    static TWO: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));
    if distance == 1 { &ONE } else { &TWO }
}

/// Finds the terms whose word is near another, whatever their slot.
struct WordAutomaton {
    dfa: DFA,
}

/// Finds the terms that begin within so many steps of what was typed.
pub(super) fn prefixes_within(typed: &str, steps: u8) -> PrefixAutomaton {
    PrefixAutomaton { dfa: builder(steps).build_prefix_dfa(typed), most: steps }
}

/// Finds beginnings within so many steps of a typed one.
pub(super) struct PrefixAutomaton {
    dfa: DFA,
    most: u8,
}

impl PrefixAutomaton {
    /// How the terms that are found begin, each told as shortly as it can be: none is the beginning of another.
    pub fn prefixes(&self, terms: &TermDictionary) -> Result<BTreeSet<Vec<u8>>> {
        let (mut found, mut from) = (BTreeSet::new(), Vec::new());
        loop {
            let mut near = terms.search(self).ge(&from).into_stream()?;
            if !near.advance() {
                return Ok(found);
            }
            let mut state = self.start();
            let is_found = |byte: &u8| {
                state = self.accept(&state, *byte);
                self.is_match(&state)
            };
            let length = near.key().iter().position(is_found).map_or(near.key().len(), |at| at + 1);
            from = [&near.key()[..length], &[0xff]].concat();
            found.insert(near.key()[..length].to_vec());
        }
    }
}

impl Automaton for &PrefixAutomaton {
    type State = u32;

    fn start(&self) -> u32 {
        self.dfa.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.dfa.distance(*state), Distance::Exact(distance) if distance <= self.most)
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.dfa.transition(*state, byte)
    }
}

#[derive(Clone, Copy)]
enum At {
    Word(u32),
    Found,
    Lost,
}

impl Automaton for &WordAutomaton {
    type State = At;

    fn start(&self) -> At {
        At::Word(self.dfa.initial_state())
    }

    fn is_match(&self, at: &At) -> bool {
        matches!(at, At::Found)
    }

    fn can_match(&self, at: &At) -> bool {
        !matches!(at, At::Lost)
    }

    fn accept(&self, at: &At, byte: u8) -> At {
        match *at {
            At::Word(state) if byte == 0 => match self.dfa.distance(state) {
                Distance::Exact(_) => At::Found,
                Distance::AtLeast(_) => At::Lost,
            },
            At::Word(_) if byte == BACKWARDS as u8 => At::Lost,
            At::Word(state) => match self.dfa.transition(state, byte) {
                SINK_STATE => At::Lost,
                next => At::Word(next),
            },
            other => other,
        }
    }
}
