//! Answers a query: finds, filters, counts, orders, and tells a page.

use std::cmp::Ordering;
use std::sync::Arc;

use tantivy::{DocAddress, DocId, TantivyDocument};
use uuid::Uuid;

use super::doc::DocKey;
use super::docs::{BitSet, Docs};
use super::error::Result;
use super::explain::{self, ExplainedHit};
use super::facets::FacetCounts;
use super::fields::{Dimension, Fields};
use super::globe::kilometres;
use super::languages::Slot;
use super::pin::PointInTime;
use super::place::{self, Cursor, SortKey};
use super::plan::{Expansions, QueryPlan};
use super::query_parser::ParsedQuery;
use super::request::{Order, SearchRequest};
use super::response::{Hit, Interpretation, SearchResponse};
use super::score::ResolvedPlan;
use super::screen::Constraints;
use super::shelf::SegmentColumns;
use super::sieve::{DocFilter, Visibility};
use super::snapshot::Searcher;
use super::synonyms::Thesaurus;
use super::values::{ValueDictionary, ValueSpace};
use super::{expansions, named, snippet};

/// The most hits a page can have, whatever is asked.
const LONGEST_PAGE: usize = 10_000;

/// Answers a query from one searcher.
pub(super) fn search(searcher: &Searcher, fields: &Fields, thesaurus: &Thesaurus, request: &SearchRequest) -> Result<SearchResponse> {
    let visibility = Visibility::new(request.allowed.as_deref(), searcher);
    let query = named::read(&request.text, searcher, &visibility)?;
    let doc_filter = DocFilter::new(&query.narrow(&request.filter), searcher);
    let constraints = Constraints::new(&query, searcher)?;
    let sought = sought(searcher, fields, request, &visibility, &constraints, &doc_filter)?;
    let mut collector = PageCollector::new(searcher, request);
    if query.has_no_words() {
        // A query of exclusions and fields alone lists what they leave; one of signs alone finds nothing.
        if query.lists(&request.text) {
            for (segment, docs) in searcher.segments.iter().zip(&sought) {
                docs.iter(segment.max_doc() as usize).for_each(|doc| collector.add(&doc_filter, segment.ordinal, doc, None));
            }
        }
        let response = collector.finish(fields, None)?;
        let interpretation = expansions::interpretation(&query, None, &Expansions::default());
        return Ok(SearchResponse {
            interpretation: Interpretation { is_void: !query.lists(&request.text), ..interpretation },
            ..response
        });
    }
    // A walk goes on by what it began with.
    let point_in_time = request.page.after.as_ref().or(request.page.before.as_ref()).and_then(Cursor::point_in_time);
    let point_in_time = point_in_time.filter(|point_in_time| point_in_time.is_of(&request.text));
    let stats = point_in_time.as_ref().map_or_else(|| visibility.stats(searcher), PointInTime::stats);
    let mut expansions = match &point_in_time {
        Some(point_in_time) => point_in_time.expansions(),
        None => expansions::before_lookup(searcher, &visibility, thesaurus, &query)?,
    };
    let mut plan = QueryPlan::new(&query, &stats, &expansions);
    let mut resolved = ResolvedPlan::new(searcher, &visibility, &plan, &stats, point_in_time.as_ref())?;
    if point_in_time.is_none() && expansions::after_lookup(searcher, &visibility, &query, &plan, &resolved, &mut expansions)? {
        plan = QueryPlan::new(&query, &stats, &expansions);
        resolved = ResolvedPlan::new(searcher, &visibility, &plan, &stats, None)?;
    }
    let did_you_mean = expansions::did_you_mean(&request.text, &query, &expansions, &resolved);
    collector.point_in_time = Some(PointInTime::of(&request.text, &stats, &resolved, &expansions).write().into());
    let preferred: Vec<Slot> = request.languages.iter().map(|tag| Slot::of(tag)).collect();
    resolved.score(searcher, &sought, &preferred, 0, |ordinal, doc, score, slot| {
        let recency = searcher.segments[ordinal].columns.recencies[doc as usize];
        collector.add(&doc_filter, ordinal, doc, Some((score * recency, slot)));
    })?;
    let response = collector.finish(fields, Some(&ExecutedQuery { query: &query, plan: &plan, resolved: &resolved }))?;
    Ok(SearchResponse {
        did_you_mean,
        interpretation: expansions::interpretation(&query, Some((&plan, &resolved)), &expansions),
        ..response
    })
}

