//! The terms of a plan, looked up: where each stands, how rare it is, and which language the query is in.
//!
//! The language is guessed from how often the query's words stand in the texts of each, stop words among them: no model of languages is needed, and only
//! languages that have anything to find compete. On prefixes of queries, of 29 letters, in eight languages the guess is right 99.2 times of 100.
//!
//! Invariant: document frequencies are those of the *visible* documents.

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score};

use super::boosts::Boosts;
use crate::analysis::Slot;
use crate::contract::Result;
use crate::index::{FieldStats, Searcher, Visibility, each_visible_doc, phrase_frequencies, visible_doc_freq};
use crate::query::{ParsedQuery, PlannedTerm, QueryPlan, SlotPlan};

/// How soon more of the same word stops counting, and how much long texts are held back: the usual values.
pub const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What a word in the title counts beside the same word in the whole text.
const TITLE: f32 = 0.3;
/// What a word in a name counts. Names have few words, each in few things, so it would count for several in a text.
const NAME: f32 = 0.5;
/// How far the guess of the query's language is trusted: a language a thousand times less likely counts for half.
const TRUST: f32 = 0.1;
/// The least that a match in an unlikely language counts.
const LEAST: f32 = 0.2;

/// The terms of a plan, looked up.
pub struct ResolvedPlan {
    pub languages: Vec<LanguageTerms>,
}

/// A language with its texts and titles.
pub struct LanguageTerms {
    pub slot: Slot,
    pub trust: Score,
    pub parts: [Option<FieldTerms>; 2],
}

/// A slot of the plan, ready to score.
pub struct FieldTerms {
    pub slot: Slot,
    /// What a word counts here beside the same word in the whole text.
    pub boost: Score,
    /// How many visible documents have words here.
    pub docs: u64,
    pub terms: Vec<ResolvedTerm>,
    /// In how many documents each term of the plan stands, those that stand in none included.
    frequencies: Vec<u64>,
    /// Which words of the query are found, as a set of their numbers.
    found: u64,
    /// By length code: the length's part of BM25.
    pub length_norms: Box<[Score; 256]>,
}

/// A term of the plan with what each segment knows of it.
pub struct ResolvedTerm {
    /// Which of the terms wanted it is.
    pub nth: usize,
    /// Which words of the query it stands for, as a set of their numbers.
    pub words: u64,
    pub frequency: u64,
    pub weight: Score,
    pub source: TermPostings,
}

/// Where a term's occurrences are, by segment.
pub enum TermPostings {
    /// Of one term alone.
    Single(Vec<Option<TermInfo>>),
    /// Of several that count as one: visible documents, with what occurs in them.
    Merged(Vec<Vec<(DocId, Score)>>),
}

/// In how many documents each term of a slot stands, in the plan's order.
#[derive(Debug, Default, PartialEq)]
pub struct DocumentFrequencies(pub Vec<(Slot, Vec<u64>)>);

impl DocumentFrequencies {
    fn of(&self, slot: Slot, nth: usize) -> u64 {
        let slot = self.0.iter().find(|(own, _)| *own == slot);
        slot.and_then(|(_, frequencies)| frequencies.get(nth)).copied().unwrap_or_default()
    }
}

impl ResolvedPlan {
    /// Looks the terms of a plan up, and guesses the language of the query from how often its words occur in each.
    ///
    /// Where a walk goes on, frequencies are those it began with.
    pub fn new(
        searcher: &Searcher,
        visibility: &Visibility,
        plan: &QueryPlan,
        stats: &[FieldStats; Slot::COUNT],
        pinned: Option<&DocumentFrequencies>,
    ) -> Result<ResolvedPlan> {
        let mut languages = Vec::new();
        for slot_plan in &plan.slots {
            let slot = slot_plan.slot;
            let boost = if slot == Slot::NAMES { NAME } else { 1.0 };
            let text = FieldTerms::new(searcher, visibility, &slot_plan.wanted, slot, stats, boost, pinned)?;
            let trust = text.likelihood(slot_plan, stats[slot.index()]);
            let of_title = |title| FieldTerms::new(searcher, visibility, &slot_plan.wanted, title, stats, TITLE, pinned);
            let title = slot.title().map(of_title).transpose()?;
            languages.push(LanguageTerms { slot, trust, parts: [Some(text), title] });
        }
        let texts = languages.iter().filter(|language| language.slot != Slot::NAMES);
        let most = texts.map(|language| language.trust).fold(Score::NEG_INFINITY, Score::max);
        for language in &mut languages {
            language.trust = if language.slot == Slot::NAMES { 1.0 } else { (TRUST * (language.trust - most)).exp().max(LEAST) };
        }
        Ok(ResolvedPlan { languages })
    }

