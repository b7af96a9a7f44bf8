//! From a question to the terms looked up for it, slot by slot.
//!
//! The language of a question is not told, so each language that has texts is tried with its own analyser, and a hit keeps the language that
//! fits best. A word weighs as often as it stands in the question. Function words are left out where others remain.
//!
//! A seam: words that no document in sight has are looked up as they are and find nothing. A correction from the index's own vocabulary (which
//! takes one more field, of whole folded words) belongs into [`Plan::new`], before words are stemmed, and then tells `did_you_mean`.

use super::analyse::{folded_words, is_function_word, stem};
use super::languages::Slot;
use super::shelf::Length;

/// Questions longer than this are cut, in bytes and in different words.
pub(super) const LONGEST: usize = 4_000;
const MOST: usize = 48;

/// The terms to look up.
pub(super) struct Plan {
    /// Languages first, names last.
    pub slots: Vec<Sought>,
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

/// A term with its weight.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub term: String,
    pub weight: f32,
}

impl Plan {
    /// What to look up in the slots that have texts in sight. Empty when the text has no words.
    pub fn new(text: &str, lengths: &[Length; Slot::COUNT]) -> Plan {
        let mut words: Vec<(String, String)> = folded_words(&text[..text.floor_char_boundary(LONGEST)]);
        words.truncate(MOST * 4);
        let slots: Vec<Slot> = Slot::sought().filter(|slot| lengths[slot.index()].docs > 0).collect();
        let is_function: Vec<Vec<bool>> =
            slots.iter().map(|&slot| words.iter().map(|(written, folded)| is_function_word(slot, written, folded)).collect()).collect();
        let likely = likely_language(&is_function);
        let slots = slots
            .iter()
            .zip(&is_function)
            .map(|(&slot, own)| {
                let is_left_out = |at: usize| own[at] || likely.is_some_and(|likely| is_function[likely][at]);
                let some_remain = (0..words.len()).any(|at| !is_left_out(at));
                let kept = words.iter().enumerate().filter(|(at, _)| !some_remain || !is_left_out(*at));
                let familiar = own.iter().filter(|is| **is).count();
                let foreign = (0..words.len()).filter(|&at| some_remain && is_left_out(at) && !own[at]).count();
                Sought { slot, wanted: weighed(kept.map(|(_, (_, folded))| stem(slot, folded))), familiar, foreign }
            })
            .collect();
        Plan { slots }
    }

    pub fn is_empty(&self) -> bool {
        self.slots.iter().all(|sought| sought.wanted.is_empty())
    }

    pub fn terms(&self, slot: Slot) -> &[Wanted] {
        self.slots.iter().find(|sought| sought.slot == slot).map_or(&[], |sought| &sought.wanted)
    }
}

/// The one language that has more of the question's words among its function words than any other.
fn likely_language(is_function: &[Vec<bool>]) -> Option<usize> {
    let counts: Vec<usize> = is_function.iter().map(|words| words.iter().filter(|is| **is).count()).collect();
    let most = counts.iter().copied().max().filter(|most| *most > 0)?;
    let mut leaders = counts.iter().enumerate().filter(|(_, count)| **count == most);
    let leader = leaders.next().map(|(at, _)| at);
    leaders.next().is_none().then_some(leader).flatten()
}

fn weighed(terms: impl Iterator<Item = String>) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for term in terms {
        if let Some(known) = wanted.iter_mut().find(|known| known.term == term) {
            known.weight += 1.0;
        } else if wanted.len() < MOST {
            wanted.push(Wanted { term, weight: 1.0 });
        }
    }
    wanted
}
