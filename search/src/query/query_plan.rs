//! From a query to the terms looked up for it, slot by slot.
//!
//! The language of a query is not told, so each language that has texts is tried with its own analyzer, and a hit keeps the language that
//! fits best. A word weighs as often as it stands in the query. Stop words are left out where others remain.
//!
//! A word may stand for several: the words that begin so, what it was perhaps meant to be, what it is compounded with. Those are its [`Expansions`]; they count as
//! one word that stands wherever one of them does.

use std::collections::HashMap;
use std::sync::Arc;

use super::parsed_query::{MOST_WORDS, ParsedQuery, QueryWord};
use super::synonyms::SynonymText;
use crate::analysis::{Slot, spelled_stem, stem, stop_word_slots};
use crate::index::FieldStats;

/// What an occurrence of a synonym counts against one of the word itself.
pub const SYNONYM: f32 = 0.6;
/// What a word that is spelled with other accents counts against one spelled as asked, where the stemmer tells them apart.
const RESPELLED: f32 = 0.5;
/// What a word that was corrected counts as it was typed: its own inflections stay hits.
const TYPED: f32 = 0.1;

/// The terms to look up.
#[derive(Default)]
pub struct QueryPlan {
    /// Languages first, names last.
    pub slots: Vec<SlotPlan>,
    /// The words that are a stop word of some language, as a set of their numbers.
    pub stop_words: u64,
}

/// What is looked up in one slot.
pub struct SlotPlan {
    pub slot: Slot,
    pub wanted: Vec<PlannedTerm>,
    /// How many of the query's words are stop words of this language.
    pub stop_words: usize,
    /// How many more were left out as stop words of another language.
    pub foreign_stop_words: usize,
}

/// A term with its weight, and what else counts as it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedTerm {
    /// The word's own term first, then those of its variants, each with what an occurrence counts.
    pub terms: Vec<(String, f32)>,
    /// Terms that count as it where they follow one another, each with what an occurrence counts.
    pub phrases: Vec<(Vec<String>, f32)>,
    pub weight: f32,
    /// Which words of the query it stands for, as a set of their numbers.
    pub words: u64,
}

impl PlannedTerm {
    pub fn has(&self, term: &str) -> bool {
        self.terms.iter().any(|(own, _)| own == term)
    }
}

/// What words of a query stand for beside themselves, by their number and the slot.
#[derive(Debug, Default)]
pub struct Expansions(pub HashMap<(usize, Slot), WordExpansion>);

#[derive(Clone, Debug, PartialEq)]
pub struct WordExpansion {
    /// Folded words, each with what an occurrence counts.
    pub words: Vec<(String, f32)>,
    /// What it also stands for, as administrators say.
    pub synonyms: Vec<Arc<SynonymText>>,
    /// Whether the word is unknown and these are what it was perhaps meant to be.
    pub is_correction: bool,
    /// How sure that is, 0 to 1: what the word counts against one that is known.
    pub confidence: f32,
    /// What a right word that nothing has was perhaps meant to be all the same; it is not sought.
    pub offered: Option<String>,
}

impl Default for WordExpansion {
    fn default() -> WordExpansion {
        WordExpansion { words: Vec::new(), synonyms: Vec::new(), is_correction: false, confidence: 1.0, offered: None }
    }
}

impl QueryPlan {
    /// What to look up in the slots that have visible texts. Empty when the query has no words.
    pub fn new(query: &ParsedQuery, stats: &[FieldStats; Slot::COUNT], expansions: &Expansions) -> QueryPlan {
        QueryPlan::of(query, stats, expansions, u64::MAX)
    }

