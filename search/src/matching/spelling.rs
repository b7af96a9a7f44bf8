//! What an unknown word of a query was perhaps meant to be.
//!
//! The words near it are weighed as a noisy channel would: how often the word is written, how likely the slip is (letters that change places or are doubled are
//! the commonest, a wrong first letter the rarest), and above all how well it fits the rest of the query: whether a document that answers the
//! other words well has it, too. The same tells how far a correction is trusted. For what people's slips look like: Kernighan, Church and Gale, "A Spelling Correction
//! Program Based on a Noisy Channel Model", 1990.
//!
//! A word that stands nowhere as it is written may still be an inflection of a word that does. It is corrected only where a near word fits the query better.
//!
//! Invariant: all of it is told by visible documents, and by all of them: neither the filter nor the page changes what a word is taken for.

use super::term_lookup;
use super::term_lookup::ResolvedPlan;
use crate::analysis::{Slot, stem};
use crate::contract::Result;
use crate::index::{IndexedWord, Searcher, Visibility, vocabulary};

/// What the evidence counts, as logarithms of odds: fitting the rest of the query, the commonest slips, and the rarest.
const FITS: f32 = 8.0;
const COMMON_SLIP: f32 = 2.0;
const RARE_SLIP: f32 = -3.0;
/// The least that a correction is trusted, one step away and two; one that fits the query is trusted wholly.
const LEAST: [f32; 2] = [0.8, 0.6];
/// How much better a near word must fit the query before an inflection of a known word is taken for it.
const BETTER: f32 = 0.25;

/// What a word was taken for in one language.
pub struct Correction {
    pub slot: Slot,
    pub word: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// How well each visible document answers the words that are known.
pub struct Context {
    /// By segment and document.
    scores: Vec<Vec<f32>>,
    best: f32,
}

impl Context {
    pub fn new(searcher: &Searcher, visibility: &Visibility, resolved: &ResolvedPlan, without: u64) -> Result<Context> {
        let mut scores: Vec<Vec<f32>> = searcher.segments.iter().map(|segment| vec![0.0; segment.max_doc() as usize]).collect();
        let mut best: f32 = 0.0;
        resolved.score(searcher, visibility.docs(), &[], without, |ordinal, doc, score, _| {
            scores[ordinal][doc as usize] = score;
            best = best.max(score);
        })?;
        Ok(Context { scores, best })
    }

    /// How well the best of some documents answers the rest of the query, against the best of all: 0 to 1. Where there is no rest nothing fits it.
    fn fit(&self, best: f32) -> f32 {
        if self.best > 0.0 { best / self.best } else { 0.0 }
    }

    fn fit_of(&self, searcher: &Searcher, visibility: &Visibility, found: &IndexedWord) -> Result<f32> {
        let mut best: f32 = 0.0;
        vocabulary::each_doc_with(searcher, visibility, found, |ordinal, doc| best = best.max(self.scores[ordinal][doc as usize]))?;
        Ok(self.fit(best))
    }

    /// How well documents with an inflection of the word answer the rest.
    fn fit_of_inflections(&self, searcher: &Searcher, visibility: &Visibility, slot: Slot, folded: &str) -> Result<f32> {
        let mut best: f32 = 0.0;
        term_lookup::each_doc_with(searcher, visibility, slot, &stem(slot, folded), |ordinal, doc| {
            best = best.max(self.scores[ordinal][doc as usize]);
        })?;
        Ok(self.fit(best))
    }
}

/// What a word that no document has as it is written was perhaps meant to be: of the words near it, one in each language. `is_inflected` tells where its stem is known.
pub fn corrections(
    searcher: &Searcher,
    visibility: &Visibility,
    context: &Context,
    folded: &str,
    near: Vec<IndexedWord>,
    is_inflected: impl Fn(Slot) -> bool,
) -> Result<Vec<Correction>> {
    let mut best: Vec<(f32, Correction)> = Vec::new();
    for found in near {
        let fit = context.fit_of(searcher, visibility, &found)?;
        if is_inflected(found.slot) && fit < context.fit_of_inflections(searcher, visibility, found.slot, folded)? + BETTER {
            continue;
        }
        let evidence = (1.0 + found.frequency as f32).ln() + FITS * fit + slip(folded, &found.word);
        let least = LEAST[usize::from(found.distance.clamp(1, 2)) - 1];
        let correction = Correction { slot: found.slot, confidence: hundredths(least + (1.0 - least) * fit), word: found.word };
        match best.iter_mut().find(|(_, known)| known.slot == correction.slot) {
            Some(known) if known.0 < evidence => *known = (evidence, correction),
            Some(_) => {}
            None => best.push((evidence, correction)),
        }
    }
    Ok(best.into_iter().map(|(_, correction)| correction).collect())
}

/// A cursor keeps shares in hundredths, so that is what pages are weighed by from the first.
fn hundredths(share: f32) -> f32 {
    (share * 100.0).round() / 100.0
}

/// How likely one slip is against another.
fn slip(typed: &str, meant: &str) -> f32 {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let first = if typed.first() == meant.first() { 0.0 } else { RARE_SLIP };
    let from = typed.iter().zip(&meant).take_while(|(a, b)| a == b).count();
    let is_swapped = typed.len() == meant.len() && typed.get(from) == meant.get(from + 1) && typed.get(from + 1) == meant.get(from);
    let (shorter, longer) = if typed.len() < meant.len() { (&typed, &meant) } else { (&meant, &typed) };
    let doubled = longer.get(from).is_some_and(|letter| from > 0 && longer[from - 1] == *letter || longer.get(from + 1) == Some(letter));
    let is_doubled = shorter.len() + 1 == longer.len() && doubled && shorter[from..] == longer[from + 1..];
    first + if is_swapped || is_doubled { COMMON_SLIP } else { 0.0 }
}
