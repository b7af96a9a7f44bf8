//! Which stored queries find a document.
//!
//! A query without words lists what its filter admits. Any other finds what has one of the terms it is looked up by, and what those are, this
//! decides as far as it can without the rest of the index:
//!
//! - A word that says something in every language is always among them. Where it stands in the document, that is a hit.
//! - A word that says nothing in the language of the text is left out beside one that is known and says something.
//! - A word that stands in everybody's index as it is written, in a name or in a text of one language, is not corrected in that language. Where it is the only
//!   word of its query, it is not corrected at all.
//! - A synonym leads from what it finds to the queries that have the first word of its term.
//! - A prefix stands for all words that begin so, where these are few.
//!
//! Where a document may be found by something else, the index is asked.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::document_terms::DocumentTerms;
use super::query_terms::QueryTerm;
use super::stored_queries::{NamedValues, Percolator, StoredQuery};
use crate::analysis::Slot;
use crate::contract::{Result, SearchDoc};
use crate::index::{Visibility, vocabulary};
use crate::matching::{expansions, inflections};
use crate::query::IndexView;

/// Words of all languages walked through for one prefix; with more of them the index is asked.
const WALKED: usize = 2_000;

/// The queries that find a document.
#[derive(Debug, PartialEq, Eq)]
pub struct Candidates<K> {
    /// They find it, whoever of those that may see it asks.
    pub certain: Vec<K>,
    /// The index must be asked as their viewer.
    pub uncertain: Vec<K>,
}

/// A percolator, with the index as it is in one moment.
pub struct Matcher<'a, K> {
    percolator: &'a Percolator<K>,
    view: IndexView,
    /// What everybody sees.
    common: Visibility,
    /// Words that were asked for, and the slots in which they stand in everybody's index.
    slots_with: HashMap<u32, u64>,
}

/// How a word of queries is met by a document.
#[derive(Clone, Copy, Default)]
struct WordMatch {
    /// The slots in which it stands in one of its forms.
    exact: u64,
    /// A word begins so; for sure where that can't be cut off.
    begins: bool,
    surely_begins: bool,
    /// The slots in which a word that it may have been meant to be stands.
    near: u64,
    /// So does a part of it, or what it is a part of.
    is_part: bool,
}

enum Verdict {
    Found,
    Uncertain,
    Not,
}

impl<K: Copy + Eq + Hash + Ord> Percolator<K> {
    /// Matches documents in one moment of the index. `common` is the audience that every viewer sees.
    pub fn matcher(&self, view: &IndexView, common: &str) -> Matcher<'_, K> {
        let common = Visibility::new(Some(&[common.to_owned()]), &view.searcher);
        Matcher { percolator: self, view: view.clone(), common, slots_with: HashMap::new() }
    }
}