    /// The same for these slots alone, as a set of their [`Slot::mark`]s; what is left out all languages decide, as ever.
    pub fn of(query: &ParsedQuery, stats: &[FieldStats; Slot::COUNT], expansions: &Expansions, among: u64) -> QueryPlan {
        let words = &query.words;
        let slots: Vec<Slot> = Slot::searched().filter(|slot| stats[slot.index()].docs > 0).collect();
        let masks: Vec<u64> =
            words.iter().map(|word| if word.is_prefix { 0 } else { stop_word_slots(&word.written, &word.folded) }).collect();
        let stop_words_in = |slot: Slot| -> Vec<bool> {
            let is_stop_word = |(at, mask): (usize, &u64)| match expansions.0.get(&(at, slot)) {
                Some(expansion) if expansion.is_correction => {
                    expansion.words.first().is_some_and(|(word, _)| stop_word_slots(word, word) & slot.bit() > 0)
                }
                _ => mask & slot.bit() > 0,
            };
            masks.iter().enumerate().map(is_stop_word).collect()
        };
        let is_stop_word: Vec<Vec<bool>> = slots.iter().map(|&slot| stop_words_in(slot)).collect();
        let counted =
            |is: &dyn Fn(usize) -> bool| (0..words.len()).filter(|&at| is(at)).map(|at| usize::from(words[at].count)).sum::<usize>();
        let likely = likely_language(&is_stop_word.iter().map(|own| counted(&|at| own[at])).collect::<Vec<_>>());
        let slot_plans = slots.iter().zip(&is_stop_word).filter(|(slot, _)| among & slot.mark() > 0).map(|(&slot, own)| {
            // What a word was corrected to says something of this language alone.
            let is_left_out = |at: usize| own[at] || likely.is_some_and(|likely| masks[at] & slots[likely].bit() > 0);
            let some_remain = (0..words.len()).any(|at| !is_left_out(at));
            let mut wanted: Vec<PlannedTerm> = Vec::new();
            for at in (0..words.len()).filter(|&at| !some_remain || !is_left_out(at)) {
                let expansion = expansions.0.get(&(at, slot));
                let confidence = expansion.map_or(1.0, |expansion| expansion.confidence);
                let weight = f32::from(words[at].count) * confidence;
                let (terms, phrases) = (terms(slot, &words[at], expansion), phrases(slot, expansion));
                add_term(&mut wanted, PlannedTerm { terms, phrases, weight, words: 1 << at });
            }
            let stop_words = counted(&|at| own[at]);
            let foreign_stop_words = counted(&|at| some_remain && is_left_out(at) && !own[at]);
            SlotPlan { slot, wanted, stop_words, foreign_stop_words }
        });
        let stop_words = masks.iter().enumerate().filter(|(_, mask)| **mask > 0).fold(0, |set, (at, _)| set | 1 << at);
        QueryPlan { slots: slot_plans.collect(), stop_words }
    }

    pub fn is_empty(&self) -> bool {
        self.slots.iter().all(|slot_plan| slot_plan.wanted.is_empty())
    }

    pub fn terms(&self, slot: Slot) -> &[PlannedTerm] {
        self.slots.iter().find(|slot_plan| slot_plan.slot == slot).map_or(&[], |slot_plan| &slot_plan.wanted)
    }
}

const _: () = assert!(MOST_WORDS <= u64::BITS as usize, "a word's number has its bit");

/// The one language that has more of the query's words among its stop words than any other.
fn likely_language(counts: &[usize]) -> Option<usize> {
    let most = counts.iter().copied().max().filter(|most| *most > 0)?;
    let mut leaders = counts.iter().enumerate().filter(|(_, count)| **count == most);
    let leader = leaders.next().map(|(at, _)| at);
    leaders.next().is_none().then_some(leader).flatten()
}

/// The terms of a word in a slot.
fn terms(slot: Slot, word: &QueryWord, expansion: Option<&WordExpansion>) -> Vec<(String, f32)> {
    let folded = stem(slot, &word.folded);
    let share = if expansion.is_some_and(|expansion| expansion.is_correction) { TYPED } else { 1.0 };
    let mut terms: Vec<(String, f32)> = match spelled_stem(slot, &word.written, &word.folded) {
        Some(spelled) => vec![(spelled, share), (folded, share * RESPELLED)],
        None => vec![(folded, share)],
    };
    let synonyms = expansion.iter().flat_map(|expansion| &expansion.synonyms).filter_map(|synonym| match &synonym.words[..] {
        [word] => Some((word, SYNONYM)),
        _ => None,
    });
    let words = expansion.iter().flat_map(|expansion| &expansion.words).map(|(word, share)| (word, *share));
    for (word, share) in words.chain(synonyms) {
        let term = stem(slot, word);
        join(&mut terms, term, share);
    }
    terms
}

/// A term counts what it counts most.
fn join(terms: &mut Vec<(String, f32)>, term: String, share: f32) {
    match terms.iter_mut().find(|(known, _)| *known == term) {
        Some((_, known)) => *known = known.max(share),
        None => terms.push((term, share)),
    }
}

/// What a word stands for in a slot that has several words.
fn phrases(slot: Slot, expansion: Option<&WordExpansion>) -> Vec<(Vec<String>, f32)> {
    let several = expansion.iter().flat_map(|expansion| &expansion.synonyms).filter(|synonym| synonym.words.len() > 1);
    several.map(|synonym| (synonym.words.iter().map(|word| stem(slot, word)).collect(), SYNONYM)).collect()
}

fn add_term(wanted: &mut Vec<PlannedTerm>, next: PlannedTerm) {
    if let Some(known) = wanted.iter_mut().find(|known| known.terms[0] == next.terms[0]) {
        known.weight += next.weight;
        known.words |= next.words;
        for (term, share) in next.terms {
            join(&mut known.terms, term, share);
        }
        for phrase in next.phrases {
            if known.phrases.iter().all(|(own, _)| *own != phrase.0) {
                known.phrases.push(phrase);
            }
        }
    } else {
        wanted.push(next);
    }
}
