//! Answers a question: finds, filters, counts, orders, and tells a page.

use std::cmp::Ordering;
use std::sync::Arc;

use tantivy::{DocAddress, DocId, TantivyDocument};
use uuid::Uuid;

use super::doc::DocKey;
use super::docs::{Docs, Set};
use super::error::Result;
use super::explain::{self, ExplainedHit};
use super::facets::Counts;
use super::fields::{Dimension, Fields};
use super::globe::kilometres;
use super::languages::Slot;
use super::pin::Pin;
use super::place::{self, Cursor, Place};
use super::plan::{Plan, Variants};
use super::question::Question;
use super::request::{Order, SearchRequest};
use super::response::{Hit, Interpretation, SearchResponse};
use super::score::LookedUp;
use super::screen::Screen;
use super::shelf::Shelf;
use super::sieve::{Sieve, Sight};
use super::snapshot::Snapshot;
use super::synonyms::Thesaurus;
use super::values::{Space, Values};
use super::{named, snippet, variants};

/// The most hits a page can have, whatever is asked.
const LONGEST_PAGE: usize = 10_000;

/// Answers a question from one snapshot.
pub(super) fn answer(snapshot: &Snapshot, fields: &Fields, thesaurus: &Thesaurus, request: &SearchRequest) -> Result<SearchResponse> {
    let sight = Sight::new(request.allowed.as_deref(), snapshot);
    let question = named::read(&request.text, snapshot, &sight)?;
    let sieve = Sieve::new(&question.narrow(&request.filter), snapshot);
    let screen = Screen::new(&question, snapshot)?;
    let sought = sought(snapshot, fields, request, &sight, &screen, &sieve)?;
    let mut gather = Gather::new(snapshot, request);
    if question.has_no_words() {
        // A question of exclusions and fields alone lists what they leave; one of signs alone finds nothing.
        if question.lists(&request.text) {
            for (segment, docs) in snapshot.segments.iter().zip(&sought) {
                docs.iter(segment.max_doc() as usize).for_each(|doc| gather.add(&sieve, segment.ordinal, doc, None));
            }
        }
        let answer = gather.finish(fields, None)?;
        let interpretation = variants::interpretation(&question, None, &Variants::default());
        return Ok(SearchResponse {
            interpretation: Interpretation { is_void: !question.lists(&request.text), ..interpretation },
            ..answer
        });
    }
    // A walk goes on by what it began with.
    let pin = request.page.after.as_ref().or(request.page.before.as_ref()).and_then(Cursor::pin);
    let pin = pin.filter(|pin| pin.is_of(&request.text));
    let lengths = pin.as_ref().map_or_else(|| sight.lengths(snapshot), Pin::lengths);
    let mut variants = match &pin {
        Some(pin) => pin.variants(),
        None => variants::begun(snapshot, &sight, thesaurus, &question)?,
    };
    let mut plan = Plan::new(&question, &lengths, &variants);
    let mut looked_up = LookedUp::new(snapshot, &sight, &plan, &lengths, pin.as_ref())?;
    if pin.is_none() && variants::add(snapshot, &sight, &question, &plan, &looked_up, &mut variants)? {
        plan = Plan::new(&question, &lengths, &variants);
        looked_up = LookedUp::new(snapshot, &sight, &plan, &lengths, None)?;
    }
    let did_you_mean = variants::did_you_mean(&request.text, &question, &variants, &looked_up);
    gather.pin = Some(Pin::of(&request.text, &lengths, &looked_up, &variants).write().into());
    let preferred: Vec<Slot> = request.languages.iter().map(|tag| Slot::of(tag)).collect();
    looked_up.score(snapshot, &sought, &preferred, 0, |ordinal, doc, score, slot| {
        let recency = snapshot.segments[ordinal].shelf.recencies[doc as usize];
        gather.add(&sieve, ordinal, doc, Some((score * recency, slot)));
    })?;
    let answer = gather.finish(fields, Some(&Sought { question: &question, plan: &plan, looked_up: &looked_up }))?;
    Ok(SearchResponse { did_you_mean, interpretation: variants::interpretation(&question, Some((&plan, &looked_up)), &variants), ..answer })
}

