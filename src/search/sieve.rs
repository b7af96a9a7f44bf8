//! Which documents a viewer may see at all, and which a filter admits.

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader};

use super::docs::{BitSet, Docs};
use super::error::Result;
use super::fields::Dimension;
use super::globe::Circle;
use super::languages::Slot;
use super::request::{Filter, Near};
use super::shelf::FieldStats;
use super::snapshot::{Searcher, Segment};
use super::values::ValueSpace;

/// What a viewer sees of one searcher: the living documents of the viewer's audiences.
///
/// Invariant: it is asked of segments of this searcher only.
pub(super) struct Visibility {
    /// The viewer's audiences; `None` sees all.
    allowed: Option<Vec<u32>>,
    /// What is seen of each segment.
    seen: Vec<Docs>,
    segments: Vec<SegmentId>,
}

impl Visibility {
    pub fn new(allowed: Option<&[String]>, searcher: &Searcher) -> Visibility {
        let allowed = allowed.map(|keys| {
            let mut ordinals: Vec<u32> = keys.iter().filter_map(|key| searcher.values.ordinal(ValueSpace::Audience, key)).collect();
            ordinals.sort_unstable();
            ordinals.dedup();
            ordinals
        });
        let seen = |segment: &Segment| {
            let mut seen = segment.alive.clone();
            if let Some(allowed) = &allowed
                && !segment.columns.audiences_present.iter().all(|audience| allowed.binary_search(audience).is_ok())
            {
                seen.intersect(&segment.columns.docs_with(allowed));
            }
            seen
        };
        let (seen, segments) = searcher.segments.iter().map(|segment| (seen(segment), segment.id())).unzip();
        Visibility { allowed, seen, segments }
    }

    /// What is seen of each segment.
    pub fn docs(&self) -> &[Docs] {
        &self.seen
    }

    /// What is seen of a segment.
    pub fn docs_of(&self, segment: &Segment) -> &Docs {
        debug_assert_eq!(self.segments[segment.ordinal], segment.id(), "a segment of the same searcher");
        &self.seen[segment.ordinal]
    }

    #[inline]
    pub fn admits(&self, segment: &Segment, doc: DocId) -> bool {
        self.docs_of(segment).contains(doc)
    }

    /// Whether nothing of a segment is hidden, so that nobody need look.
    pub fn sees_all_of(&self, segment: &Segment) -> bool {
        self.docs_of(segment).are_all()
    }

    /// How many visible documents have words in each slot, and how many words.
    pub fn stats(&self, searcher: &Searcher) -> [FieldStats; Slot::COUNT] {
        let Some(allowed) = &self.allowed else { return searcher.all_stats };
        let mut sums = [FieldStats::default(); Slot::COUNT];
        for (slot, length) in allowed.iter().flat_map(|&ordinal| searcher.stats.of(ordinal)) {
            sums[slot.index()].add_all(length);
        }
        sums
    }
}

/// Calls back with each visible document of a segment that has a term.
pub(super) fn each_visible_doc(
    visibility: &Visibility,
    segment: &Segment,
    terms: &InvertedIndexReader,
    info: &TermInfo,
    mut tell: impl FnMut(DocId),
) -> Result<()> {
    let mut postings = terms.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while postings.block_len() > 0 {
        postings.docs().iter().filter(|&&doc| visibility.admits(segment, doc)).for_each(|&doc| tell(doc));
        postings.advance();
    }
    Ok(())
}

/// Whether a term stands in any visible document of a segment.
pub(super) fn has_visible_doc(visibility: &Visibility, segment: &Segment, terms: &InvertedIndexReader, info: &TermInfo) -> Result<bool> {
    if visibility.sees_all_of(segment) {
        return Ok(info.doc_freq > 0);
    }
    let mut postings = terms.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while postings.block_len() > 0 {
        if postings.docs().iter().any(|&doc| visibility.admits(segment, doc)) {
            return Ok(true);
        }
        postings.advance();
    }
    Ok(false)
}

/// In how many visible documents of a segment a term stands.
pub(super) fn visible_doc_freq(visibility: &Visibility, segment: &Segment, terms: &InvertedIndexReader, info: &TermInfo) -> Result<u64> {
    if visibility.sees_all_of(segment) {
        return Ok(u64::from(info.doc_freq));
    }
    let mut count = 0;
    each_visible_doc(visibility, segment, terms, info, |_| count += 1)?;
    Ok(count)
}

/// A filter, laid over the segments of a searcher.
pub(super) struct DocFilter {
    /// For each dimension that asks for something, its bit and, by segment, the documents that meet it.
    clauses: Vec<(u8, Vec<BitSet>)>,
    circle: Option<Circle>,
}

/// What a document fails of a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct FilterMisses {
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
        let years: Vec<String> = filter.years.iter().map(i64::to_string).collect();
        let asked = [
            (Dimension::Kind, &filter.kinds),
            (Dimension::Theme, &filter.themes),
            (Dimension::Goal, &filter.goals),
            (Dimension::Country, &filter.countries),
            (Dimension::City, &filter.cities),
            (Dimension::Programme, &filter.programmes),
            (Dimension::Language, &filter.languages),
            (Dimension::Year, &years),
        ];
        let clauses = asked.into_iter().filter(|(_, wanted)| !wanted.is_empty()).map(|(dimension, wanted)| {
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

/// A circle that is none admits everything rather than nothing.
pub(super) fn is_sound(near: &Near) -> bool {
    near.kilometres.is_finite() && near.point.latitude.is_finite() && near.point.longitude.is_finite()
}
