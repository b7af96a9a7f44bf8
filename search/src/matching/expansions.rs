//! What the words of a query may stand for beside themselves.
//!
//! - `begin*` stands for the words that begin so.
//! - A word that stands in no visible document as it is written, in none of the languages that the query is likely in and in no name, is corrected from
//!   the words of those that do, in each of these languages on its own: see `spelling`. One that is right in any of these languages is no slip: nothing else is sought for it, what
//!   it would have been corrected to is offered.
//! - What administrators say that it also finds: see `synonyms`.
//! - In a language that writes compounds as one word, a word also stands for the compounds it is part of.
//!
//! Invariant: but for synonyms, all of it is told by visible documents, see `index::vocabulary`.

use super::compounds::{SHORTEST_PART, compounds};
use super::spelling;
use super::spelling::Context;
use super::term_lookup::ResolvedPlan;
use crate::analysis::{Slot, stop_word_slots};
use crate::contract::Result;
use crate::index::{Searcher, Visibility, vocabulary};
use crate::query::{Expansions, IndexView, ParsedQuery, QueryPlan, QueryWord, Thesaurus};

/// Words that a prefix or a part of compounds stands for in one language.
pub const PREFIX_WORDS: usize = 64;
/// Synonyms of a word that are heeded in one language.
const SYNONYMS: usize = 32;
/// How likely a query must be in a language, against the likeliest, for its words to be corrected in it, and to be taken apart, which costs
/// more look-ups and helps where the language is right.
pub const LIKELY: f32 = 0.5;
const SURELY: f32 = 0.9;

/// Whether a word may stand for others in any index at all; one that may not finds its own forms alone.
pub fn may_expand(word: &QueryWord) -> bool {
    word.is_prefix || (!word.is_exact && would_expand(&word.written, &word.folded))
}

/// Whether a word that is no prefix would be expanded, if it were not quoted.
pub fn would_expand(written: &str, folded: &str) -> bool {
    // Shorter words are neither corrected nor parts of compounds; stop words are known and part of none.
    !has_digits(folded) && folded.chars().count() >= SHORTEST_PART && stop_word_slots(written, folded) == 0
}

/// Whether a word is meant as it is.
fn is_literal(word: &QueryWord) -> bool {
    word.is_exact || has_digits(&word.folded)
}

fn has_digits(folded: &str) -> bool {
    folded.contains(|c: char| c.is_ascii_digit())
}

/// What is known before anything was looked up: the words that begin so, and synonyms.
pub fn before_lookup(searcher: &Searcher, visibility: &Visibility, thesaurus: &Thesaurus, query: &ParsedQuery) -> Result<Expansions> {
    let mut expansions = synonyms(thesaurus, query);
    add_prefixes(searcher, visibility, query, u64::MAX, &mut expansions)?;
    Ok(expansions)
}

/// What administrators say that words stand for.
pub fn synonyms(thesaurus: &Thesaurus, query: &ParsedQuery) -> Expansions {
    let mut expansions = Expansions::default();
    for slot in Slot::searched() {
        for (at, synonym) in thesaurus.of(query, slot) {
            let synonyms = &mut expansions.0.entry((at, slot)).or_default().synonyms;
            if synonyms.len() < SYNONYMS {
                synonyms.push(synonym);
            }
        }
    }
    expansions
}

/// Adds the words that begin so, of these slots, as a set of their [`Slot::mark`]s.
pub fn add_prefixes(
    searcher: &Searcher,
    visibility: &Visibility,
    query: &ParsedQuery,
    among: u64,
    expansions: &mut Expansions,
) -> Result<()> {
    for (at, word) in query.words.iter().enumerate().filter(|(_, word)| word.is_prefix) {
        for found in vocabulary::with_prefix(searcher, visibility, &word.folded, |slot| among & slot.mark() > 0)? {
            let words = &mut expansions.0.entry((at, found.slot)).or_default().words;
            if words.len() < PREFIX_WORDS {
                words.push((found.word, 1.0));
            }
        }
    }
    Ok(())
}

/// Adds what words stand for in the light of what was found: corrections of those that were not, parts and wholes of compounds; answers whether there are any.
pub fn after_lookup(
    view: &IndexView,
    visibility: &Visibility,
    query: &ParsedQuery,
    plan: &QueryPlan,
    resolved: &ResolvedPlan,
    expansions: &mut Expansions,
) -> Result<bool> {
    let searcher = &*view.searcher;
    // What has one word may be of any language: `percolator::candidates` relies on that.
    let is_likely = |share: f32| share >= LIKELY || query.words.len() == 1;
    let likely: Vec<Slot> =
        resolved.likely_languages().filter(|(_, share)| is_likely(*share)).map(|(slot, _)| slot).chain([Slot::NAMES]).collect();
    let surely = resolved.likely_languages().filter(|(slot, share)| *share >= SURELY && slot.is_compounding());
    let compounding: Vec<Slot> = surely.map(|(slot, _)| slot).collect();
    let mut is_any = false;
    let unknown = unknown(searcher, visibility, query, &likely)? & !plan.stop_words;
    let mut context: Option<Context> = None;
    for (at, word) in query.words.iter().enumerate() {
        if word.is_prefix || is_literal(word) {
            continue;
        }
        let mut words: Vec<(Slot, (String, f32), Option<f32>)> = Vec::new();
        for &slot in &compounding {
            if plan.stop_words >> at & 1 == 0 {
                words.extend(compounds(searcher, visibility, &word.folded, slot)?.into_iter().map(|word| (slot, word, None)));
            }
        }
        let is_unknown = unknown >> at & 1 == 1 && words.is_empty();
        let is_inflected = |slot| resolved.found_in(slot) >> at & 1 == 1;
        let is_right = is_unknown && likely.iter().any(|slot| view.lexicon.knows(*slot, &word.written, &word.folded));
        // A right word that is found by another of its forms leaves nothing to offer.
        if is_unknown && !(is_right && likely.iter().any(|slot| is_inflected(*slot))) {
            let near = vocabulary::near_words(searcher, visibility, &word.folded, &likely)?;
            if !near.is_empty() {
                let context = match &mut context {
                    Some(context) => context,
                    None => context.insert(Context::new(searcher, visibility, resolved, unknown)?),
                };
                for found in spelling::corrections(searcher, visibility, context, &word.folded, near, is_inflected)? {
                    if is_right {
                        expansions.0.entry((at, found.slot)).or_default().offered = Some(found.word);
                    } else {
                        words.push((found.slot, (found.word, 1.0), Some(found.confidence)));
                    }
                }
            }
        }
        is_any |= !words.is_empty();
        for (slot, word, confidence) in words {
            let expansion = expansions.0.entry((at, slot)).or_default();
            expansion.words.push(word);
            expansion.is_correction = confidence.is_some();
            expansion.confidence = confidence.unwrap_or(1.0);
        }
    }
    Ok(is_any)
}

/// The words that stand nowhere in these slots as they are written, as a set of their numbers.
fn unknown(searcher: &Searcher, visibility: &Visibility, query: &ParsedQuery, slots: &[Slot]) -> Result<u64> {
    let among = slots.iter().fold(0, |set, slot| set | slot.mark());
    let mut unknown = 0;
    for (at, word) in query.words.iter().enumerate() {
        if !word.is_prefix && !is_literal(word) && vocabulary::slots_with(searcher, visibility, &word.folded, among)? == 0 {
            unknown |= 1 << at;
        }
    }
    Ok(unknown)
}
