//! Whether queries find documents at hand, which the index holds as they are here: what a search confined to them would answer, from the documents themselves.
//!
//! What a word stands for is asked of the index, as its viewer sees it; whether a document has it is seen from the document. So nothing is scored for the
//! answer, counted or ordered; only where a word is perhaps mistyped the documents that fit the rest of the query are weighed.
//!
//! Where a document is another by now, the answer is that of the document as it is here: what it became is an entry of the log of its own.
//!
//! Invariant: the answer is the one of [`SearchIndex::search`](crate::SearchIndex::search) with the same [`SearchRequest::among`], if that names any. Held by `tests::laws::the_percolator_misses_nothing`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::document_terms::DocumentTerms;
use crate::analysis::Slot;
use crate::contract::{DocKey, Filter, Result, SearchDoc, SearchRequest};
use crate::index::{FieldStats, Visibility};
use crate::matching::{ResolvedPlan, expansions};
use crate::query::{IndexView, ParsedQuery, PlannedTerm, QueryPlan, filter_names, narrowed};

/// Documents, taken apart to be asked of.
pub struct Verifier<'a> {
    docs: Vec<(&'a SearchDoc, DocumentTerms)>,
    view: IndexView,
    /// What viewers see, by their audiences: one asks many queries.
    viewers: RefCell<HashMap<Option<Vec<String>>, Rc<ViewerContext>>>,
}

struct ViewerContext {
    visibility: Visibility,
    stats: [FieldStats; Slot::COUNT],
}

impl<'a> Verifier<'a> {
    /// Takes documents apart that the index holds as they are here.
    pub fn new(view: &IndexView, docs: impl IntoIterator<Item = &'a SearchDoc>) -> Verifier<'a> {
        Verifier {
            docs: docs.into_iter().map(|doc| (doc, DocumentTerms::of(doc))).collect(),
            view: view.clone(),
            viewers: RefCell::default(),
        }
    }

    /// Which of the documents of [`SearchRequest::among`] a query finds. Its page is not heeded.
    pub fn verify(&self, request: &SearchRequest) -> Result<Vec<DocKey>> {
        let viewer = self.viewer(request.allowed.as_ref());
        let query = filter_names::parse(&request.text, &self.view.searcher, &viewer.visibility)?;
        let filter = query.narrow(&request.filter);
        let is_allowed = |doc: &SearchDoc| request.allowed.as_ref().is_none_or(|allowed| doc.is_for(allowed));
        let is_possible = |(doc, document): &&(&SearchDoc, DocumentTerms)| {
            request.among.contains(&doc.key) && is_allowed(doc) && filter.admits(doc) && is_met(&query, document, doc)
        };
        let possible: Vec<&(&SearchDoc, DocumentTerms)> = self.docs.iter().filter(is_possible).collect();
        let all = |docs: &[&(&SearchDoc, DocumentTerms)]| docs.iter().map(|(doc, _)| doc.key.clone()).collect();
        if possible.is_empty() {
            return Ok(Vec::new());
        }
        if query.has_no_words() {
            return Ok(if query.lists(&request.text) { all(&possible) } else { Vec::new() });
        }
        let plan = self.plan(&query, &viewer, &possible)?;
        let found: Vec<_> = possible.into_iter().filter(|(_, document)| has_any(&plan, document)).collect();
        Ok(all(&found))
    }

    /// What a query is looked up by in the slots of these documents, as far as it matters to them.
    fn plan(&self, query: &ParsedQuery, viewer: &ViewerContext, docs: &[&(&SearchDoc, DocumentTerms)]) -> Result<QueryPlan> {
        let (searcher, ViewerContext { visibility, stats }) = (&self.view.searcher, viewer);
        let here = docs.iter().fold(0, |set, (_, document)| set | document.slots);
        let may_expand = query.words.iter().any(|word| !word.is_prefix && expansions::may_expand(word));
        // What a word stands for beside itself is added to it, so whoever has the word needs no more. Only where a word says nothing in some language, a correction
        // may show another language and leave it out.
        let is_decided =
            |plan: &QueryPlan| (!may_expand || plan.stop_words == 0) && docs.iter().all(|(_, document)| has_any(plan, document));
        let mut expansions = expansions::synonyms(&self.view.thesaurus, query);
        let mut plan = QueryPlan::of(query, stats, &expansions, here);
        if is_decided(&plan) {
            return Ok(plan);
        }
        if query.words.iter().any(|word| word.is_prefix) {
            expansions::add_prefixes(searcher, visibility, query, here, &mut expansions)?;
            plan = QueryPlan::of(query, stats, &expansions, here);
        }
        if !may_expand || is_decided(&plan) {
            return Ok(plan);
        }
        expansions::add_prefixes(searcher, visibility, query, !here, &mut expansions)?;
        let whole = QueryPlan::new(query, stats, &expansions);
        let resolved = ResolvedPlan::new(searcher, visibility, &whole, stats, None)?;
        let is_other = expansions::after_lookup(&self.view, visibility, query, &whole, &resolved, &mut expansions)?;
        Ok(if is_other { QueryPlan::of(query, stats, &expansions, here) } else { plan })
    }

    fn viewer(&self, allowed: Option<&Vec<String>>) -> Rc<ViewerContext> {
        let mut known = self.viewers.borrow_mut();
        let viewer = known.entry(allowed.cloned()).or_insert_with(|| {
            let visibility = Visibility::new(allowed.map(Vec::as_slice), &self.view.searcher);
            let stats = visibility.stats(&self.view.searcher);
            Rc::new(ViewerContext { visibility, stats })
        });
        viewer.clone()
    }
}

/// Whether a document has all that must be there beside words, and nothing that must not.
pub fn is_met(query: &ParsedQuery, document: &DocumentTerms, doc: &SearchDoc) -> bool {
    if !query.is_strict() {
        return true;
    }
    query.phrases.iter().all(|words| document.stands(words))
        && !query.excluded.iter().any(|words| document.stands(words))
        && !query.fields.iter().any(|part| part.is_excluded && narrowed(&Filter::default(), std::iter::once(part)).admits(doc))
}

/// Whether a document has anything that is looked up.
fn has_any(plan: &QueryPlan, document: &DocumentTerms) -> bool {
    let has = |slot: Slot, wanted: &PlannedTerm| {
        wanted.terms.iter().any(|(term, _)| document.terms.contains(&(slot, term.clone())))
            || wanted.phrases.iter().any(|(phrase, _)| document.follows(slot, phrase))
    };
    plan.slots.iter().any(|sought| sought.wanted.iter().any(|wanted| has(sought.slot, wanted)))
}
