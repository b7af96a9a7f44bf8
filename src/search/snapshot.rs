//! One moment of the index: what every question asked in that moment sees.
//!
//! Invariant: a snapshot never changes. A commit makes the next one; shelves of segments that stay are shared between them.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher};

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
    pub shelf: Arc<Shelf>,
    pub alive: Option<AliveBitSet>,
}

impl Segment {
    pub fn id(&self) -> SegmentId {
        self.id
    }

    pub fn max_doc(&self) -> DocId {
        self.shelf.ids.len() as DocId
    }

    #[inline]
    pub fn is_alive(&self, doc: DocId) -> bool {
        self.alive.as_ref().is_none_or(|alive| alive.is_alive(doc))
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
        for reader in searcher.segment_readers() {
            let shelf = match known.get(&reader.segment_id()) {
                Some(&shelf) => shelf.clone(),
                None => Arc::new(Shelf::load(reader, fields, Arc::make_mut(&mut values))?),
            };
            let alive = reader.alive_bitset().cloned();
            let dead = (0..reader.max_doc()).filter(|&doc| alive.as_ref().is_some_and(|alive| alive.is_deleted(doc)));
            let living = if alive.is_some() { shelf.living_lengths(dead) } else { shelf.lengths.clone() };
            for (key, length) in living.0 {
                lengths.0.entry(key).or_default().add_all(length);
                all_lengths[key.1.index()].add_all(length);
            }
            segments.push(Segment { id: reader.segment_id(), shelf, alive });
        }
        Ok(Snapshot { searcher, segments, values, lengths, all_lengths })
    }
}
