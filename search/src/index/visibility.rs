//! Which documents a viewer may see, and what of a term stands in these: the security filter that everything else reads through.

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader};

use super::bit_set::Docs;
use super::field_stats::FieldStats;
use super::searcher::{Searcher, Segment};
use crate::analysis::Slot;
use crate::contract::Result;

/// What a viewer sees of one searcher: the living documents of the viewer's audiences.
///
/// Invariant: it is asked of segments of this searcher only.
pub struct Visibility {
    /// The viewer's audiences; `None` sees all.
    allowed: Option<Vec<u32>>,
    /// What is seen of each segment.
    seen: Vec<Docs>,
    segments: Vec<SegmentId>,
}

impl Visibility {
    pub fn new(allowed: Option<&[String]>, searcher: &Searcher) -> Visibility {
        let allowed = allowed.map(|keys| {
            let mut ordinals: Vec<u32> = keys.iter().flat_map(|key| searcher.values.audiences(key)).collect();
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
pub fn each_visible_doc(
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
pub fn has_visible_doc(visibility: &Visibility, segment: &Segment, terms: &InvertedIndexReader, info: &TermInfo) -> Result<bool> {
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
pub fn visible_doc_freq(visibility: &Visibility, segment: &Segment, terms: &InvertedIndexReader, info: &TermInfo) -> Result<u64> {
    if visibility.sees_all_of(segment) {
        return Ok(u64::from(info.doc_freq));
    }
    let mut count = 0;
    each_visible_doc(visibility, segment, terms, info, |_| count += 1)?;
    Ok(count)
}
