//! Phrase matching: where terms follow one another, by their positions.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::searcher::Segment;
use super::segment_columns::SlotColumns;
use crate::analysis::Slot;
use crate::contract::Result;

/// How often terms follow one another in the documents of a segment. In titles no places are kept: there each of the terms must stand in the title, and
/// they must follow one another in the text, which has the title in it.
pub fn phrase_frequencies(segment: &Segment, slot: Slot, terms: &[String]) -> Result<Vec<(DocId, u32)>> {
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
pub fn each_phrase_match(columns: &SlotColumns, terms: &[String], mut tell: impl FnMut(DocId, u32)) -> Result<()> {
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
