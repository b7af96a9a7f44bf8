//! Filters: which documents of each segment meet a filter, and what of it a document fails.

use tantivy::DocId;

use crate::contract::{Circle, Filter, is_sound};
use crate::index::{BitSet, Docs, Searcher, Segment, ValueSpace};

/// A filter, laid over the segments of a searcher.
pub struct DocFilter {
    /// For each dimension that asks for something, its bit and, by segment, the documents that meet it.
    clauses: Vec<(u8, Vec<BitSet>)>,
    circle: Option<Circle>,
}

/// What a document fails of a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FilterMisses {
    pub dimensions: u8,
    pub is_elsewhere: bool,
}

impl FilterMisses {
    pub fn nothing(self) -> bool {
        self.dimensions == 0 && !self.is_elsewhere
    }
}

impl DocFilter {
    pub fn new(filter: &Filter, searcher: &Searcher) -> DocFilter {
        let clauses = filter.by_dimension().into_iter().filter(|(_, wanted)| !wanted.is_empty()).map(|(dimension, wanted)| {
            let ordinal = |value: &String| searcher.values.ordinal(ValueSpace::Dimension(dimension), value);
            let ordinals: Vec<u32> = wanted.iter().filter_map(ordinal).collect();
            (dimension.bit(), searcher.segments.iter().map(|segment| segment.columns.docs_with(&ordinals)).collect())
        });
        DocFilter { clauses: clauses.collect(), circle: filter.near.filter(is_sound).map(Circle::new) }
    }

    #[inline]
    pub fn failed(&self, searcher: &Searcher, ordinal: usize, doc: DocId) -> FilterMisses {
        let failed = self.clauses.iter().filter(|(_, sets)| !sets[ordinal].contains(doc)).fold(0, |failed, (bit, _)| failed | bit);
        let is_elsewhere = !self.is_near(&searcher.segments[ordinal], doc);
        FilterMisses { dimensions: failed, is_elsewhere }
    }

    /// Whether a document that [`DocFilter::narrow`] left is in the circle.
    #[inline]
    pub fn is_near(&self, segment: &Segment, doc: DocId) -> bool {
        self.circle.is_none_or(|circle| segment.columns.point(doc).is_some_and(|point| circle.holds(point)))
    }

    /// Leaves of a segment's documents those that meet the filter, but for its circle.
    pub fn narrow(&self, segment: &Segment, docs: &mut Docs) {
        self.clauses.iter().for_each(|(_, sets)| docs.intersect(&sets[segment.ordinal]));
    }
}
