//! What a query asks for beyond its words: phrases that must be there, and what must not.
//!
//! A phrase is met where its words follow one another in one language's text, or in the names, each in any inflection.
//! What is excluded is excluded in every language.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::analyse::stem;
use super::docs::{BitSet, Docs};
use super::error::Result;
use super::languages::Slot;
use super::query_parser::ParsedQuery;
use super::shelf::SlotColumns;
use super::snapshot::{Searcher, Segment};
use super::values::ValueSpace;

/// Sets of documents by segment.
pub(super) struct Constraints {
    required: Vec<Vec<BitSet>>,
    excluded: Vec<Vec<BitSet>>,
}

impl Constraints {
    pub fn new(query: &ParsedQuery, searcher: &Searcher) -> Result<Constraints> {
        let docs_with =
            |words: &Vec<String>| searcher.segments.iter().map(|segment| docs_with_phrase(segment, words)).collect::<Result<Vec<BitSet>>>();
        let required = query.phrases.iter().map(docs_with).collect::<Result<_>>()?;
        let mut excluded = query.excluded.iter().map(docs_with).collect::<Result<Vec<_>>>()?;
        for part in query.fields.iter().filter(|part| part.is_excluded) {
            let ordinal = |value: &String| searcher.values.ordinal(ValueSpace::Dimension(part.dimension), value);
            let ordinals: Vec<u32> = part.values.iter().filter_map(ordinal).collect();
            excluded.push(searcher.segments.iter().map(|segment| segment.columns.docs_with(&ordinals)).collect());
        }
        Ok(Constraints { required, excluded })
    }

    /// Leaves of a segment's documents those that have what must be there and nothing that must not.
    pub fn narrow(&self, segment: &Segment, docs: &mut Docs) {
        self.required.iter().for_each(|sets| docs.intersect(&sets[segment.ordinal]));
        for excluded in &self.excluded {
            docs.narrow(segment.max_doc() as usize, |docs| docs.subtract(&excluded[segment.ordinal]));
        }
    }
}

/// The documents of a segment in which folded words follow one another.
fn docs_with_phrase(segment: &Segment, words: &[String]) -> Result<BitSet> {
    let mut set = BitSet::none(segment.max_doc() as usize);
    for slot in Slot::searched() {
        if let Some(columns) = segment.columns.slot(slot) {
            let terms: Vec<String> = words.iter().map(|word| stem(slot, word)).collect();
            each_phrase_match(columns, &terms, |doc, _| set.insert(doc))?;
        }
    }
    Ok(set)
}

/// How often terms follow one another in the documents of a segment. In titles no places are kept: there each of the terms must stand in the title, and
/// they must follow one another in the text, which has the title in it.
pub(super) fn phrase_frequencies(segment: &Segment, slot: Slot, terms: &[String]) -> Result<Vec<(DocId, u32)>> {
    let mut found = Vec::new();
    if let Some(columns) = segment.columns.slot(slot.base()) {
        each_phrase_match(columns, terms, |doc, count| found.push((doc, count)))?;
    }
    let Some(columns) = segment.columns.slot(slot).filter(|_| slot.is_title()) else { return Ok(found) };
    for term in terms {
        let Some(info) = columns.terms.terms().get(term.as_bytes())? else { return Ok(Vec::new()) };
        let mut postings = columns.terms.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
        found.retain_mut(|(doc, count)| {
            if postings.doc() < *doc {
                postings.seek(*doc);
            }
            *count = (*count).min(if postings.doc() == *doc { postings.term_freq() } else { 0 });
            *count > 0
        });
    }
    Ok(found)
}

/// Tells of each document in which terms follow one another, and how often they do.
fn each_phrase_match(columns: &SlotColumns, terms: &[String], mut tell: impl FnMut(DocId, u32)) -> Result<()> {
    let mut all = Vec::new();
    for term in terms {
        let Some(info) = columns.terms.terms().get(term.as_bytes())? else { return Ok(()) };
        all.push(columns.terms.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?);
    }
    let Some((first, others)) = all.split_first_mut() else { return Ok(()) };
    let (mut starts, mut places) = (Vec::new(), Vec::new());
    let mut doc = first.doc();
    'docs: while doc != TERMINATED {
        for other in others.iter_mut() {
            if other.doc() < doc {
                other.seek(doc);
            }
            if other.doc() != doc {
                let next = other.doc();
                doc = if next == TERMINATED { TERMINATED } else { first.seek(next) };
                continue 'docs;
            }
        }
        if !others.is_empty() {
            first.positions(&mut starts);
            for (nth, other) in others.iter_mut().enumerate() {
                other.positions(&mut places);
                starts.retain(|start| places.binary_search(&(start + nth as u32 + 1)).is_ok());
            }
        }
        let count = if others.is_empty() { first.term_freq() } else { starts.len() as u32 };
        if count > 0 {
            tell(doc, count);
        }
        doc = first.advance();
    }
    Ok(())
}
