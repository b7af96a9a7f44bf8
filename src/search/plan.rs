//! From a question to the terms looked up for it, slot by slot.
//!
//! The language of a question is not told, so each language that has texts is tried with its own analyser, and a hit keeps the language that
//! fits best. A word weighs as often as it stands in the question. Function words are left out where others remain.
//!
//! A word may stand for several: the words that begin so, what it was perhaps meant to be, what it is compounded with. Those are its [`Variants`]; they count as
//! one word that stands wherever one of them does.

use std::collections::HashMap;
use std::sync::Arc;

use super::analyse::{function_slots, spelled, stem};
use super::languages::Slot;
use super::question::{MOST, Question, Word};
use super::shelf::Length;
use super::synonyms::Expansion;

/// What an occurrence of a synonym counts against one of the word itself.
pub(super) const SYNONYM: f32 = 0.6;

/// What a word that is spelled with other accents counts against one spelled as asked, where the stemmer tells them apart.
const RESPELLED: f32 = 0.5;

/// What a word that was corrected counts as it was typed: its own inflections stay hits.
const TYPED: f32 = 0.1;

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
    /// Terms that count as it where they follow one another, each with what an occurrence counts.
    pub phrases: Vec<(Vec<String>, f32)>,
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

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variant {
    /// Folded words, each with what an occurrence counts.
    pub words: Vec<(String, f32)>,
    /// What it also stands for, as administrators say.
    pub synonyms: Vec<Arc<Expansion>>,
    /// Whether the word is unknown and these are what it was perhaps meant to be.
    pub is_correction: bool,
    /// How sure that is, 0 to 1: what the word counts against one that is known.
    pub sureness: f32,
}

impl Default for Variant {
    fn default() -> Variant {
        Variant { words: Vec::new(), synonyms: Vec::new(), is_correction: false, sureness: 1.0 }
    }
}

impl Plan {
    /// What to look up in the slots that have texts in sight. Empty when the question has no words.
    pub fn new(question: &Question, lengths: &[Length; Slot::COUNT], variants: &Variants) -> Plan {
        Plan::of(question, lengths, variants, u64::MAX)
    }

    /// The same for these slots alone, as a set of their [`Slot::mark`]s; what is left out all languages decide, as ever.
    pub fn of(question: &Question, lengths: &[Length; Slot::COUNT], variants: &Variants, among: u64) -> Plan {
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
        let sought = slots.iter().zip(&is_function).filter(|(slot, _)| among & slot.mark() > 0).map(|(&slot, own)| {
            // What a word was corrected to says something of this language alone.
            let is_left_out = |at: usize| own[at] || likely.is_some_and(|likely| masks[at] & slots[likely].bit() > 0);
            let some_remain = (0..words.len()).any(|at| !is_left_out(at));
            let mut wanted: Vec<Wanted> = Vec::new();
            for at in (0..words.len()).filter(|&at| !some_remain || !is_left_out(at)) {
                let variant = variants.0.get(&(at, slot));
                let sureness = variant.map_or(1.0, |variant| variant.sureness);
                let weight = f32::from(words[at].count) * sureness;
                let (terms, phrases) = (terms(slot, &words[at], variant), phrases(slot, variant));
                want(&mut wanted, Wanted { terms, phrases, weight, words: 1 << at });
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

/// The terms of a word in a slot.
fn terms(slot: Slot, word: &Word, variant: Option<&Variant>) -> Vec<(String, f32)> {
    let folded = stem(slot, &word.folded);
    let share = if variant.is_some_and(|variant| variant.is_correction) { TYPED } else { 1.0 };
    let mut terms: Vec<(String, f32)> = match spelled(slot, &word.written, &word.folded) {
        Some(spelled) => vec![(spelled, share), (folded, share * RESPELLED)],
        None => vec![(folded, share)],
    };
    let synonyms = variant.iter().flat_map(|variant| &variant.synonyms).filter_map(|synonym| match &synonym.words[..] {
        [word] => Some((word, SYNONYM)),
        _ => None,
    });
    let words = variant.iter().flat_map(|variant| &variant.words).map(|(word, share)| (word, *share));
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
fn phrases(slot: Slot, variant: Option<&Variant>) -> Vec<(Vec<String>, f32)> {
    let several = variant.iter().flat_map(|variant| &variant.synonyms).filter(|synonym| synonym.words.len() > 1);
    several.map(|synonym| (synonym.words.iter().map(|word| stem(slot, word)).collect(), SYNONYM)).collect()
}

fn want(wanted: &mut Vec<Wanted>, next: Wanted) {
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
