//! Which documents a viewer may see at all, and which a filter admits.

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader};

use super::docs::{Docs, Set};
use super::error::Result;
use super::fields::Dimension;
use super::globe::Circle;
use super::languages::Slot;
use super::request::{Filter, Near};
use super::shelf::Length;
use super::snapshot::{Segment, Snapshot};
use super::values::Space;

/// What a viewer sees of one snapshot: the living documents of the viewer's audiences.
///
/// Invariant: it is asked of segments of this snapshot only.
pub(super) struct Sight {
    /// The viewer's audiences; `None` sees all.
    allowed: Option<Vec<u32>>,
    /// What is seen of each segment.
    seen: Vec<Docs>,
    segments: Vec<SegmentId>,
}

impl Sight {
    pub fn new(allowed: Option<&[String]>, snapshot: &Snapshot) -> Sight {
        let allowed = allowed.map(|keys| {
            let mut numbers: Vec<u32> = keys.iter().filter_map(|key| snapshot.values.number(Space::Audience, key)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        });
        let seen = |segment: &Segment| {
            let mut seen = segment.alive.clone();
            if let Some(allowed) = &allowed
                && !segment.shelf.occurring.iter().all(|audience| allowed.binary_search(audience).is_ok())
            {
                seen.intersect(&segment.shelf.holding(allowed));
            }
            seen
        };
        let (seen, segments) = snapshot.segments.iter().map(|segment| (seen(segment), segment.id())).unzip();
        Sight { allowed, seen, segments }
    }

    /// What is seen of each segment.
    pub fn seen(&self) -> &[Docs] {
        &self.seen
    }

    /// What is seen of a segment.
    pub fn of(&self, segment: &Segment) -> &Docs {
        debug_assert_eq!(self.segments[segment.ordinal], segment.id(), "a segment of the same snapshot");
        &self.seen[segment.ordinal]
    }

    #[inline]
    pub fn admits(&self, segment: &Segment, doc: DocId) -> bool {
        self.of(segment).contains(doc)
    }

    /// Whether nothing of a segment is hidden, so that nobody need look.
    pub fn sees_all_of(&self, segment: &Segment) -> bool {
        self.of(segment).are_all()
    }

    /// How many documents in sight have words in each slot, and how many words.
    pub fn lengths(&self, snapshot: &Snapshot) -> [Length; Slot::COUNT] {
        let Some(allowed) = &self.allowed else { return snapshot.all_lengths };
        let mut sums = [Length::default(); Slot::COUNT];
        for (slot, length) in allowed.iter().flat_map(|&number| snapshot.lengths.of(number)) {
            sums[slot.index()].add_all(length);
        }
        sums
    }
}

/// Calls back with each document in sight of a segment that has a term.
pub(super) fn each_in_sight(
    sight: &Sight,
    segment: &Segment,
    terms: &InvertedIndexReader,
    info: &TermInfo,
    mut tell: impl FnMut(DocId),
) -> Result<()> {
    let mut postings = terms.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while postings.block_len() > 0 {
        postings.docs().iter().filter(|&&doc| sight.admits(segment, doc)).for_each(|&doc| tell(doc));
        postings.advance();
    }
    Ok(())
}

/// Whether a term stands in any document in sight of a segment.
pub(super) fn stands_in_sight(sight: &Sight, segment: &Segment, terms: &InvertedIndexReader, info: &TermInfo) -> Result<bool> {
    if sight.sees_all_of(segment) {
        return Ok(info.doc_freq > 0);
    }
    let mut postings = terms.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while postings.block_len() > 0 {
        if postings.docs().iter().any(|&doc| sight.admits(segment, doc)) {
            return Ok(true);
        }
        postings.advance();
    }
    Ok(false)
}

/// In how many documents in sight of a segment a term stands.
pub(super) fn frequency_in_sight(sight: &Sight, segment: &Segment, terms: &InvertedIndexReader, info: &TermInfo) -> Result<u64> {
    if sight.sees_all_of(segment) {
        return Ok(u64::from(info.doc_freq));
    }
    let mut count = 0;
    each_in_sight(sight, segment, terms, info, |_| count += 1)?;
    Ok(count)
}

/// A filter, laid over the segments of a snapshot.
pub(super) struct Sieve {
    /// For each dimension that asks for something, its bit and, by segment, the documents that meet it.
    meshes: Vec<(u8, Vec<Set>)>,
    circle: Option<Circle>,
}

/// What a document fails of a filter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Failed {
    pub dimensions: u8,
    pub is_elsewhere: bool,
}

impl Failed {
    pub fn nothing(self) -> bool {
        self.dimensions == 0 && !self.is_elsewhere
    }
}

impl Sieve {
    pub fn new(filter: &Filter, snapshot: &Snapshot) -> Sieve {
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
        let meshes = asked.into_iter().filter(|(_, wanted)| !wanted.is_empty()).map(|(dimension, wanted)| {
            let number = |value: &String| snapshot.values.number(Space::Dimension(dimension), value);
            let numbers: Vec<u32> = wanted.iter().filter_map(number).collect();
            (dimension.bit(), snapshot.segments.iter().map(|segment| segment.shelf.holding(&numbers)).collect())
        });
        Sieve { meshes: meshes.collect(), circle: filter.near.filter(is_sound).map(Circle::new) }
    }

    #[inline]
    pub fn failed(&self, snapshot: &Snapshot, ordinal: usize, doc: DocId) -> Failed {
        let failed = self.meshes.iter().filter(|(_, sets)| !sets[ordinal].contains(doc)).fold(0, |failed, (bit, _)| failed | bit);
        let is_elsewhere = !self.is_near(&snapshot.segments[ordinal], doc);
        Failed { dimensions: failed, is_elsewhere }
    }

    /// Whether a document that [`Sieve::narrow`] left is in the circle.
    #[inline]
    pub fn is_near(&self, segment: &Segment, doc: DocId) -> bool {
        self.circle.is_none_or(|circle| segment.shelf.point(doc).is_some_and(|point| circle.holds(point)))
    }

    /// Leaves of a segment's documents those that meet the filter, but for its circle.
    pub fn narrow(&self, segment: &Segment, docs: &mut Docs) {
        self.meshes.iter().for_each(|(_, sets)| docs.intersect(&sets[segment.ordinal]));
    }
}

/// A circle that is none admits everything rather than nothing.
pub(super) fn is_sound(near: &Near) -> bool {
    near.kilometres.is_finite() && near.point.latitude.is_finite() && near.point.longitude.is_finite()
}
