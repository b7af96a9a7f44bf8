//! From the candidates of a page to its hits, as they are told: with their language, snippets and explanation.

use std::sync::Arc;

use tantivy::TantivyDocument;

use super::explain::explain;
use super::snippets::snippets;
use crate::analysis::Slot;
use crate::collecting::{Candidate, CollectedPage};
use crate::contract::{Cursor, Dimension, Hit, Result, SearchRequest, SearchResponse};
use crate::index::{Fields, Searcher, SegmentColumns, ValueSpace};
use crate::matching::ExecutedQuery;

/// What hits are made with.
pub struct Presenter<'a> {
    pub searcher: &'a Searcher,
    pub fields: &'a Fields,
    pub request: &'a SearchRequest,
    /// What was sought, where words were.
    pub executed: Option<ExecutedQuery<'a>>,
    /// What hits were weighed by, for their cursors.
    pub point_in_time: Option<Arc<str>>,
}

impl Presenter<'_> {
    pub fn page(&self, page: CollectedPage) -> Result<SearchResponse> {
        let CollectedPage { candidates, total, facets, has_next, has_previous } = page;
        let hits = candidates.iter().map(|candidate| self.hit(candidate)).collect::<Result<_>>()?;
        Ok(SearchResponse { hits, total, facets, has_next, has_previous, ..SearchResponse::default() })
    }

    fn hit(&self, candidate: &Candidate) -> Result<Hit> {
        let (ordinal, doc) = (candidate.address.segment_ord as usize, candidate.address.doc_id);
        let columns = &*self.searcher.segments[ordinal].columns;
        let key = candidate.key(&self.searcher.values);
        let language = self.language(columns, candidate);
        let snippets = match self.executed.as_ref().filter(|executed| self.request.snippets && !executed.plan.is_empty()) {
            Some(executed) => {
                let stored: TantivyDocument = self.searcher.engine.doc(candidate.address)?;
                snippets(self.fields, &stored, executed.plan, candidate.slot)
            }
            None => Vec::new(),
        };
        let explained = self.executed.as_ref().filter(|_| self.request.explain);
        let explanation = explained.map(|executed| explain(self.searcher, executed, ordinal, doc));
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
