//! Answers a search: parses, plans, looks up, expands, scores, collects, and presents a page.

use crate::analysis::Slot;
use crate::collecting::{PageCollector, PointInTime};
use crate::contract::{Interpretation, Reading, Result, SearchRequest, SearchResponse};
use crate::index::{BitSet, Docs, Fields, Searcher, Visibility};
use crate::matching::{Boosts, DocFilter, ExecutedQuery, ResolvedPlan, expansions, interpretation, warnings};
use crate::presenting::Presenter;
use crate::query::{Expansions, IndexView, ParsedQuery, QueryPlan, filter_names};

/// Answers a search from one moment of the index.
pub fn search(view: &IndexView, fields: &Fields, request: &SearchRequest) -> Result<SearchResponse> {
    let visibility = Visibility::new(request.allowed.as_deref(), &view.searcher);
    let mut query = filter_names::parse(&request.text, &view.searcher, &visibility)?;
    // A walk goes on by what it began with.
    let cursor = request.page.after.as_ref().or(request.page.before.as_ref());
    let point_in_time = cursor.and_then(PointInTime::of_cursor).filter(|point_in_time| point_in_time.is_of(&request.text));
    let is_relaxed = point_in_time.as_ref().is_some_and(|point_in_time| point_in_time.is_relaxed);
    let search = Search { view, fields, request, visibility, point_in_time };
    if is_relaxed && query.relax() {
        return search.answer(&query);
    }
    let strict = search.answer(&query)?;
    if strict.total == 0 && request.relax && cursor.is_none() && query.relax() {
        let relaxed = search.answer(&query)?;
        if relaxed.total > 0 {
            return Ok(relaxed);
        }
    }
    Ok(strict)
}

/// A request with what it is answered from.
struct Search<'a> {
    view: &'a IndexView,
    fields: &'a Fields,
    request: &'a SearchRequest,
    visibility: Visibility,
    point_in_time: Option<PointInTime>,
}

impl Search<'_> {
    /// Answers the request with its query read so.
    fn answer(&self, query: &ParsedQuery) -> Result<SearchResponse> {
        let (searcher, request) = (&*self.view.searcher, self.request);
        let doc_filter = DocFilter::new(&query.narrow(&request.filter), searcher);
        let mut boosts = Boosts::new(query, searcher)?;
        let sought = self.sought(&boosts, &doc_filter)?;
        let mut collector = PageCollector::new(searcher, request);
        if query.has_no_words() {
            // A query of exclusions and fields alone lists what they leave; one of signs alone finds nothing.
            if query.lists(&request.text) {
                for (segment, docs) in searcher.segments.iter().zip(&sought) {
                    docs.iter(segment.max_doc() as usize).for_each(|doc| collector.add(&doc_filter, segment.ordinal, doc, None));
                }
            }
            let page = self.presenter(None, None).page(collector.finish())?;
            let interpretation = interpretation::of(query, None, &Expansions::default());
            let interpretation = Interpretation { is_void: !query.lists(&request.text), ..interpretation };
            return Ok(self.told(query, interpretation, page));
        }
        let stats = self.point_in_time.as_ref().map_or_else(|| self.visibility.stats(searcher), PointInTime::stats);
        let mut expansions = match &self.point_in_time {
            Some(point_in_time) => point_in_time.expansions(),
            None => expansions::before_lookup(searcher, &self.visibility, &self.view.thesaurus, query)?,
        };
        let mut plan = QueryPlan::new(query, &stats, &expansions);
        let pinned = self.point_in_time.as_ref().map(PointInTime::frequencies);
        let mut resolved = ResolvedPlan::new(searcher, &self.visibility, &plan, &stats, pinned)?;
        if pinned.is_none() && expansions::after_lookup(self.view, &self.visibility, query, &plan, &resolved, &mut expansions)? {
            plan = QueryPlan::new(query, &stats, &expansions);
            resolved = ResolvedPlan::new(searcher, &self.visibility, &plan, &stats, None)?;
        }
        // A name that is mistyped is that name.
        let did_you_mean = interpretation::did_you_mean(&request.text, query, &expansions, &resolved);
        for text in [Some(&request.text), did_you_mean.as_ref()].into_iter().flatten() {
            boosts.add_names(text, query, searcher)?;
        }
        let preferred: Vec<Slot> = request.languages.iter().map(|tag| Slot::of(tag)).collect();
        resolved.score(searcher, &sought, &preferred, 0, |ordinal, doc, score, slot| {
            let factor = boosts.of(&searcher.segments[ordinal], doc).product();
            collector.add(&doc_filter, ordinal, doc, Some((score * factor, slot)));
        })?;
        let executed = ExecutedQuery { query, plan: &plan, resolved: &resolved, boosts: &boosts };
        let point_in_time = PointInTime::new(&request.text, query.reading == Reading::Relaxed, &stats, &resolved, &expansions);
        let page = self.presenter(Some(executed), Some(&point_in_time)).page(collector.finish())?;
        let interpretation = interpretation::of(query, Some((&plan, &resolved)), &expansions);
        Ok(SearchResponse { did_you_mean, ..self.told(query, interpretation, page) })
    }

    fn presenter<'a>(&'a self, executed: Option<ExecutedQuery<'a>>, point_in_time: Option<&PointInTime>) -> Presenter<'a> {
        let point_in_time = point_in_time.map(|point_in_time| point_in_time.write().into());
        Presenter { searcher: &self.view.searcher, fields: self.fields, request: self.request, executed, point_in_time }
    }

    /// A page with how its query was understood, and what of it nothing has.
    fn told(&self, query: &ParsedQuery, interpretation: Interpretation, page: SearchResponse) -> SearchResponse {
        let warnings = warnings::of(query, &self.request.filter, &self.view.searcher, &self.visibility);
        let interpretation = Interpretation { finds_nothing: page.total == 0, warnings, ..interpretation };
        SearchResponse { interpretation, ..page }
    }

    /// Which documents of each segment are to be looked at.
    fn sought(&self, boosts: &Boosts, doc_filter: &DocFilter) -> Result<Vec<Docs>> {
        let (searcher, request): (&Searcher, _) = (&self.view.searcher, self.request);
        let mut sought = self.visibility.docs().to_vec();
        for (segment, docs) in searcher.segments.iter().zip(&mut sought) {
            boosts.constraints.narrow(segment, docs);
            // Facets count what fails one filter, too; without them that need not be looked at.
            if request.facets.is_none() {
                doc_filter.narrow(segment, docs);
            }
        }
        if !request.among.is_empty() {
            let mut among: Vec<BitSet> = searcher.segments.iter().map(|segment| BitSet::none(segment.max_doc() as usize)).collect();
            for key in &request.among {
                searcher.each_doc_of(self.fields, key, |ordinal, doc| among[ordinal].insert(doc))?;
            }
            sought.iter_mut().zip(&among).for_each(|(docs, among)| docs.intersect(among));
        }
        Ok(sought)
    }
}
