//! Whether questions find documents at hand, which the index holds as they are here: what a search confined to them would answer, from the documents themselves.
//!
//! What a word stands for is asked of the index, as its viewer sees it; whether a document has it is seen from the document. So nothing is scored for the
//! answer, counted or ordered; only where a word is perhaps mistyped the documents that fit the rest of the question are weighed.
//!
//! Where a document is another by now, the answer is that of the document as it is here: what it became is an entry of the log of its own.
//!
//! Invariant: the answer is the one of [`SearchIndex::search`] with the same [`SearchRequest::among`], if that names any. Held by `tests::laws::a_net_misses_nothing`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::super::doc::{DocKey, SearchDoc};
use super::super::error::Result;
use super::super::index::SearchIndex;
use super::super::languages::Slot;
use super::super::named;
use super::super::plan::{Plan, Wanted};
use super::super::question::{Question, narrowed};
use super::super::request::{Filter, SearchRequest};
use super::super::score::LookedUp;
use super::super::shelf::Length;
use super::super::sieve::Sight;
use super::super::snapshot::Snapshot;
use super::super::synonyms::Thesaurus;
use super::super::variants;
use super::document_terms::DocumentTerms;

/// Documents, taken apart to be asked of.
pub struct Verifier<'a> {
    docs: Vec<(&'a SearchDoc, DocumentTerms)>,
    snapshot: Arc<Snapshot>,
    thesaurus: Arc<Thesaurus>,
    /// What viewers see, by their audiences: one asks many questions.
    seen: RefCell<HashMap<Option<Vec<String>>, Rc<Seen>>>,
}

struct Seen {
    sight: Sight,
    lengths: [Length; Slot::COUNT],
}

impl SearchIndex {
    /// Takes documents apart that the index holds as they are here.
    pub fn verifier<'a>(&self, docs: impl IntoIterator<Item = &'a SearchDoc>) -> Verifier<'a> {
        Verifier {
            docs: docs.into_iter().map(|doc| (doc, DocumentTerms::of(doc))).collect(),
            snapshot: self.snapshot(),
            thesaurus: self.thesaurus(),
            seen: RefCell::default(),
        }
    }
}

impl Verifier<'_> {
    /// Which of the documents of [`SearchRequest::among`] a question finds. Its page is not heeded.
    pub fn verify(&self, request: &SearchRequest) -> Result<Vec<DocKey>> {
        let seen = self.seen(request.allowed.as_ref());
        let question = named::read(&request.text, &self.snapshot, &seen.sight)?;
        let filter = question.narrow(&request.filter);
        let is_allowed = |doc: &SearchDoc| request.allowed.as_ref().is_none_or(|allowed| allowed.contains(&doc.audience));
        let is_possible = |(doc, document): &&(&SearchDoc, DocumentTerms)| {
            request.among.contains(&doc.key) && is_allowed(doc) && filter.admits(doc) && is_met(&question, document, doc)
        };
        let possible: Vec<&(&SearchDoc, DocumentTerms)> = self.docs.iter().filter(is_possible).collect();
        let all = |docs: &[&(&SearchDoc, DocumentTerms)]| docs.iter().map(|(doc, _)| doc.key.clone()).collect();
        if possible.is_empty() {
            return Ok(Vec::new());
        }
        if question.has_no_words() {
            return Ok(if question.lists(&request.text) { all(&possible) } else { Vec::new() });
        }
        let plan = self.plan(&question, &seen, &possible)?;
        let found: Vec<_> = possible.into_iter().filter(|(_, document)| has_any(&plan, document)).collect();
        Ok(all(&found))
    }

    /// What a question is looked up by in the slots of these documents, as far as it matters to them.
    fn plan(&self, question: &Question, seen: &Seen, docs: &[&(&SearchDoc, DocumentTerms)]) -> Result<Plan> {
        let (snapshot, Seen { sight, lengths }) = (&self.snapshot, seen);
        let here = docs.iter().fold(0, |set, (_, document)| set | document.slots);
        let may_vary = question.words.iter().any(|word| !word.is_prefix && variants::may_vary(word));
        // What a word stands for beside itself is added to it, so whoever has the word needs no more. Only where a word says nothing in some language, a correction
        // may show another language and leave it out.
        let is_decided = |plan: &Plan| (!may_vary || plan.function == 0) && docs.iter().all(|(_, document)| has_any(plan, document));
        let mut variants = variants::synonyms(&self.thesaurus, question);
        let mut plan = Plan::of(question, lengths, &variants, here);
        if is_decided(&plan) {
            return Ok(plan);
        }
        if question.words.iter().any(|word| word.is_prefix) {
            variants::add_beginnings(snapshot, sight, question, here, &mut variants)?;
            plan = Plan::of(question, lengths, &variants, here);
        }
        if !may_vary || is_decided(&plan) {
            return Ok(plan);
        }
        variants::add_beginnings(snapshot, sight, question, !here, &mut variants)?;
        let whole = Plan::new(question, lengths, &variants);
        let looked_up = LookedUp::new(snapshot, sight, &whole, lengths, None)?;
        let is_other = variants::add(snapshot, sight, question, &whole, &looked_up, &mut variants)?;
        Ok(if is_other { Plan::of(question, lengths, &variants, here) } else { plan })
    }

    fn seen(&self, allowed: Option<&Vec<String>>) -> Rc<Seen> {
        let mut known = self.seen.borrow_mut();
        let seen = known.entry(allowed.cloned()).or_insert_with(|| {
            let sight = Sight::new(allowed.map(Vec::as_slice), &self.snapshot);
            let lengths = sight.lengths(&self.snapshot);
            Rc::new(Seen { sight, lengths })
        });
        seen.clone()
    }
}

/// Whether a document has all that must be there beside words, and nothing that must not.
pub(super) fn is_met(question: &Question, document: &DocumentTerms, doc: &SearchDoc) -> bool {
    question.phrases.iter().all(|words| document.stands(words))
        && !question.without.iter().any(|words| document.stands(words))
        && !question.fields.iter().any(|part| part.is_without && narrowed(&Filter::default(), std::iter::once(part)).admits(doc))
}

/// Whether a document has anything that is looked up.
fn has_any(plan: &Plan, document: &DocumentTerms) -> bool {
    let has = |slot: Slot, wanted: &Wanted| {
        wanted.terms.iter().any(|(term, _)| document.terms.contains(&(slot, term.clone())))
            || wanted.phrases.iter().any(|(phrase, _)| document.follows(slot, phrase))
    };
    plan.slots.iter().any(|sought| sought.wanted.iter().any(|wanted| has(sought.slot, wanted)))
}
