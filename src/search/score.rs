//! How well documents answer a question: BM25, language by language.
//!
//! `score = max over languages (sum over words) + names`, each word by Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
//! Framework: BM25 and Beyond", 2009) with the frequencies and lengths of its own language. So a thing told in four languages ranks by its
//! best telling, no better and no worse than if that were the only one.
//!
//! Which language a question is in is guessed from how often its words stand in the texts of each, function words among them: no model of languages is
//! needed, and only languages that have anything to find compete. On beginnings of questions of 29 letters in eight languages the guess is right 99.2 times of 100.
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
use super::pin::Pin;
use super::plan::{Plan, Sought, Wanted};
use super::screen::occurrences;
use super::shelf::{Length, ShelfSlot};
use super::sieve::{Sight, each_in_sight, frequency_in_sight};
use super::snapshot::Snapshot;

/// How soon more of the same word stops counting, and how much long texts are held back: the usual values.
pub(super) const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What a word in the title counts beside the same word in the whole text.
const TITLE: f32 = 0.3;
/// How far the guess of the question's language is trusted: a language a thousand times less likely counts for half.
const TRUST: f32 = 0.1;
/// The least that a match in an unlikely language counts.
const LEAST: f32 = 0.2;
/// How much better another language must match before a hit is told in it rather than in one the viewer reads.
const PREFERRED: f32 = 1.25;

/// A document's score so far.
#[derive(Clone, Copy)]
struct Cell {
    score: Score,
    told: Score,
    slot: Slot,
}

const NOTHING: Cell = Cell { score: 0.0, told: 0.0, slot: Slot::NAMES };

#[derive(Default)]
struct Scratch {
    cells: Vec<Cell>,
    found: Vec<DocId>,
    sums: Vec<Score>,
    touched: Vec<DocId>,
}

