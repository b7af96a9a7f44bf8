//! How well documents answer a question: BM25, language by language.
//!
//! `score = max over languages (sum over words) + names`, each word by Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
//! Framework: BM25 and Beyond", 2009) with the frequencies and lengths of its own language. So a thing told in four languages ranks by its
//! best telling, no better and no worse than if that were the only one.
//!
//! Terms are read one after the other, whole, into a number a document: postings come in blocks, and every hit is needed anyway for totals and facets.
//!
//! Invariant: document frequencies, document counts and lengths are those of the documents *in sight*. A score is the one that an index without the
//! hidden (and the dead) would give. Held by `tests::hidden_documents_change_no_score`.

use std::cell::RefCell;

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, TERMINATED};

use super::error::Result;
use super::languages::Slot;
use super::plan::{Plan, Sought, Wanted};
use super::shelf::{Length, ShelfSlot};
use super::sieve::Sight;
use super::snapshot::{Segment, Snapshot};

/// How soon more of the same word stops counting, and how much long texts are held back: the usual values.
const K1: f32 = 1.2;
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
struct Term {
    frequency: u64,
    weight: Score,
    infos: Vec<Option<TermInfo>>,
}

/// A language with its texts and titles.
struct Language {
    slot: Slot,
    is_preferred: bool,
    share: Score,
    parts: [Option<Field>; 2],
}

/// A slot of the plan, ready to score.
struct Field {
    slot: Slot,
    terms: Vec<Term>,
    /// By length code: the length's part of BM25.
    slowness: Box<[Score; 256]>,
}

/// Calls back with each document in sight that has a word of the plan and passes the screen, its score, and the slot that fits best.
pub(super) fn score(
    snapshot: &Snapshot,
    sight: &Sight,
    plan: &Plan,
    lengths: &[Length; Slot::COUNT],
    preferred: &[Slot],
    screen: impl Fn(usize, DocId) -> bool,
    mut tell: impl FnMut(usize, DocId, Score, Slot),
) -> Result<()> {
    let mut fields = Vec::new();
    for sought in &plan.slots {
        let slot = sought.slot;
        let text = Field::new(snapshot, sight, &sought.wanted, slot, lengths, 1.0)?;
        let likelihood = text.likelihood(sought, lengths[slot.index()]);
        let title = slot.title().map(|title| Field::new(snapshot, sight, &sought.wanted, title, lengths, TITLE)).transpose()?;
        fields.push(Language { slot, is_preferred: preferred.contains(&slot), share: likelihood, parts: [Some(text), title] });
    }
    let most = fields.iter().filter(|field| field.slot != Slot::NAMES).map(|field| field.share).fold(Score::NEG_INFINITY, Score::max);
    for field in &mut fields {
        field.share = if field.slot == Slot::NAMES { 1.0 } else { (TRUST * (field.share - most)).exp().max(LEAST) };
    }
    SCRATCH.with_borrow_mut(|scratch| {
        for (ordinal, segment) in snapshot.segments.iter().enumerate() {
            scratch.fit(segment.max_doc() as usize);
            let sees_all = sight.sees_all_of(segment);
            for language in &fields {
                for field in language.parts.iter().flatten() {
                    if let Some(shelf) = segment.shelf.slot(field.slot) {
                        scratch.add(field, ordinal, shelf, |doc| (sees_all || sight.admits(segment, doc)) && screen(ordinal, doc))?;
                    }
                }
                scratch.take_over(language);
            }
            scratch.tell(|doc, cell| tell(ordinal, doc, cell.score, cell.slot));
        }
        Ok(())
    })
}

impl Field {
    fn new(
        snapshot: &Snapshot,
        sight: &Sight,
        wanted: &[Wanted],
        slot: Slot,
        lengths: &[Length; Slot::COUNT],
        boost: Score,
    ) -> Result<Field> {
        let length = lengths[slot.index()];
        let average = (length.words as Score / length.docs.max(1) as Score).max(1.0);
        let mut terms = Vec::new();
        for wanted in wanted {
            let mut infos = Vec::with_capacity(snapshot.segments.len());
            let mut frequency = 0;
            for segment in &snapshot.segments {
                let shelf = segment.shelf.slot(slot);
                let info = shelf.map(|shelf| shelf.terms.terms().get(wanted.term.as_bytes())).transpose()?.flatten();
                if let (Some(shelf), Some(info)) = (shelf, &info) {
                    frequency += frequency_in_sight(sight, segment, shelf, info)?;
                }
                infos.push(info);
            }
            if frequency > 0 {
                terms.push(Term { frequency, weight: boost * wanted.weight * rarity(frequency, length.docs) * (K1 + 1.0), infos });
            }
        }
        let mut slowness = Box::new([0.0; 256]);
        for (code, slowness) in slowness.iter_mut().enumerate() {
            let words = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(code as u8) as Score;
            *slowness = K1 * (1.0 - B + B * words / average);
        }
        Ok(Field { slot, terms, slowness })
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
fn rarity(frequency: u64, docs: u64) -> Score {
    let (frequency, docs) = (frequency as f64, docs.max(frequency) as f64);
    (1.0 + (docs - frequency + 0.5) / (frequency + 0.5)).ln() as Score
}

fn frequency_in_sight(sight: &Sight, segment: &Segment, shelf: &ShelfSlot, info: &TermInfo) -> Result<u64> {
    if sight.sees_all_of(segment) {
        return Ok(u64::from(info.doc_freq));
    }
    let mut postings = shelf.terms.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    let mut count = 0;
    while postings.block_len() > 0 {
        count += postings.docs().iter().filter(|&&doc| sight.admits(segment, doc)).count() as u64;
        postings.advance();
    }
    Ok(count)
}

impl Scratch {
    fn fit(&mut self, docs: usize) {
        if self.cells.len() < docs {
            self.cells.resize(docs, NOTHING);
            self.sums.resize(docs, 0.0);
        }
    }

    fn add(&mut self, field: &Field, ordinal: usize, shelf: &ShelfSlot, is_sought: impl Fn(DocId) -> bool) -> Result<()> {
        for term in &field.terms {
            let Some(info) = &term.infos[ordinal] else { continue };
            let mut postings = shelf.terms.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            while postings.block_len() > 0 {
                for (&doc, &frequency) in postings.docs().iter().zip(postings.freqs()) {
                    debug_assert_ne!(doc, TERMINATED);
                    if !is_sought(doc) {
                        continue;
                    }
                    let frequency = frequency as Score;
                    let slowness = field.slowness[usize::from(shelf.norms.fieldnorm_id(doc))];
                    let sum = &mut self.sums[doc as usize];
                    if *sum == 0.0 {
                        self.touched.push(doc);
                    }
                    *sum += term.weight * frequency / (frequency + slowness);
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// Takes the sums of one slot over into the scores.
    fn take_over(&mut self, language: &Language) {
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
            let told = if language.is_preferred { sum * PREFERRED } else { sum };
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
