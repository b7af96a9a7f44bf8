//! Answers a search: parses, plans, looks up, expands, scores, collects, and presents a page.

use crate::search::analysis::Slot;
use crate::search::collecting::{PageCollector, PointInTime};
use crate::search::contract::{Interpretation, Result, SearchRequest, SearchResponse};
use crate::search::index::{BitSet, Docs, Fields, Searcher, Visibility};
use crate::search::matching::{Constraints, DocFilter, ExecutedQuery, ResolvedPlan, expansions, interpretation};
use crate::search::presenting::Presenter;
use crate::search::query::{Expansions, IndexView, QueryPlan, filter_names};

/// Answers a search from one moment of the index.
pub fn search(view: &IndexView, fields: &Fields, request: &SearchRequest) -> Result<SearchResponse> {
    let searcher = &*view.searcher;
    let visibility = Visibility::new(request.allowed.as_deref(), searcher);
    let query = filter_names::parse(&request.text, searcher, &visibility)?;
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
        let presenter = Presenter { searcher, fields, request, executed: None, point_in_time: None };
        let interpretation = interpretation::of(&query, None, &Expansions::default());
        let interpretation = Interpretation { is_void: !query.lists(&request.text), ..interpretation };
        return Ok(SearchResponse { interpretation, ..presenter.page(collector.finish())? });
    }
    // A walk goes on by what it began with.
    let cursor = request.page.after.as_ref().or(request.page.before.as_ref());
    let point_in_time = cursor.and_then(PointInTime::of_cursor).filter(|point_in_time| point_in_time.is_of(&request.text));
    let stats = point_in_time.as_ref().map_or_else(|| visibility.stats(searcher), PointInTime::stats);
    let mut expansions = match &point_in_time {
        Some(point_in_time) => point_in_time.expansions(),
        None => expansions::before_lookup(searcher, &visibility, &view.thesaurus, &query)?,
    };
    let mut plan = QueryPlan::new(&query, &stats, &expansions);
    let pinned = point_in_time.as_ref().map(PointInTime::frequencies);
    let mut resolved = ResolvedPlan::new(searcher, &visibility, &plan, &stats, pinned)?;
    if point_in_time.is_none() && expansions::after_lookup(searcher, &visibility, &query, &plan, &resolved, &mut expansions)? {
        plan = QueryPlan::new(&query, &stats, &expansions);
        resolved = ResolvedPlan::new(searcher, &visibility, &plan, &stats, None)?;
    }
    let preferred: Vec<Slot> = request.languages.iter().map(|tag| Slot::of(tag)).collect();
    resolved.score(searcher, &sought, &preferred, 0, |ordinal, doc, score, slot| {
        let recency = searcher.segments[ordinal].columns.recencies[doc as usize];
        collector.add(&doc_filter, ordinal, doc, Some((score * recency, slot)));
    })?;
    let presenter = Presenter {
        searcher,
        fields,
        request,
        executed: Some(ExecutedQuery { query: &query, plan: &plan, resolved: &resolved }),
        point_in_time: Some(PointInTime::new(&request.text, &stats, &resolved, &expansions).write().into()),
    };
    Ok(SearchResponse {
        did_you_mean: interpretation::did_you_mean(&request.text, &query, &expansions, &resolved),
        interpretation: interpretation::of(&query, Some((&plan, &resolved)), &expansions),
        ..presenter.page(collector.finish())?
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
