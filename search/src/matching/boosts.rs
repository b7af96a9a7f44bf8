//! What the score of a document is multiplied by, beside what words give.
//!
//! `score = words × recency × kind × name × marks`: its date, what its kind counts ([`SearchDoc::weight`](crate::SearchDoc)), whether the query is what it is called,
//! and what it meets of phrases and fields that need not be met (see `constraints`). All of it depends on the document and the query alone, so pages stay where they are.

use tantivy::DocId;
use tantivy::schema::IndexRecordOption;

use super::constraints::Constraints;
use crate::contract::{Factors, Result};
use crate::index::{BitSet, Searcher, Segment, own_name_term};
use crate::query::ParsedQuery;

/// What it counts that a document is called as the query says: enough to lead before what speaks of it, also where that is of a kind that counts more.
const NAMED: f32 = 1.5;

/// The factors of a query's scores.
pub struct Boosts {
    pub constraints: Constraints,
    /// By segment, the documents that are called so.
    named: Vec<BitSet>,
}

impl Boosts {
    pub fn new(query: &ParsedQuery, searcher: &Searcher) -> Result<Boosts> {
        let named = searcher.segments.iter().map(|segment| BitSet::none(segment.max_doc() as usize)).collect();
        Ok(Boosts { constraints: Constraints::new(query, searcher)?, named })
    }

    /// Lets count what is called like a text. A query of fields and exclusions says more than a name.
    pub fn add_names(&mut self, text: &str, query: &ParsedQuery, searcher: &Searcher) -> Result<()> {
        let term = own_name_term(text);
        if query.has_parts() || term.is_empty() {
            return Ok(());
        }
        for (segment, named) in searcher.segments.iter().zip(&mut self.named) {
            let names = &segment.columns.own_names;
            let Some(info) = names.terms().get(term.as_bytes())? else { continue };
            let mut postings = names.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while postings.block_len() > 0 {
                postings.docs().iter().for_each(|&doc| named.insert(doc));
                postings.advance();
            }
        }
        Ok(())
    }

    #[inline]
    pub fn of(&self, segment: &Segment, doc: DocId) -> Factors {
        let columns = &*segment.columns;
        Factors {
            recency: columns.recencies[doc as usize],
            kind: columns.weights[doc as usize],
            name: if self.named[segment.ordinal].contains(doc) { NAMED } else { 1.0 },
            marks: self.constraints.weight(segment.ordinal, doc),
        }
    }
}
