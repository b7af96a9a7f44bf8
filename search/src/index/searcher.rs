//! One moment of the index: what every query asked in that moment sees.
//!
//! Invariant: a searcher never changes. A commit makes the next one; columns of segments that stay are shared between them.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, TERMINATED};

use super::bit_set::Docs;
use super::field_stats::{AudienceStats, FieldStats};
use super::schema::Fields;
use super::segment_columns::{NameOrTitle, SegmentColumns};
use super::value_dictionary::ValueDictionary;
use crate::analysis::{Slot, fold_words};
use crate::contract::{DocKey, Result};

pub struct Searcher {
    pub engine: tantivy::Searcher,
    pub segments: Vec<Segment>,
    pub values: Arc<ValueDictionary>,
    /// Of all living documents, by audience and together.
    pub stats: AudienceStats,
    pub all_stats: [FieldStats; Slot::COUNT],
}

/// A segment as it is in this moment.
pub struct Segment {
    id: SegmentId,
    /// Its place among the segments.
    pub ordinal: usize,
    pub columns: Arc<SegmentColumns>,
    pub alive: Docs,
}

impl Segment {
    pub fn id(&self) -> SegmentId {
        self.id
    }

    pub fn max_doc(&self) -> DocId {
        self.columns.ids.len() as DocId
    }
}

impl Searcher {
    pub fn take(engine: tantivy::Searcher, fields: &Fields, before: Option<&Searcher>) -> Result<Searcher> {
        let known: HashMap<SegmentId, &Arc<SegmentColumns>> =
            before.iter().flat_map(|before| &before.segments).map(|segment| (segment.id, &segment.columns)).collect();
        let mut values = before.map(|before| before.values.clone()).unwrap_or_default();
        let mut segments = Vec::new();
        let mut stats = AudienceStats::default();
        let mut all_stats = [FieldStats::default(); Slot::COUNT];
        for (ordinal, reader) in engine.segment_readers().iter().enumerate() {
            let columns = match known.get(&reader.segment_id()) {
                Some(&columns) => columns.clone(),
                None => Arc::new(SegmentColumns::load(reader, fields, Arc::make_mut(&mut values))?),
            };
            let (alive, living) = match reader.alive_bitset() {
                Some(alive) => {
                    let dead: Vec<DocId> = (0..reader.max_doc()).filter(|&doc| alive.is_deleted(doc)).collect();
                    let mut docs = Docs::All;
                    docs.narrow(reader.max_doc() as usize, |docs| dead.iter().for_each(|&doc| docs.remove(doc)));
                    (docs, columns.living_stats(&dead))
                }
                None => (Docs::All, columns.stats.clone()),
            };
            for (key, length) in living.0 {
                stats.0.entry(key).or_default().add_all(length);
                all_stats[key.1.index()].add_all(length);
            }
            segments.push(Segment { id: reader.segment_id(), ordinal, columns, alive });
        }
        Ok(Searcher { engine, segments, values, stats, all_stats })
    }

    /// Counts beforehand what completions ask of new segments, in a thread of its own.
    pub fn warm(&self) {
        let new = self.segments.iter().filter(|segment| !segment.columns.has_phrase_frequencies());
        let new: Vec<Arc<SegmentColumns>> = new.map(|segment| segment.columns.clone()).collect();
        if new.is_empty() {
            return;
        }
        let count = move || {
            for columns in new {
                if let Err(error) = columns.phrase_frequencies() {
                    tracing::warn!(%error, "phrases could not be counted; completions try again");
                }
            }
        };
        // Where no thread is to be had, whoever asks first counts.
        let _ = std::thread::Builder::new().name("phrase-counts".to_owned()).spawn(count);
    }

    /// The names and titles of a document, names first.
    pub fn names_and_titles(&self, fields: &Fields, address: DocAddress) -> Result<Arc<[NameOrTitle]>> {
        let kept = &self.segments[address.segment_ord as usize].columns.names_and_titles;
        kept.get_or_insert_with(&address.doc_id, || {
            let read = fields.names_and_titles(&self.engine.doc(address)?);
            Ok(read.into_iter().map(|(text, language)| NameOrTitle { words: fold_words(&text), text, language }).collect())
        })
    }

    /// Calls back with each place where a document lies, also where it is dead.
    pub fn each_doc_of(&self, fields: &Fields, key: &DocKey, mut tell: impl FnMut(usize, DocId)) -> Result<()> {
        let term = fields.key_term(key);
        for (ordinal, reader) in self.engine.segment_readers().iter().enumerate() {
            let index = reader.inverted_index(term.field())?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            while postings.doc() != TERMINATED {
                tell(ordinal, postings.doc());
                postings.advance();
            }
        }
        Ok(())
    }
}
