//! How well documents answer a query: BM25, language by language.
//!
//! `score = max over languages (sum over words) + names`, each word by Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
//! Framework: BM25 and Beyond", 2009) with the frequencies and lengths of its own language. So a thing told in four languages ranks by its
//! best telling, no better and no worse than if that were the only one.
//!
//! Which language a query is in is guessed from how often its words stand in the texts of each, stop words among them: no model of languages is
//! needed, and only languages that have anything to find compete. On beginnings of queries of 29 letters in eight languages the guess is right 99.2 times of 100.
//!
//! Terms are read one after the other, whole, into a number a document: postings come in blocks, and every hit is needed anyway for totals and facets.
//!
//! Invariant: document frequencies, document counts and lengths are those of the documents *in sight*. A score is the one that an index without the
//! hidden (and the dead) would give. Held by `tests::hidden_documents_change_no_score`.

use std::cell::RefCell;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, TERMINATED};

use super::docs::Docs;
use super::error::Result;
use super::languages::Slot;
use super::pin::PointInTime;
use super::plan::{PlannedTerm, QueryPlan, SlotPlan};
use super::screen::phrase_frequencies;
use super::shelf::{FieldStats, SlotColumns};
use super::sieve::{Visibility, each_visible_doc, visible_doc_freq};
use super::snapshot::Searcher;

/// How soon more of the same word stops counting, and how much long texts are held back: the usual values.
pub(super) const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What a word in the title counts beside the same word in the whole text.
const TITLE: f32 = 0.3;
/// How far the guess of the query's language is trusted: a language a thousand times less likely counts for half.
const TRUST: f32 = 0.1;
/// The least that a match in an unlikely language counts.
const LEAST: f32 = 0.2;
/// How much better another language must match before a hit is told in it rather than in one the viewer reads.
const PREFERRED: f32 = 1.25;

/// A document's score so far.
#[derive(Clone, Copy)]
struct Accumulator {
    score: Score,
    told: Score,
    slot: Slot,
}

const NOTHING: Accumulator = Accumulator { score: 0.0, told: 0.0, slot: Slot::NAMES };

#[derive(Default)]
struct Accumulators {
    entries: Vec<Accumulator>,
    found: Vec<DocId>,
    sums: Vec<Score>,
    touched: Vec<DocId>,
}

thread_local! {
    /// Numbers by document, all zero between queries.
    static ACCUMULATORS: RefCell<Accumulators> = RefCell::default();
}

/// A term of the plan with what each segment knows of it.
pub(super) struct ResolvedTerm {
    /// Which of the terms wanted it is.
    pub nth: usize,
    /// Which words of the query it stands for, as a set of their numbers.
    words: u64,
    pub frequency: u64,
    pub weight: Score,
    pub source: TermPostings,
}

/// Where a term's occurrences are, by segment.
pub(super) enum TermPostings {
    /// Of one term alone.
    Single(Vec<Option<TermInfo>>),
    /// Of several that count as one: visible documents, with what occurs in them.
    Merged(Vec<Vec<(DocId, Score)>>),
}

/// The terms of a plan, looked up.
pub(super) struct ResolvedPlan {
    pub languages: Vec<LanguageTerms>,
}

/// A language with its texts and titles.
pub(super) struct LanguageTerms {
    pub slot: Slot,
    pub trust: Score,
    pub parts: [Option<FieldTerms>; 2],
}