/// Which documents of each segment are to be looked at.
fn sought(
    snapshot: &Snapshot,
    fields: &Fields,
    request: &SearchRequest,
    sight: &Sight,
    screen: &Screen,
    sieve: &Sieve,
) -> Result<Vec<Docs>> {
    let mut sought = sight.seen().to_vec();
    for (segment, docs) in snapshot.segments.iter().zip(&mut sought) {
        screen.narrow(segment, docs);
        // Facets count what fails one filter, too; without them that need not be looked at.
        if request.facets.is_none() {
            sieve.narrow(segment, docs);
        }
    }
    if !request.among.is_empty() {
        let mut among: Vec<Set> = snapshot.segments.iter().map(|segment| Set::none(segment.max_doc() as usize)).collect();
        for key in &request.among {
            snapshot.each_of(fields, key, |ordinal, doc| among[ordinal].insert(doc))?;
        }
        sought.iter_mut().zip(&among).for_each(|(docs, among)| docs.intersect(among));
    }
    Ok(sought)
}

/// What was sought, where words were.
pub(super) struct Sought<'a> {
    pub question: &'a Question,
    pub plan: &'a Plan,
    pub looked_up: &'a LookedUp,
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
    fn place<'a>(&self, values: &'a Values) -> Place<'a> {
        Place { rank: self.rank, id: self.id, kind: values.value(self.kind) }
    }
}

pub(super) struct Gather<'a> {
    snapshot: &'a Snapshot,
    request: &'a SearchRequest,
    total: u64,
    /// Whether there are hits up to `after`, and from `before` on.
    has_earlier: bool,
    has_later: bool,
    counts: Option<Counts>,
    page: Vec<Candidate>,
    /// The last of the page so far, once there are enough to have one.
    last: Option<Candidate>,
    count: usize,
    is_backward: bool,
    /// What hits are weighed by.
    pin: Option<Arc<str>>,
}

