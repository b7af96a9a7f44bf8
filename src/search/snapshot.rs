//! One moment of the index: what every question asked in that moment sees.
//!
//! Invariant: a snapshot never changes. A commit makes the next one; shelves of segments that stay are shared between them.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, TERMINATED};

use super::doc::DocKey;
use super::docs::Docs;
use super::error::Result;
use super::fields::Fields;
use super::languages::Slot;
use super::shelf::{Length, Lengths, Shelf};
use super::values::Values;

pub(super) struct Snapshot {
    pub searcher: Searcher,
    pub segments: Vec<Segment>,
    pub values: Arc<Values>,
    /// Of all living documents, by audience and together.
    pub lengths: Lengths,
    pub all_lengths: [Length; Slot::COUNT],
}

/// A segment as it is in this moment.
pub(super) struct Segment {
    id: SegmentId,
    /// Its place among the segments.
    pub ordinal: usize,
    pub shelf: Arc<Shelf>,
    pub alive: Docs,
}

impl Segment {
    pub fn id(&self) -> SegmentId {
        self.id
    }

    pub fn max_doc(&self) -> DocId {
        self.shelf.ids.len() as DocId
    }
}

impl Snapshot {
    pub fn take(searcher: Searcher, fields: &Fields, before: Option<&Snapshot>) -> Result<Snapshot> {
        let known: HashMap<SegmentId, &Arc<Shelf>> =
            before.iter().flat_map(|before| &before.segments).map(|segment| (segment.id, &segment.shelf)).collect();
        let mut values = before.map(|before| before.values.clone()).unwrap_or_default();
        let mut segments = Vec::new();
        let mut lengths = Lengths::default();
        let mut all_lengths = [Length::default(); Slot::COUNT];
        for (ordinal, reader) in searcher.segment_readers().iter().enumerate() {
            let shelf = match known.get(&reader.segment_id()) {
                Some(&shelf) => shelf.clone(),
                None => Arc::new(Shelf::load(reader, fields, Arc::make_mut(&mut values))?),
            };
            let (alive, living) = match reader.alive_bitset() {
                Some(alive) => {
                    let dead: Vec<DocId> = (0..reader.max_doc()).filter(|&doc| alive.is_deleted(doc)).collect();
                    let mut docs = Docs::All;
                    docs.narrow(reader.max_doc() as usize, |docs| dead.iter().for_each(|&doc| docs.remove(doc)));
                    (docs, shelf.living_lengths(&dead))
                }
                None => (Docs::All, shelf.lengths.clone()),
            };
            for (key, length) in living.0 {
                lengths.0.entry(key).or_default().add_all(length);
                all_lengths[key.1.index()].add_all(length);
            }
            segments.push(Segment { id: reader.segment_id(), ordinal, shelf, alive });
        }
        Ok(Snapshot { searcher, segments, values, lengths, all_lengths })
    }

    /// Calls back with each place where a document lies, also where it is dead.
    pub fn each_of(&self, fields: &Fields, key: &DocKey, mut tell: impl FnMut(usize, DocId)) -> Result<()> {
        let term = fields.key_term(key);
        for (ordinal, reader) in self.searcher.segment_readers().iter().enumerate() {
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