impl<K: Copy + Eq + Hash + Ord> Matcher<'_, K> {
    /// The queries that find a document, which the index holds as it is here.
    pub fn candidates(&mut self, doc: &SearchDoc) -> Result<Candidates<K>> {
        let mut admitted: Vec<Option<bool>> = vec![None; self.percolator.filters.len()];
        let percolator = self.percolator;
        let mut admits = |filter: u32| *admitted[filter as usize].get_or_insert_with(|| percolator.filters.admits(filter, doc));
        let document = DocumentTerms::of(doc);
        let met = self.met(&document);
        let mut numbers: Vec<u32> =
            met.keys().filter_map(|word| percolator.words.get(*word)).flat_map(|entry| &entry.posts).copied().collect();
        let askers =
            self.view.thesaurus.queries_reaching(&document.terms).flat_map(|(slot, first)| percolator.words.with_stem(slot, first));
        let by_synonym: HashSet<u32> =
            askers.filter_map(|word| percolator.words.get(word)).flat_map(|entry| &entry.posts).copied().collect();
        numbers.extend(&by_synonym);
        for filter in percolator.filters.near(doc).into_iter().filter(|filter| admits(*filter)) {
            numbers.extend(percolator.filters.listing(filter));
        }
        numbers.sort_unstable();
        numbers.dedup();
        let mut candidates = Candidates { certain: Vec::new(), uncertain: Vec::new() };
        for (number, stored) in numbers.into_iter().filter_map(|number| Some((number, percolator.stored[number as usize].as_ref()?))) {
            if !admits(stored.filter) || !is_met(stored, &document, doc) {
                continue;
            }
            match self.verdict(stored, &met)? {
                Verdict::Found if has_named(stored, doc) => candidates.certain.push(stored.key),
                Verdict::Found | Verdict::Uncertain => candidates.uncertain.push(stored.key),
                Verdict::Not if by_synonym.contains(&number) => candidates.uncertain.push(stored.key),
                Verdict::Not => {}
            }
        }
        candidates.certain.sort_unstable();
        candidates.uncertain.sort_unstable();
        Ok(candidates)
    }

    /// The words of queries that a document meets.
    fn met(&self, document: &DocumentTerms) -> HashMap<u32, WordMatch> {
        let (words, vocabulary) = (&self.percolator.words, &self.percolator.vocabulary);
        let mut met: HashMap<u32, WordMatch> = HashMap::new();
        for (slot, term) in &document.terms {
            for number in words.with_stem(*slot, term) {
                met.entry(number).or_default().exact |= slot.mark();
            }
        }
        // A query's word stands for words of the index, and these for the document where they have a form in common with a word of it.
        let others = document.terms.iter().flat_map(|(slot, term)| vocabulary.forms(*slot, term).map(|word| (*slot, word)));
        let stems = document.terms.iter().map(|(slot, term)| (*slot, term.as_str())).filter(|(slot, term)| vocabulary.has(*slot, term));
        let own = document.words.iter().map(|(slot, word)| (*slot, word.as_str()));
        let mut all: Vec<(Slot, &str)> = own.chain(others).chain(stems).collect();
        all.sort_unstable();
        all.dedup();
        let mut near: HashMap<&str, Vec<u32>> = HashMap::new();
        for (slot, word) in all {
            for number in words.beginning(word) {
                let Some(entry) = words.get(number) else { continue };
                let met = met.entry(number).or_default();
                met.begins = true;
                let is_own = || document.words.contains(&(slot, word.to_owned()));
                let is_sure = || is_own() && vocabulary.begins_few(slot, &entry.folded, expansions::PREFIX_WORDS, WALKED);
                met.surely_begins = met.surely_begins || is_sure();
            }
            for number in near.entry(word).or_insert_with(|| words.near(word)).iter() {
                met.entry(*number).or_default().near |= slot.mark();
            }
            if slot.is_compounding() {
                let is_known = |rest: &str| inflections(slot, rest).iter().any(|form| vocabulary.has(slot, form));
                let forms = inflections(slot, word);
                let wholes = forms.iter().flat_map(|form| words.wholes(form));
                for (number, rest) in words.parts(slot, word).into_iter().chain(wholes) {
                    if rest.words().any(is_known) {
                        met.entry(number).or_default().is_part = true;
                    }
                }
            }
        }
        met
    }

    fn verdict(&mut self, stored: &StoredQuery<K>, met: &HashMap<u32, WordMatch>) -> Result<Verdict> {
        if stored.words.is_empty() {
            return Ok(Verdict::Found);
        }
        let percolator = self.percolator;
        let sought =
            || stored.words.iter().filter_map(|sought| Some((sought, percolator.words.get(sought.word)?, met.get(&sought.word).copied()?)));
        let is_hit = |entry: &QueryTerm, met: &WordMatch| (entry.stop_word_slots == 0 && met.exact > 0) || met.surely_begins;
        if sought().any(|(_, entry, met)| is_hit(entry, &met)) {
            return Ok(Verdict::Found);
        }
        let is_alone = stored.words.len() == 1;
        let mut by_stop_word = 0;
        for (own, entry, met) in sought() {
            if met.exact & !entry.stop_word_slots > 0 || met.begins {
                return Ok(Verdict::Uncertain);
            }
            by_stop_word |= met.exact;
            let may_expand = entry.may_expand && !own.is_exact;
            if may_expand && (met.is_part || (met.near > 0 && !self.stays(own.word, met.near, is_alone)?)) {
                return Ok(Verdict::Uncertain);
            }
        }
        if by_stop_word == 0 {
            return Ok(Verdict::Not);
        }
        for own in &stored.words {
            let Some(entry) = percolator.words.get(own.word) else { continue };
            if entry.is_prefix || (entry.stop_word_slots == 0 && self.stays(own.word, by_stop_word, is_alone)?) {
                return Ok(Verdict::Not);
            }
        }
        Ok(Verdict::Uncertain)
    }

    /// Whether a word is surely corrected in none of these slots.
    fn stays(&mut self, number: u32, slots: u64, is_alone: bool) -> Result<bool> {
        let slots_with = self.slots_with(number)?;
        Ok(slots_with & Slot::NAMES.mark() > 0 || slots & !slots_with == 0 || (is_alone && slots_with > 0))
    }

    /// The slots in which a word stands, as it is written, in a document that everybody sees.
    fn slots_with(&mut self, number: u32) -> Result<u64> {
        if let Some(slots_with) = self.slots_with.get(&number) {
            return Ok(*slots_with);
        }
        let entry = self.percolator.words.get(number);
        let slots_with = entry.map_or(Ok(0), |entry| vocabulary::slots_with(&self.view.searcher, &self.common, &entry.folded, u64::MAX))?;
        self.slots_with.insert(number, slots_with);
        Ok(slots_with)
    }
}

/// Whether a document surely has the things that a query's fields name.
fn has_named<K>(stored: &StoredQuery<K>, doc: &SearchDoc) -> bool {
    match stored.requirements.as_ref().and_then(|requirements| requirements.named.as_ref()) {
        None => true,
        Some(NamedValues::BySlug(filter)) => filter.admits(doc),
        Some(NamedValues::Unsure) => false,
    }
}

/// Whether a document has all that must be there, and nothing that must not.
fn is_met<K>(stored: &StoredQuery<K>, document: &DocumentTerms, doc: &SearchDoc) -> bool {
    stored.requirements.as_ref().is_none_or(|requirements| {
        requirements.phrases.iter().all(|phrase| document.stands(phrase))
            && !requirements.excluded.iter().any(|words| document.stands(words))
            && !requirements.excluded_values.iter().any(|values| values.admits(doc))
    })
}