impl<'a> Gather<'a> {
    pub fn new(snapshot: &'a Snapshot, request: &'a SearchRequest) -> Gather<'a> {
        let (count, is_backward) = (request.page.count().min(LONGEST_PAGE), request.page.is_backward());
        let counts = request.facets.map(|_| Counts::new(&snapshot.values));
        Gather {
            snapshot,
            request,
            total: 0,
            has_earlier: false,
            has_later: false,
            counts,
            page: Vec::new(),
            last: None,
            count,
            is_backward,
            pin: None,
        }
    }

    /// Takes a document in. Where no facets are counted, it is one that [`Sieve::narrow`] left.
    #[inline]
    pub fn add(&mut self, sieve: &Sieve, ordinal: usize, doc: DocId, found: Option<(f32, Slot)>) {
        let shelf = &*self.snapshot.segments[ordinal].shelf;
        let is_met = match &mut self.counts {
            Some(counts) => {
                let failed = sieve.failed(self.snapshot, ordinal, doc);
                counts.add(shelf, doc, failed, &self.snapshot.values);
                failed.nothing()
            }
            None => {
                debug_assert_eq!(sieve.failed(self.snapshot, ordinal, doc).dimensions, 0, "the sieve was laid over the documents before");
                sieve.is_near(&self.snapshot.segments[ordinal], doc)
            }
        };
        if !is_met {
            return;
        }
        self.total += 1;
        let (score, slot) = found.unwrap_or((0.0, Slot::NAMES));
        let rank = self.rank(shelf, doc, found.map(|(score, _)| score));
        if let Some(last) = &self.last
            && (rank.cmp(&last.rank) == if self.is_backward { Ordering::Greater } else { Ordering::Less })
            && self.request.page.after.is_none()
            && self.request.page.before.is_none()
        {
            return;
        }
        let kind = shelf.values(doc)[0];
        let address = DocAddress::new(ordinal as u32, doc);
        self.consider(Candidate { rank, id: shelf.ids[doc as usize], kind, score, slot, address });
    }

    fn rank(&self, shelf: &Shelf, doc: DocId, score: Option<f32>) -> u64 {
        let date = shelf.dates[doc as usize];
        match (self.request.order, score) {
            (Order::Relevance, Some(score)) => place::of_score(score),
            (Order::Relevance, None) | (Order::Newest, _) => place::of_newest(date),
            (Order::Oldest, _) => place::of_oldest(date),
            (Order::Nearest(from), _) => place::of_nearest(shelf.point(doc).map(|point| kilometres(from, point))),
        }
    }

    fn consider(&mut self, candidate: Candidate) {
        let page = &self.request.page;
        let place = candidate.place(&self.snapshot.values);
        if page.after.as_ref().is_some_and(|after| place <= after.place()) {
            self.has_earlier = true;
            return;
        }
        if page.before.as_ref().is_some_and(|before| place >= before.place()) {
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

    fn order(&self, a: &Place<'_>, b: &Place<'_>) -> Ordering {
        if self.is_backward { b.cmp(a) } else { a.cmp(b) }
    }

    fn compare(&self, a: &Candidate, b: &Candidate) -> Ordering {
        self.order(&a.place(&self.snapshot.values), &b.place(&self.snapshot.values))
    }

    /// Keeps one more than the page, so that there is seen to be a next one.
    fn shrink(&mut self) {
        let mut page = std::mem::take(&mut self.page);
        page.sort_unstable_by(|a, b| self.compare(a, b));
        page.truncate(self.count + 1);
        self.page = page;
    }

    pub fn finish(mut self, fields: &Fields, sought: Option<&Sought>) -> Result<SearchResponse> {
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
        let facets = self.counts.as_ref().map(|counts| counts.facets(&self.snapshot.values, self.request.facets.unwrap_or_default()));
        Ok(SearchResponse { hits, total: self.total, facets, has_next, has_previous, ..SearchResponse::default() })
    }

    fn hit(&self, candidate: &Candidate, fields: &Fields, sought: Option<&Sought>) -> Result<Hit> {
        let shelf = &*self.snapshot.segments[candidate.address.segment_ord as usize].shelf;
        let key = DocKey { kind: self.snapshot.values.value(candidate.kind).to_string(), id: candidate.id };
        let language = self.language(shelf, candidate);
        let snippets = match sought.filter(|sought| self.request.snippets && !sought.plan.is_empty()) {
            Some(sought) => {
                let stored: TantivyDocument = self.snapshot.searcher.doc(candidate.address)?;
                snippet::snippets(fields, &stored, sought.plan, candidate.slot)
            }
            None => Vec::new(),
        };
        let explanation = sought.filter(|_| self.request.explain).map(|sought| {
            let recency = shelf.recencies[candidate.address.doc_id as usize];
            explain::explain(
                self.snapshot,
                sought,
                ExplainedHit { ordinal: candidate.address.segment_ord as usize, doc: candidate.address.doc_id, recency },
            )
        });
        let cursor = Cursor::new(&self.request.order, candidate.rank, key.clone(), self.pin.clone());
        Ok(Hit { key, score: candidate.score, language, snippets, explanation: explanation.transpose()?, cursor })
    }

    /// The tag, as the document's own text has it, of the language that matched.
    fn language(&self, shelf: &Shelf, candidate: &Candidate) -> Option<String> {
        let values = &self.snapshot.values;
        let is_language = |number: &&u32| values.space(**number) == Space::Dimension(Dimension::Language);
        let tags = shelf.values(candidate.address.doc_id).iter().filter(is_language).map(|&number| values.value(number));
        tags.into_iter().find(|tag| Slot::of(tag) == candidate.slot).map(|tag| tag.to_string())
    }
}