/// A slot of the plan, ready to score.
pub(super) struct FieldTerms {
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

impl ResolvedPlan {
    /// Looks the terms of a plan up, and guesses the language of the query from how often its words occur in each.
    ///
    /// Where a walk goes on, frequencies are those it began with.
    pub fn new(
        searcher: &Searcher,
        visibility: &Visibility,
        plan: &QueryPlan,
        stats: &[FieldStats; Slot::COUNT],
        pinned: Option<&PointInTime>,
    ) -> Result<ResolvedPlan> {
        let mut languages = Vec::new();
        for slot_plan in &plan.slots {
            let slot = slot_plan.slot;
            let text = FieldTerms::new(searcher, visibility, &slot_plan.wanted, slot, stats, 1.0, pinned)?;
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

    /// Which words of the query stand in any visible document in one language, as a set of their numbers.
    pub fn found_in(&self, slot: Slot) -> u64 {
        self.languages.iter().filter(|language| language.slot == slot).fold(0, |set, language| set | language.found())
    }

    /// In how many documents the terms of each slot stand.
    pub fn frequencies(&self) -> Vec<(Slot, Vec<u64>)> {
        let fields = self.languages.iter().flat_map(|language| language.parts.iter().flatten());
        fields.filter(|field| field.found > 0).map(|field| (field.slot, field.frequencies.clone())).collect()
    }

    /// The languages with how likely the query is in them, 1 for the likeliest; names are not among them.
    pub fn likely_languages(&self) -> impl Iterator<Item = (Slot, Score)> {
        self.languages.iter().filter(|language| language.slot != Slot::NAMES).map(|language| (language.slot, language.trust))
    }

    /// Calls back with each document, of these of each segment, that has a word of the plan, its score, and the slot that fits best. Terms that stand
    /// only for words of the set `without` are left out.
    pub fn score(
        &self,
        searcher: &Searcher,
        among: &[Docs],
        preferred: &[Slot],
        without: u64,
        mut tell: impl FnMut(usize, DocId, Score, Slot),
    ) -> Result<()> {
        ACCUMULATORS.with_borrow_mut(|accumulators| {
            for (ordinal, (segment, among)) in searcher.segments.iter().zip(among).enumerate() {
                accumulators.grow(segment.max_doc() as usize);
                let here: Vec<&LanguageTerms> = self.languages.iter().filter(|language| language.is_in(ordinal)).collect();
                for language in &here {
                    for field in language.parts.iter().flatten() {
                        if let Some(columns) = segment.columns.slot(field.slot) {
                            match among {
                                Docs::All => accumulators.add(field, ordinal, columns, without, |_| true)?,
                                Docs::Of(set) => accumulators.add(field, ordinal, columns, without, |doc| set.contains(doc))?,
                            }
                        }
                    }
                    if let [language] = here[..] {
                        // Nothing to choose between: what it sums up to is the score.
                        accumulators.drain_sums(|doc, sum| tell(ordinal, doc, sum * language.trust, language.slot));
                    } else {
                        accumulators.add_language(language, preferred.contains(&language.slot));
                    }
                }
                accumulators.drain(|doc, accumulator| tell(ordinal, doc, accumulator.score, accumulator.slot));
            }
            Ok(())
        })
    }
}

impl LanguageTerms {
    /// Whether anything of the plan stands in it in a segment.
    fn is_in(&self, ordinal: usize) -> bool {
        let stands = |source: &TermPostings| match source {
            TermPostings::Single(infos) => infos[ordinal].is_some(),
            TermPostings::Merged(segments) => !segments[ordinal].is_empty(),
        };
        self.parts.iter().flatten().flat_map(|field| &field.terms).any(|term| stands(&term.source))
    }

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
        pinned: Option<&PointInTime>,
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
            let frequency = pinned.map_or(frequency, |point_in_time| point_in_time.frequency(slot, nth));
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
}

impl FieldTerms {
    fn likelihood(&self, slot_plan: &SlotPlan, length: FieldStats) -> Score {
        let known: Score = self.terms.iter().map(|term| (0.001 + term.frequency as Score / (length.docs + 20) as Score).ln()).sum();
        let unknown = slot_plan.wanted.len() - self.terms.len() + slot_plan.foreign_stop_words;
        known + unknown as Score * (0.001 as Score).ln() + slot_plan.stop_words as Score * (0.3 as Score).ln()
    }
}

/// The inverse document frequency.
pub(super) fn idf(frequency: u64, docs: u64) -> Score {
    let (frequency, docs) = (frequency as f64, docs.max(frequency) as f64);
    (1.0 + (docs - frequency + 0.5) / (frequency + 0.5)).ln() as Score
}

/// In how many visible documents a term stands.
pub(super) fn doc_freq(searcher: &Searcher, visibility: &Visibility, slot: Slot, term: &str) -> Result<u64> {
    Ok(single(searcher, visibility, slot, term)?.1)
}

/// Calls back with each visible document that has a term.
pub(super) fn each_doc_with(
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

impl Accumulators {
    fn grow(&mut self, docs: usize) {
        if self.entries.len() < docs {
            self.entries.resize(docs, NOTHING);
            self.sums.resize(docs, 0.0);
        }
    }

    fn add(
        &mut self,
        field: &FieldTerms,
        ordinal: usize,
        columns: &SlotColumns,
        without: u64,
        is_sought: impl Fn(DocId) -> bool,
    ) -> Result<()> {
        for term in field.terms.iter().filter(|term| term.words == 0 || term.words & !without != 0) {
            match &term.source {
                TermPostings::Single(infos) => {
                    let Some(info) = &infos[ordinal] else { continue };
                    let mut postings = columns.terms.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                    while postings.block_len() > 0 {
                        for (&doc, &frequency) in postings.docs().iter().zip(postings.freqs()) {
                            debug_assert_ne!(doc, TERMINATED);
                            if is_sought(doc) {
                                self.sum(field, columns, term.weight, doc, frequency as Score);
                            }
                        }
                        postings.advance();
                    }
                }
                TermPostings::Merged(segments) => {
                    for &(doc, frequency) in segments[ordinal].iter().filter(|(doc, _)| is_sought(*doc)) {
                        self.sum(field, columns, term.weight, doc, frequency);
                    }
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn sum(&mut self, field: &FieldTerms, columns: &SlotColumns, weight: Score, doc: DocId, frequency: Score) {
        let length_norms = field.length_norms[usize::from(columns.norms.fieldnorm_id(doc))];
        let sum = &mut self.sums[doc as usize];
        if *sum == 0.0 {
            self.touched.push(doc);
        }
        *sum += weight * frequency / (frequency + length_norms);
    }

    fn drain_sums(&mut self, mut tell: impl FnMut(DocId, Score)) {
        for doc in self.touched.drain(..) {
            tell(doc, std::mem::take(&mut self.sums[doc as usize]));
        }
    }

    /// Takes the sums of one slot over into the scores.
    fn add_language(&mut self, language: &LanguageTerms, is_preferred: bool) {
        for doc in self.touched.drain(..) {
            let sum = std::mem::take(&mut self.sums[doc as usize]) * language.trust;
            let accumulator = &mut self.entries[doc as usize];
            if accumulator.score == 0.0 {
                self.found.push(doc);
            }
            if language.slot == Slot::NAMES {
                accumulator.score += sum;
                continue;
            }
            accumulator.score = accumulator.score.max(sum);
            let told = if is_preferred { sum * PREFERRED } else { sum };
            if told > accumulator.told {
                accumulator.told = told;
                accumulator.slot = language.slot;
            }
        }
    }

    fn drain(&mut self, mut tell: impl FnMut(DocId, Accumulator)) {
        for doc in self.found.drain(..) {
            tell(doc, std::mem::replace(&mut self.entries[doc as usize], NOTHING));
        }
    }
}