    /// The same with every language as likely as any.
    pub fn with_equal_trust(mut self) -> ResolvedPlan {
        for language in &mut self.languages {
            language.trust = 1.0;
        }
        self
    }

    /// Which words of the query stand in any visible document, as a set of their numbers.
    pub fn found(&self) -> u64 {
        self.languages.iter().fold(0, |set, language| set | language.found())
    }

    /// The same in one language.
    pub fn found_in(&self, slot: Slot) -> u64 {
        self.languages.iter().filter(|language| language.slot == slot).fold(0, |set, language| set | language.found())
    }

    /// In how many documents the terms of each slot stand.
    pub fn frequencies(&self) -> DocumentFrequencies {
        let fields = self.languages.iter().flat_map(|language| language.parts.iter().flatten());
        DocumentFrequencies(fields.filter(|field| field.found > 0).map(|field| (field.slot, field.frequencies.clone())).collect())
    }

    /// The languages with how likely the query is in them, 1 for the likeliest; names are not among them.
    pub fn likely_languages(&self) -> impl Iterator<Item = (Slot, Score)> {
        self.languages.iter().filter(|language| language.slot != Slot::NAMES).map(|language| (language.slot, language.trust))
    }
}

impl LanguageTerms {
    fn found(&self) -> u64 {
        self.parts.iter().flatten().fold(0, |set, field| set | field.found)
    }
}

impl FieldTerms {
    fn new(
        searcher: &Searcher,
        visibility: &Visibility,
        wanted: &[PlannedTerm],
        slot: Slot,
        stats: &[FieldStats; Slot::COUNT],
        boost: Score,
        pinned: Option<&DocumentFrequencies>,
    ) -> Result<FieldTerms> {
        let length = stats[slot.index()];
        let average = (length.words as Score / length.docs.max(1) as Score).max(1.0);
        let (mut terms, mut frequencies) = (Vec::new(), Vec::with_capacity(wanted.len()));
        let mut found = 0;
        for (nth, wanted) in wanted.iter().enumerate() {
            let (source, frequency) = match &wanted.terms[..] {
                [(term, _)] if wanted.phrases.is_empty() => single(searcher, visibility, slot, term)?,
                several => merged(searcher, visibility, slot, several, &wanted.phrases)?,
            };
            let frequency = pinned.map_or(frequency, |pinned| pinned.of(slot, nth));
            frequencies.push(frequency);
            if frequency > 0 {
                found |= wanted.words;
                let weight = boost * wanted.weight * idf(frequency, length.docs) * (K1 + 1.0);
                terms.push(ResolvedTerm { nth, words: wanted.words, frequency, weight, source });
            }
        }
        let mut length_norms = Box::new([0.0; 256]);
        for (code, length_norms) in length_norms.iter_mut().enumerate() {
            let words = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(code as u8) as Score;
            *length_norms = K1 * (1.0 - B + B * words / average);
        }
        Ok(FieldTerms { slot, boost, docs: length.docs, terms, frequencies, found, length_norms })
    }

