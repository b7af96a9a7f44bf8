//! Collects the hits of a page: counts, compares, and keeps the best.

use std::cmp::Ordering;

use tantivy::{DocAddress, DocId};
use uuid::Uuid;

use super::facets::FacetCounts;
use super::sort_key;
use super::sort_key::SortKey;
use crate::analysis::Slot;
use crate::contract::{DocKey, Facets, Order, SearchRequest, kilometres};
use crate::index::{Searcher, SegmentColumns, ValueDictionary};
use crate::matching::DocFilter;

/// The most hits a page can have, whatever is asked.
const LONGEST_PAGE: usize = 10_000;

/// A document that may be on the page.
#[derive(Clone, Copy)]
pub struct Candidate {
    pub rank: u64,
    id: Uuid,
    /// The ordinal of its kind.
    kind: u32,
    pub score: f32,
    /// The slot that fits best.
    pub slot: Slot,
    pub address: DocAddress,
}

impl Candidate {
    pub fn key(&self, values: &ValueDictionary) -> DocKey {
        DocKey { kind: values.value(self.kind).to_string(), id: self.id }
    }

    fn sort_key<'a>(&self, values: &'a ValueDictionary) -> SortKey<'a> {
        SortKey { rank: self.rank, id: self.id, kind: values.value(self.kind) }
    }
}

/// A page, with what is known of all hits.
pub struct CollectedPage {
    pub candidates: Vec<Candidate>,
    pub total: u64,
    pub facets: Option<Facets>,
    pub has_next: bool,
    pub has_previous: bool,
}

/// Takes in the documents that match, one by one, and keeps those of the page.
pub struct PageCollector<'a> {
    searcher: &'a Searcher,
    request: &'a SearchRequest,
    total: u64,
    /// Whether there are hits up to `after`, and from `before` on.
    has_earlier: bool,
    has_later: bool,
    counts: Option<FacetCounts>,
    page: Vec<Candidate>,
    /// The last of the page so far, once there are enough to have one.
    last: Option<Candidate>,
    count: usize,
    is_backward: bool,
}

impl<'a> PageCollector<'a> {
    pub fn new(searcher: &'a Searcher, request: &'a SearchRequest) -> PageCollector<'a> {
        let (count, is_backward) = (request.page.count().min(LONGEST_PAGE), request.page.is_backward());
        let counts = request.facets.map(|_| FacetCounts::new(&searcher.values));
        PageCollector {
            searcher,
            request,
            total: 0,
            has_earlier: false,
            has_later: false,
            counts,
            page: Vec::new(),
            last: None,
            count,
            is_backward,
        }
    }

    /// Takes a document in. Where no facets are counted, it is one that [`DocFilter::narrow`] left.
    #[inline]
    pub fn add(&mut self, doc_filter: &DocFilter, ordinal: usize, doc: DocId, found: Option<(f32, Slot)>) {
        let columns = &*self.searcher.segments[ordinal].columns;
        let is_met = match &mut self.counts {
            Some(counts) => {
                let failed = doc_filter.failed(self.searcher, ordinal, doc);
                counts.add(columns, doc, failed, &self.searcher.values);
                failed.nothing()
            }
            None => {
                debug_assert_eq!(
                    doc_filter.failed(self.searcher, ordinal, doc).dimensions,
                    0,
                    "the filter was laid over the documents before"
                );
                doc_filter.is_near(&self.searcher.segments[ordinal], doc)
            }
        };
        if !is_met {
            return;
        }
        self.total += 1;
        let (score, slot) = found.unwrap_or((0.0, Slot::NAMES));
        let rank = self.rank(columns, doc, found.map(|(score, _)| score));
        if let Some(last) = &self.last
            && (rank.cmp(&last.rank) == if self.is_backward { Ordering::Greater } else { Ordering::Less })
            && self.request.page.after.is_none()
            && self.request.page.before.is_none()
        {
            return;
        }
        let kind = columns.values(doc)[0];
        let address = DocAddress::new(ordinal as u32, doc);
        self.consider(Candidate { rank, id: columns.ids[doc as usize], kind, score, slot, address });
    }

    fn rank(&self, columns: &SegmentColumns, doc: DocId, score: Option<f32>) -> u64 {
        let date = columns.dates[doc as usize];
        match (self.request.order, score) {
            (Order::Relevance, Some(score)) => sort_key::of_score(score),
            (Order::Relevance, None) | (Order::Newest, _) => sort_key::of_newest(date),
            (Order::Oldest, _) => sort_key::of_oldest(date),
            (Order::Nearest(from), _) => sort_key::of_nearest(columns.point(doc).map(|point| kilometres(from, point))),
        }
    }

    fn consider(&mut self, candidate: Candidate) {
        let page = &self.request.page;
        let sort_key = candidate.sort_key(&self.searcher.values);
        if page.after.as_ref().is_some_and(|after| sort_key <= SortKey::of(after)) {
            self.has_earlier = true;
            return;
        }
        if page.before.as_ref().is_some_and(|before| sort_key >= SortKey::of(before)) {
            self.has_later = true;
            return;
        }
        if let Some(last) = self.last
            && self.compare(&candidate, &last) == Ordering::Greater
        {
            return;
        }
        self.page.push(candidate);
        if self.page.len() >= (self.count + 1) * 2 + 32 {
            self.shrink();
            self.last = self.page.get(self.count).copied();
        }
    }

    fn order(&self, a: &SortKey<'_>, b: &SortKey<'_>) -> Ordering {
        if self.is_backward { b.cmp(a) } else { a.cmp(b) }
    }

    fn compare(&self, a: &Candidate, b: &Candidate) -> Ordering {
        self.order(&a.sort_key(&self.searcher.values), &b.sort_key(&self.searcher.values))
    }

    /// Keeps one more than the page, so that there is seen to be a next one.
    fn shrink(&mut self) {
        let mut page = std::mem::take(&mut self.page);
        page.sort_unstable_by(|a, b| self.compare(a, b));
        page.truncate(self.count + 1);
        self.page = page;
    }

    pub fn finish(mut self) -> CollectedPage {
        self.shrink();
        let has_more = self.page.len() > self.count;
        self.page.truncate(self.count);
        let (mut has_next, mut has_previous) = (self.has_later, self.has_earlier);
        if self.is_backward {
            self.page.reverse();
            has_previous |= has_more;
        } else {
            has_next |= has_more;
            let cut = self.request.page.last.map_or(0, |last| self.page.len().saturating_sub(last));
            self.page.drain(..cut);
            has_previous |= cut > 0;
        }
        let facets = self.counts.as_ref().map(|counts| counts.facets(&self.searcher.values, self.request.facets.unwrap_or_default()));
        CollectedPage { candidates: self.page, total: self.total, facets, has_next, has_previous }
    }
}