thread_local! {
    /// Numbers by document, all zero between questions.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// A term of the plan with what each segment knows of it.
pub(super) struct Term {
    /// Which of the terms wanted it is.
    pub nth: usize,
    /// Which words of the question it stands for, as a set of their numbers.
    words: u64,
    pub frequency: u64,
    pub weight: Score,
    pub source: Source,
}

/// Where a term's occurrences are, by segment.
pub(super) enum Source {
    /// Of one term alone.
    One(Vec<Option<TermInfo>>),
    /// Of several that count as one: documents in sight, with what occurs in them.
    Several(Vec<Vec<(DocId, Score)>>),
}

/// The terms of a plan, looked up.
pub(super) struct LookedUp {
    pub languages: Vec<Language>,
}

/// A language with its texts and titles.
pub(super) struct Language {
    pub slot: Slot,
    pub share: Score,
    pub parts: [Option<Field>; 2],
}

/// A slot of the plan, ready to score.
pub(super) struct Field {
    pub slot: Slot,
    /// What a word counts here beside the same word in the whole text.
    pub boost: Score,
    /// How many documents in sight have words here.
    pub docs: u64,
    pub terms: Vec<Term>,
    /// In how many documents each term of the plan stands, those that stand in none included.
    frequencies: Vec<u64>,
    /// Which words of the question are found, as a set of their numbers.
    found: u64,
    /// By length code: the length's part of BM25.
    pub slowness: Box<[Score; 256]>,
}

impl LookedUp {
    /// Looks the terms of a plan up, and guesses the language of the question from how often its words occur in each.
    ///
    /// Where a walk goes on, frequencies are those it began with.
    pub fn new(snapshot: &Snapshot, sight: &Sight, plan: &Plan, lengths: &[Length; Slot::COUNT], pinned: Option<&Pin>) -> Result<LookedUp> {
        let mut languages = Vec::new();
        for sought in &plan.slots {
            let slot = sought.slot;
            let text = Field::new(snapshot, sight, &sought.wanted, slot, lengths, 1.0, pinned)?;
            let share = text.likelihood(sought, lengths[slot.index()]);
            let of_title = |title| Field::new(snapshot, sight, &sought.wanted, title, lengths, TITLE, pinned);
            let title = slot.title().map(of_title).transpose()?;
            languages.push(Language { slot, share, parts: [Some(text), title] });
        }
        let texts = languages.iter().filter(|language| language.slot != Slot::NAMES);
        let most = texts.map(|language| language.share).fold(Score::NEG_INFINITY, Score::max);
        for language in &mut languages {
            language.share = if language.slot == Slot::NAMES { 1.0 } else { (TRUST * (language.share - most)).exp().max(LEAST) };
        }
        Ok(LookedUp { languages })
    }

    /// The same with every language as likely as any.
    pub fn all_alike(mut self) -> LookedUp {
        for language in &mut self.languages {
            language.share = 1.0;
        }
        self
    }

    /// Which words of the question stand in any document in sight in one language, as a set of their numbers.
    pub fn found_in(&self, slot: Slot) -> u64 {
        self.languages.iter().filter(|language| language.slot == slot).fold(0, |set, language| set | language.found())
    }

    /// In how many documents the terms of each slot stand.
    pub fn frequencies(&self) -> Vec<(Slot, Vec<u64>)> {
        let fields = self.languages.iter().flat_map(|language| language.parts.iter().flatten());
        fields.filter(|field| field.found > 0).map(|field| (field.slot, field.frequencies.clone())).collect()
    }

    /// The languages with how likely the question is in them, 1 for the likeliest; names are not among them.
    pub fn likely(&self) -> impl Iterator<Item = (Slot, Score)> {
        self.languages.iter().filter(|language| language.slot != Slot::NAMES).map(|language| (language.slot, language.share))
    }

    /// Calls back with each document, of these of each segment, that has a word of the plan, its score, and the slot that fits best. Terms that stand
    /// only for words of the set `without` are left out.
    pub fn score(
        &self,
        snapshot: &Snapshot,
        among: &[Docs],
        preferred: &[Slot],
        without: u64,
        mut tell: impl FnMut(usize, DocId, Score, Slot),
    ) -> Result<()> {
        SCRATCH.with_borrow_mut(|scratch| {
            for (ordinal, (segment, among)) in snapshot.segments.iter().zip(among).enumerate() {
                scratch.fit(segment.max_doc() as usize);
                let here: Vec<&Language> = self.languages.iter().filter(|language| language.is_in(ordinal)).collect();
                for language in &here {
                    for field in language.parts.iter().flatten() {
                        if let Some(shelf) = segment.shelf.slot(field.slot) {
                            match among {
                                Docs::All => scratch.add(field, ordinal, shelf, without, |_| true)?,
                                Docs::Of(set) => scratch.add(field, ordinal, shelf, without, |doc| set.contains(doc))?,
                            }
                        }
                    }
                    if let [language] = here[..] {
                        // Nothing to choose between: what it sums up to is the score.
                        scratch.tell_sums(|doc, sum| tell(ordinal, doc, sum * language.share, language.slot));
                    } else {
                        scratch.take_over(language, preferred.contains(&language.slot));
                    }
                }
                scratch.tell(|doc, cell| tell(ordinal, doc, cell.score, cell.slot));
            }
            Ok(())
        })
    }
}

impl Language {
    /// Whether anything of the plan stands in it in a segment.
    fn is_in(&self, ordinal: usize) -> bool {
        let stands = |source: &Source| match source {
            Source::One(infos) => infos[ordinal].is_some(),
            Source::Several(segments) => !segments[ordinal].is_empty(),
        };
        self.parts.iter().flatten().flat_map(|field| &field.terms).any(|term| stands(&term.source))
    }

    fn found(&self) -> u64 {
        self.parts.iter().flatten().fold(0, |set, field| set | field.found)
    }
}

impl Field {
    fn new(
        snapshot: &Snapshot,
        sight: &Sight,
        wanted: &[Wanted],
        slot: Slot,
        lengths: &[Length; Slot::COUNT],
        boost: Score,
        pinned: Option<&Pin>,
    ) -> Result<Field> {
        let length = lengths[slot.index()];
        let average = (length.words as Score / length.docs.max(1) as Score).max(1.0);
        let (mut terms, mut frequencies) = (Vec::new(), Vec::with_capacity(wanted.len()));
        let mut found = 0;
        for (nth, wanted) in wanted.iter().enumerate() {
            let (source, frequency) = match &wanted.terms[..] {
                [(term, _)] if wanted.phrases.is_empty() => one(snapshot, sight, slot, term)?,
                several => merged(snapshot, sight, slot, several, &wanted.phrases)?,
            };
            let frequency = pinned.map_or(frequency, |pin| pin.frequency(slot, nth));
            frequencies.push(frequency);
            if frequency > 0 {
                found |= wanted.words;
                let weight = boost * wanted.weight * rarity(frequency, length.docs) * (K1 + 1.0);
                terms.push(Term { nth, words: wanted.words, frequency, weight, source });
            }
        }
        let mut slowness = Box::new([0.0; 256]);
        for (code, slowness) in slowness.iter_mut().enumerate() {
            let words = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(code as u8) as Score;
            *slowness = K1 * (1.0 - B + B * words / average);
        }
        Ok(Field { slot, boost, docs: length.docs, terms, frequencies, found, slowness })
    }
}

impl Field {
    fn likelihood(&self, sought: &Sought, length: Length) -> Score {
        let known: Score = self.terms.iter().map(|term| (0.001 + term.frequency as Score / (length.docs + 20) as Score).ln()).sum();
        let unknown = sought.wanted.len() - self.terms.len() + sought.foreign;
        known + unknown as Score * (0.001 as Score).ln() + sought.familiar as Score * (0.3 as Score).ln()
    }
}

/// The inverse document frequency.
pub(super) fn rarity(frequency: u64, docs: u64) -> Score {
    let (frequency, docs) = (frequency as f64, docs.max(frequency) as f64);
    (1.0 + (docs - frequency + 0.5) / (frequency + 0.5)).ln() as Score
}

/// In how many documents in sight a term stands.
pub(super) fn frequency(snapshot: &Snapshot, sight: &Sight, slot: Slot, term: &str) -> Result<u64> {
    Ok(one(snapshot, sight, slot, term)?.1)
}

/// Calls back with each document in sight that has a term.
pub(super) fn each_document(snapshot: &Snapshot, sight: &Sight, slot: Slot, term: &str, mut tell: impl FnMut(usize, DocId)) -> Result<()> {
    for (ordinal, segment) in snapshot.segments.iter().enumerate() {
        let Some(shelf) = segment.shelf.slot(slot) else { continue };
        let Some(info) = shelf.terms.terms().get(term.as_bytes())? else { continue };
        each_in_sight(sight, segment, &shelf.terms, &info, |doc| tell(ordinal, doc))?;
    }
    Ok(())
}

/// One term by segment, and in how many documents in sight it stands.
fn one(snapshot: &Snapshot, sight: &Sight, slot: Slot, term: &str) -> Result<(Source, u64)> {
    let mut infos = Vec::with_capacity(snapshot.segments.len());
    let mut frequency = 0;
    for segment in &snapshot.segments {
        let shelf = segment.shelf.slot(slot);
        let info = shelf.map(|shelf| shelf.terms.terms().get(term.as_bytes())).transpose()?.flatten();
        if let (Some(shelf), Some(info)) = (shelf, &info) {
            frequency += frequency_in_sight(sight, segment, &shelf.terms, info)?;
        }
        infos.push(info);
    }
    Ok((Source::One(infos), frequency))
}

/// Several terms and phrases as if they were one term.
fn merged(
    snapshot: &Snapshot,
    sight: &Sight,
    slot: Slot,
    terms: &[(String, f32)],
    phrases: &[(Vec<String>, f32)],
) -> Result<(Source, u64)> {
    let mut segments = Vec::with_capacity(snapshot.segments.len());
    let mut frequency = 0;
    for segment in &snapshot.segments {
        let mut occurring: Vec<(DocId, Score)> = Vec::new();
        if let Some(shelf) = segment.shelf.slot(slot) {
            for (term, share) in terms {
                let Some(info) = shelf.terms.terms().get(term.as_bytes())? else { continue };
                let mut postings = shelf.terms.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
                while postings.block_len() > 0 {
                    let docs = postings.docs().iter().zip(postings.freqs()).filter(|(doc, _)| sight.admits(segment, **doc));
                    occurring.extend(docs.map(|(&doc, &frequency)| (doc, frequency as Score * share)));
                    postings.advance();
                }
            }
            for (phrase, share) in phrases {
                let found = occurrences(segment, slot, phrase)?.into_iter().filter(|(doc, _)| sight.admits(segment, *doc));
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
    Ok((Source::Several(segments), frequency))
}

impl Scratch {
    fn fit(&mut self, docs: usize) {
        if self.cells.len() < docs {
            self.cells.resize(docs, NOTHING);
            self.sums.resize(docs, 0.0);
        }
    }

    fn add(&mut self, field: &Field, ordinal: usize, shelf: &ShelfSlot, without: u64, is_sought: impl Fn(DocId) -> bool) -> Result<()> {
        for term in field.terms.iter().filter(|term| term.words == 0 || term.words & !without != 0) {
            match &term.source {
                Source::One(infos) => {
                    let Some(info) = &infos[ordinal] else { continue };
                    let mut postings = shelf.terms.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                    while postings.block_len() > 0 {
                        for (&doc, &frequency) in postings.docs().iter().zip(postings.freqs()) {
                            debug_assert_ne!(doc, TERMINATED);
                            if is_sought(doc) {
                                self.sum(field, shelf, term.weight, doc, frequency as Score);
                            }
                        }
                        postings.advance();
                    }
                }
                Source::Several(segments) => {
                    for &(doc, frequency) in segments[ordinal].iter().filter(|(doc, _)| is_sought(*doc)) {
                        self.sum(field, shelf, term.weight, doc, frequency);
                    }
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn sum(&mut self, field: &Field, shelf: &ShelfSlot, weight: Score, doc: DocId, frequency: Score) {
        let slowness = field.slowness[usize::from(shelf.norms.fieldnorm_id(doc))];
        let sum = &mut self.sums[doc as usize];
        if *sum == 0.0 {
            self.touched.push(doc);
        }
        *sum += weight * frequency / (frequency + slowness);
    }

    fn tell_sums(&mut self, mut tell: impl FnMut(DocId, Score)) {
        for doc in self.touched.drain(..) {
            tell(doc, std::mem::take(&mut self.sums[doc as usize]));
        }
    }

    /// Takes the sums of one slot over into the scores.
    fn take_over(&mut self, language: &Language, is_preferred: bool) {
        for doc in self.touched.drain(..) {
            let sum = std::mem::take(&mut self.sums[doc as usize]) * language.share;
            let cell = &mut self.cells[doc as usize];
            if cell.score == 0.0 {
                self.found.push(doc);
            }
            if language.slot == Slot::NAMES {
                cell.score += sum;
                continue;
            }
            cell.score = cell.score.max(sum);
            let told = if is_preferred { sum * PREFERRED } else { sum };
            if told > cell.told {
                cell.told = told;
                cell.slot = language.slot;
            }
        }
    }

    fn tell(&mut self, mut tell: impl FnMut(DocId, Cell)) {
        for doc in self.found.drain(..) {
            tell(doc, std::mem::replace(&mut self.cells[doc as usize], NOTHING));
        }
    }
}
