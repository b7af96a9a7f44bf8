//! Words and prefixes within an edit distance: automata that walk the term dictionary. A transposition is one edit.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::termdict::TermDictionary;
use tantivy_fst::Automaton;

use super::vocabulary_terms::BACKWARDS;
use crate::contract::Result;

/// Whether a word may be a correction of another, judged by the two alone.
pub fn is_near(folded: &str, other: &str) -> bool {
    let most = max_edits(folded);
    most > 0 && WordAutomaton::within(most, folded).distance(other) <= most
}

/// What a change of the first letter counts beside the edit that it is: people seldom mistype it, and words that differ in it are other words.
const FIRST_LETTER: u8 = 1;

/// The edits that a wrong first letter counts more.
pub fn first_letter(typed: &str, meant: &str) -> u8 {
    if typed.chars().next() == meant.chars().next() { 0 } else { FIRST_LETTER }
}

/// How many edits a word, or a prefix, may be away from what was meant. Below five letters every other word is near.
pub fn max_edits(folded: &str) -> u8 {
    match folded.chars().count() {
        0..5 => 0,
        5..9 => 1,
        _ => 2,
    }
}

fn builder(distance: u8) -> &'static LevenshteinAutomatonBuilder {
    static ONE: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
    static TWO: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));
    if distance == 1 { &ONE } else { &TWO }
}

/// Finds the terms whose word is near another, whatever their slot.
pub struct WordAutomaton<'a> {
    folded: &'a str,
    dfa: DFA,
}

impl WordAutomaton<'_> {
    pub fn within(edits: u8, folded: &str) -> WordAutomaton<'_> {
        WordAutomaton { folded, dfa: builder(edits).build_dfa(folded) }
    }

    /// How many edits a word is away, at the least; a change of the first letter counts as two.
    pub fn distance(&self, word: &str) -> u8 {
        match self.dfa.eval(word) {
            Distance::Exact(distance) | Distance::AtLeast(distance) => distance + first_letter(self.folded, word),
        }
    }
}

impl Automaton for &WordAutomaton<'_> {
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

/// How far a term is read.
#[derive(Clone, Copy)]
pub enum At {
    Word(u32),
    Found,
    Lost,
}

/// Finds the terms that are, or begin, within so many edits of what was typed.
pub struct EditAutomaton {
    dfa: DFA,
    most: u8,
}

impl EditAutomaton {
    /// Finds whole terms.
    pub fn of_terms(edits: u8, typed: &str) -> EditAutomaton {
        EditAutomaton { dfa: builder(edits).build_dfa(typed), most: edits }
    }

    /// Finds terms by their beginnings.
    pub fn of_prefixes(edits: u8, typed: &str) -> EditAutomaton {
        EditAutomaton { dfa: builder(edits).build_prefix_dfa(typed), most: edits }
    }

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

impl Automaton for &EditAutomaton {
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
