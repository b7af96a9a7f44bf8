//! How well documents answer a query: BM25, language by language.
//!
//! `score = max over languages (sum over words) + names`, names at half, each word by Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
//! Framework: BM25 and Beyond", 2009) with the frequencies and lengths of its own language. So a thing told in four languages ranks by its
//! best telling, no better and no worse than if that were the only one.
//!
//! Scored term at a time, into an accumulator a document: postings come in blocks, and every hit is needed anyway for totals and facets.
//!
//! Invariant: document frequencies, document counts and lengths are those of the *visible* documents. A score is the one that an index without the
//! hidden (and the dead) would give. Held by `tests::hidden_documents_change_no_score`.

use std::cell::RefCell;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, TERMINATED};

use super::term_lookup::{FieldTerms, LanguageTerms, ResolvedPlan, TermPostings};
use crate::analysis::Slot;
use crate::contract::Result;
use crate::index::{Docs, Searcher, SlotColumns};

/// How much better another language must match before a hit is told in it rather than in one the viewer reads.
const PREFERRED: f32 = 1.25;

impl ResolvedPlan {
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
}

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