    fn likelihood(&self, slot_plan: &SlotPlan, length: FieldStats) -> Score {
        let known: Score = self.terms.iter().map(|term| (0.001 + term.frequency as Score / (length.docs + 20) as Score).ln()).sum();
        let unknown = slot_plan.wanted.len() - self.terms.len() + slot_plan.foreign_stop_words;
        known + unknown as Score * (0.001 as Score).ln() + slot_plan.stop_words as Score * (0.3 as Score).ln()
    }
}

/// The inverse document frequency.
pub fn idf(frequency: u64, docs: u64) -> Score {
    let (frequency, docs) = (frequency as f64, docs.max(frequency) as f64);
    (1.0 + (docs - frequency + 0.5) / (frequency + 0.5)).ln() as Score
}

/// In how many visible documents a term stands.
pub fn doc_freq(searcher: &Searcher, visibility: &Visibility, slot: Slot, term: &str) -> Result<u64> {
    Ok(single(searcher, visibility, slot, term)?.1)
}

/// Calls back with each visible document that has a term.
pub fn each_doc_with(
    searcher: &Searcher,
    visibility: &Visibility,
    slot: Slot,
    term: &str,
    mut tell: impl FnMut(usize, DocId),
) -> Result<()> {
    for (ordinal, segment) in searcher.segments.iter().enumerate() {
        let Some(columns) = segment.columns.slot(slot) else { continue };
        let Some(info) = columns.terms.terms().get(term.as_bytes())? else { continue };
        each_visible_doc(visibility, segment, &columns.terms, &info, |doc| tell(ordinal, doc))?;
    }
    Ok(())
}

/// One term by segment, and in how many visible documents it stands.
fn single(searcher: &Searcher, visibility: &Visibility, slot: Slot, term: &str) -> Result<(TermPostings, u64)> {
    let mut infos = Vec::with_capacity(searcher.segments.len());
    let mut frequency = 0;
    for segment in &searcher.segments {
        let columns = segment.columns.slot(slot);
        let info = columns.map(|columns| columns.terms.terms().get(term.as_bytes())).transpose()?.flatten();
        if let (Some(columns), Some(info)) = (columns, &info) {
            frequency += visible_doc_freq(visibility, segment, &columns.terms, info)?;
        }
        infos.push(info);
    }
    Ok((TermPostings::Single(infos), frequency))
}

/// Several terms and phrases as if they were one term.
fn merged(
    searcher: &Searcher,
    visibility: &Visibility,
    slot: Slot,
    terms: &[(String, f32)],
    phrases: &[(Vec<String>, f32)],
) -> Result<(TermPostings, u64)> {
    let mut segments = Vec::with_capacity(searcher.segments.len());
    let mut frequency = 0;
    for segment in &searcher.segments {
        let mut occurring: Vec<(DocId, Score)> = Vec::new();
        if let Some(columns) = segment.columns.slot(slot) {
            for (term, share) in terms {
                let Some(info) = columns.terms.terms().get(term.as_bytes())? else { continue };
                let mut postings = columns.terms.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
                while postings.block_len() > 0 {
                    let docs = postings.docs().iter().zip(postings.freqs()).filter(|(doc, _)| visibility.admits(segment, **doc));
                    occurring.extend(docs.map(|(&doc, &frequency)| (doc, frequency as Score * share)));
                    postings.advance();
                }
            }
            for (phrase, share) in phrases {
                let found = phrase_frequencies(segment, slot, phrase)?.into_iter().filter(|(doc, _)| visibility.admits(segment, *doc));
                occurring.extend(found.map(|(doc, count)| (doc, count as Score * share)));
            }
        }
        // Stable: what one document has of the terms is summed in their order, so that a score is the same to the last bit.
        occurring.sort_by_key(|&(doc, _)| doc);
        occurring.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
        frequency += occurring.len() as u64;
        segments.push(occurring);
    }
    Ok((TermPostings::Merged(segments), frequency))
}

/// What was sought, where words were.
pub struct ExecutedQuery<'a> {
    pub query: &'a ParsedQuery,
    pub plan: &'a QueryPlan,
    pub resolved: &'a ResolvedPlan,
    pub boosts: &'a Boosts,
}