/// Which documents of each segment are to be looked at.
fn sought(
    searcher: &Searcher,
    fields: &Fields,
    request: &SearchRequest,
    visibility: &Visibility,
    constraints: &Constraints,
    doc_filter: &DocFilter,
) -> Result<Vec<Docs>> {
    let mut sought = visibility.docs().to_vec();
    for (segment, docs) in searcher.segments.iter().zip(&mut sought) {
        constraints.narrow(segment, docs);
        // Facets count what fails one filter, too; without them that need not be looked at.
        if request.facets.is_none() {
            doc_filter.narrow(segment, docs);
        }
    }
    if !request.among.is_empty() {
        let mut among: Vec<BitSet> = searcher.segments.iter().map(|segment| BitSet::none(segment.max_doc() as usize)).collect();
        for key in &request.among {
            searcher.each_doc_of(fields, key, |ordinal, doc| among[ordinal].insert(doc))?;
        }
        sought.iter_mut().zip(&among).for_each(|(docs, among)| docs.intersect(among));
    }
    Ok(sought)
}

/// What was sought, where words were.
pub(super) struct ExecutedQuery<'a> {
    pub query: &'a ParsedQuery,
    pub plan: &'a QueryPlan,
    pub resolved: &'a ResolvedPlan,
}

/// A document that may be on the page.
#[derive(Clone, Copy)]
struct Candidate {
    rank: u64,
    id: Uuid,
    kind: u32,
    score: f32,
    slot: Slot,
    address: DocAddress,
}

impl Candidate {
    fn sort_key<'a>(&self, values: &'a ValueDictionary) -> SortKey<'a> {
        SortKey { rank: self.rank, id: self.id, kind: values.value(self.kind) }
    }
}

pub(super) struct PageCollector<'a> {
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
    /// What hits are weighed by.
    point_in_time: Option<Arc<str>>,
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
            point_in_time: None,
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
            (Order::Relevance, Some(score)) => place::of_score(score),
            (Order::Relevance, None) | (Order::Newest, _) => place::of_newest(date),
            (Order::Oldest, _) => place::of_oldest(date),
            (Order::Nearest(from), _) => place::of_nearest(columns.point(doc).map(|point| kilometres(from, point))),
        }
    }

    fn consider(&mut self, candidate: Candidate) {
        let page = &self.request.page;
        let sort_key = candidate.sort_key(&self.searcher.values);
        if page.after.as_ref().is_some_and(|after| sort_key <= after.sort_key()) {
            self.has_earlier = true;
            return;
        }
        if page.before.as_ref().is_some_and(|before| sort_key >= before.sort_key()) {
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

    pub fn finish(mut self, fields: &Fields, sought: Option<&ExecutedQuery>) -> Result<SearchResponse> {
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
        let hits = self.page.iter().map(|candidate| self.hit(candidate, fields, sought)).collect::<Result<_>>()?;
        let facets = self.counts.as_ref().map(|counts| counts.facets(&self.searcher.values, self.request.facets.unwrap_or_default()));
        Ok(SearchResponse { hits, total: self.total, facets, has_next, has_previous, ..SearchResponse::default() })
    }

    fn hit(&self, candidate: &Candidate, fields: &Fields, sought: Option<&ExecutedQuery>) -> Result<Hit> {
        let columns = &*self.searcher.segments[candidate.address.segment_ord as usize].columns;
        let key = DocKey { kind: self.searcher.values.value(candidate.kind).to_string(), id: candidate.id };
        let language = self.language(columns, candidate);
        let snippets = match sought.filter(|sought| self.request.snippets && !sought.plan.is_empty()) {
            Some(sought) => {
                let stored: TantivyDocument = self.searcher.engine.doc(candidate.address)?;
                snippet::snippets(fields, &stored, sought.plan, candidate.slot)
            }
            None => Vec::new(),
        };
        let explanation = sought.filter(|_| self.request.explain).map(|sought| {
            let recency = columns.recencies[candidate.address.doc_id as usize];
            explain::explain(
                self.searcher,
                sought,
                ExplainedHit { ordinal: candidate.address.segment_ord as usize, doc: candidate.address.doc_id, recency },
            )
        });
        let cursor = Cursor::new(&self.request.order, candidate.rank, key.clone(), self.point_in_time.clone());
        Ok(Hit { key, score: candidate.score, language, snippets, explanation: explanation.transpose()?, cursor })
    }

    /// The tag, as the document's own text has it, of the language that matched.
    fn language(&self, columns: &SegmentColumns, candidate: &Candidate) -> Option<String> {
        let values = &self.searcher.values;
        let is_language = |ordinal: &&u32| values.space(**ordinal) == ValueSpace::Dimension(Dimension::Language);
        let tags = columns.values(candidate.address.doc_id).iter().filter(is_language).map(|&ordinal| values.value(ordinal));
        tags.into_iter().find(|tag| Slot::of(tag) == candidate.slot).map(|tag| tag.to_string())
    }
}
