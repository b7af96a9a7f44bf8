//! From a question to the terms looked up for it, slot by slot.
//!
//! The language of a question is not told, so each language that has texts is tried with its own analyser, and a hit keeps the language that
//! fits best. A word weighs as often as it stands in the question. Function words are left out where others remain.
//!
//! A word may stand for several: the words that begin so, what it was perhaps meant to be, what it is compounded with. Those are its [`Variants`]; they count as
//! one word that stands wherever one of them does.

use std::collections::HashMap;

use super::analyse::{accented, function_slots, stem};
use super::languages::Slot;
use super::question::{MOST, Question, Word};
use super::shelf::Length;

/// The terms to look up.
#[derive(Default)]
pub(super) struct Plan {
    /// Languages first, names last.
    pub slots: Vec<Sought>,
    /// The words that are a function word of some language, as a set of their numbers.
    pub function: u64,
}

/// What is looked up in one slot.
pub(super) struct Sought {
    pub slot: Slot,
    pub wanted: Vec<Wanted>,
    /// How many of the question's words are function words of this language.
    pub familiar: usize,
    /// How many more were left out as function words of another language.
    pub foreign: usize,
}

/// A term with its weight, and what else counts as it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    /// The word's own term first, then those of its variants, each with what an occurrence counts.
    pub terms: Vec<(String, f32)>,
    pub weight: f32,
    /// Which words of the question it stands for, as a set of their numbers.
    pub words: u64,
}

impl Wanted {
    pub fn has(&self, term: &str) -> bool {
        self.terms.iter().any(|(own, _)| own == term)
    }
}

/// What words of a question stand for beside themselves, by their number and the slot.
#[derive(Debug, Default)]
pub(super) struct Variants(pub HashMap<(usize, Slot), Variant>);

#[derive(Clone, Debug)]
pub(super) struct Variant {
    /// Folded words, each with what an occurrence counts.
    pub words: Vec<(String, f32)>,
    /// Whether the word is unknown and these are what it was perhaps meant to be.
    pub is_correction: bool,
    /// How sure that is, 0 to 1: what the word counts against one that is known.
    pub sureness: f32,
}

impl Default for Variant {
    fn default() -> Variant {
        Variant { words: Vec::new(), is_correction: false, sureness: 1.0 }
    }
}

impl Plan {
    /// What to look up in the slots that have texts in sight. Empty when the question has no words.
    pub fn new(question: &Question, lengths: &[Length; Slot::COUNT], variants: &Variants) -> Plan {
        let words = &question.words;
        let slots: Vec<Slot> = Slot::sought().filter(|slot| lengths[slot.index()].docs > 0).collect();
        let masks: Vec<u64> =
            words.iter().map(|word| if word.is_prefix { 0 } else { function_slots(&word.written, &word.folded) }).collect();
        let function_in = |slot: Slot| -> Vec<bool> {
            let is_function = |(at, mask): (usize, &u64)| match variants.0.get(&(at, slot)) {
                Some(variant) if variant.is_correction => {
                    variant.words.first().is_some_and(|(word, _)| function_slots(word, word) & slot.bit() > 0)
                }
                _ => mask & slot.bit() > 0,
            };
            masks.iter().enumerate().map(is_function).collect()
        };
        let is_function: Vec<Vec<bool>> = slots.iter().map(|&slot| function_in(slot)).collect();
        let counted =
            |is: &dyn Fn(usize) -> bool| (0..words.len()).filter(|&at| is(at)).map(|at| usize::from(words[at].count)).sum::<usize>();
        let likely = likely_language(&is_function.iter().map(|own| counted(&|at| own[at])).collect::<Vec<_>>());
        let sought = slots.iter().zip(&is_function).map(|(&slot, own)| {
            let is_left_out = |at: usize| own[at] || likely.is_some_and(|likely| is_function[likely][at]);
            let some_remain = (0..words.len()).any(|at| !is_left_out(at));
            let mut wanted: Vec<Wanted> = Vec::new();
            for at in (0..words.len()).filter(|&at| !some_remain || !is_left_out(at)) {
                let variant = variants.0.get(&(at, slot));
                let sureness = variant.map_or(1.0, |variant| variant.sureness);
                want(&mut wanted, terms(slot, &words[at], variant), f32::from(words[at].count) * sureness, at);
            }
            let familiar = counted(&|at| own[at]);
            let foreign = counted(&|at| some_remain && is_left_out(at) && !own[at]);
            Sought { slot, wanted, familiar, foreign }
        });
        let function = masks.iter().enumerate().filter(|(_, mask)| **mask > 0).fold(0, |set, (at, _)| set | 1 << at);
        Plan { slots: sought.collect(), function }
    }

    pub fn is_empty(&self) -> bool {
        self.slots.iter().all(|sought| sought.wanted.is_empty())
    }

    pub fn terms(&self, slot: Slot) -> &[Wanted] {
        self.slots.iter().find(|sought| sought.slot == slot).map_or(&[], |sought| &sought.wanted)
    }
}

const _: () = assert!(MOST <= u64::BITS as usize, "a word's number has its bit");

/// The one language that has more of the question's words among its function words than any other.
fn likely_language(counts: &[usize]) -> Option<usize> {
    let most = counts.iter().copied().max().filter(|most| *most > 0)?;
    let mut leaders = counts.iter().enumerate().filter(|(_, count)| **count == most);
    let leader = leaders.next().map(|(at, _)| at);
    leaders.next().is_none().then_some(leader).flatten()
}

/// What a word written without its accents counts where the question has them.
const UNACCENTED: f32 = 0.5;

/// The terms of a word in a slot. A word that was corrected stands no longer for itself.
fn terms(slot: Slot, word: &Word, variant: Option<&Variant>) -> Vec<(String, f32)> {
    let mut terms: Vec<(String, f32)> = Vec::new();
    if variant.is_none_or(|variant| !variant.is_correction) {
        let own = stem(slot, &word.folded);
        match accented(slot, &word.written, &word.folded).filter(|_| !word.is_prefix) {
            Some(accented) => terms.extend([(accented, 1.0), (own, UNACCENTED)]),
            None => terms.push((own, 1.0)),
        }
    }
    for (word, share) in variant.iter().flat_map(|variant| &variant.words) {
        let term = stem(slot, word);
        if terms.iter().all(|(known, _)| *known != term) {
            terms.push((term, *share));
        }
    }
    terms
}

fn want(wanted: &mut Vec<Wanted>, terms: Vec<(String, f32)>, weight: f32, at: usize) {
    if let Some(known) = wanted.iter_mut().find(|known| known.terms[0] == terms[0]) {
        known.weight += weight;
        known.words |= 1 << at;
        for term in terms {
            if known.terms.iter().all(|(own, _)| *own != term.0) {
                known.terms.push(term);
            }
        }
    } else {
        wanted.push(Wanted { terms, weight, words: 1 << at });
    }
}
