//! Which saved searches the things of some entries answer.
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
    sync::Arc,
    time::Instant,
};

use futures_util::future::try_join_all;
use uuid::Uuid;

use super::{CHUNK, SavedSearchFollower, turn::Turn};
use crate::{
    access::{Audience, Viewer, rule},
    base::{Error, Fault, Id, Kind, Result},
    domain::{
        KINDS, person,
        saved_search::{Kept, SavedSearch},
    },
    search::{Candidates, DocKey, Page, SearchDoc, SearchError, SearchRequest},
    store::{Logged, isolation::blocking},
};

/// Searches put to the index by one thread at least: fewer are not worth another.
const ASIDE: usize = 100;

/// A thing with who may see it.
#[derive(Clone)]
struct Thing {
    key: DocKey,
    audience: Audience,
}

/// The search itself, asked of these things alone.
pub fn confined(kept: &Kept, viewer: &Viewer, among: Vec<DocKey>) -> SearchRequest {
    SearchRequest {
        text: kept.text.clone(),
        filter: kept.filter.clone(),
        page: Page { first: Some(among.len()), ..Page::default() },
        allowed: rule::index(viewer),
        languages: kept.languages.clone(),
        among,
        ..SearchRequest::default()
    }
}

impl SavedSearchFollower {
    /// What of the things the entries name answers which search.
    pub(super) async fn matches(&self, turn: &mut Turn, batch: &[Logged]) -> Result<Vec<(Id<SavedSearch>, DocKey)>> {
        if turn.kept.is_empty() {
            return Ok(Vec::new());
        }
        let (mut named, mut last) = (BTreeMap::<&str, BTreeSet<Uuid>>::new(), HashMap::new());
        for logged in batch.iter().filter(|logged| logged.kind != SavedSearch::NAME) {
            named.entry(&logged.kind).or_default().insert(logged.subject);
            last.insert(logged.subject, logged.seq);
        }
        let docs = self.docs(&named).await?;
        if docs.is_empty() {
            return Ok(Vec::new());
        }
        // What was read may be newer than the batch: whoever hears of a match must find it.
        self.reached(self.log.refresh().await?).await;
        let begun = Instant::now();
        self.meters.things.inc_by(docs.len() as u64);
        // What happened before a search was saved is no news to it.
        let is_news =
            |id: &Uuid, thing: &Thing| turn.since.get(id).is_none_or(|since| last.get(&thing.key.id).is_some_and(|seq| since < seq));
        let (mut certain, mut uncertain) = (Vec::new(), BTreeMap::<Uuid, Vec<Thing>>::new());
        for (thing, found) in self.candidates(turn, docs.clone()).await? {
            certain.extend(found.certain.into_iter().filter(|id| is_news(id, &thing)).map(|id| (id, thing.clone())));
            for id in found.uncertain.into_iter().filter(|id| is_news(id, &thing)) {
                uncertain.entry(id).or_default().push(thing.clone());
            }
        }
        self.get_to_know(turn, certain.iter().map(|(id, _)| id).chain(uncertain.keys())).await?;
        let turn = &*turn;
        let is_admitted = |id: &Uuid, thing: &Thing| turn.viewer_of(id).is_some_and(|viewer| rule::admits(viewer, &thing.audience));
        certain.retain(|(id, thing)| is_admitted(id, thing));
        let requests = uncertain.into_iter().filter_map(|(id, mut things)| {
            things.retain(|thing| is_admitted(&id, thing));
            let keys: Vec<DocKey> = things.into_iter().map(|thing| thing.key).collect();
            // Confined to nothing a search would be confined no more.
            (!keys.is_empty()).then_some(())?;
            Some((Id::new(id), confined(turn.kept.get(&id)?, turn.viewer_of(&id)?, keys)))
        });
        let mut found: Vec<(Id<SavedSearch>, DocKey)> = certain.into_iter().map(|(id, thing)| (Id::new(id), thing.key)).collect();
        found.extend(self.verify(requests.collect(), docs).await?);
        // Told in the order in which it happened.
        found.sort_by_key(|(search, key)| (last.get(&key.id).copied(), *search));
        self.meters.seconds.observe(begun.elapsed().as_secs_f64());
        Ok(found)
    }

    /// The documents of things, by their kinds; what was withdrawn has none.
    async fn docs(&self, named: &BTreeMap<&str, BTreeSet<Uuid>>) -> Result<Arc<[SearchDoc]>> {
        let mut docs = Vec::new();
        for entry in KINDS.iter() {
            let ids: Vec<Uuid> = named.get(entry.kind()).into_iter().flatten().copied().collect();
            for some in ids.chunks(CHUNK) {
                docs.extend(entry.docs(&self.reader, some).await?.into_iter().filter(|doc| !doc.is_withdrawn));
            }
        }
        Ok(docs.into())
    }

    /// Reads the people of searches who are not known yet.
    async fn get_to_know(&self, turn: &mut Turn, searches: impl Iterator<Item = &Uuid>) -> Result<()> {
        let owners: BTreeSet<Uuid> = searches.filter_map(|id| turn.kept.get(id)).map(|kept| kept.person.uuid()).collect();
        let unknown: Vec<Uuid> = owners.into_iter().filter(|person| !turn.viewers.contains_key(person)).collect();
        for some in unknown.chunks(CHUNK) {
            let mut found = person::viewers_of(&self.reader, some).await?;
            turn.viewers.extend(some.iter().map(|person| (*person, found.remove(person))));
        }
        Ok(())
    }

    /// The searches that each of these things may answer.
    async fn candidates(&self, turn: &Turn, docs: Arc<[SearchDoc]>) -> Result<Vec<(Thing, Candidates<Uuid>)>> {
        let (percolator, index) = (turn.percolator.clone(), self.index.clone());
        let find = move || {
            let mut percolator = percolator.lock();
            let view = index.view();
            percolator.refresh_vocabulary(&view)?;
            let mut matcher = percolator.matcher(&view, Audience::public().key());
            let candidates = docs.iter().map(|doc| {
                let thing = Thing { key: doc.key.clone(), audience: Audience::from_key(doc.audience.clone()) };
                Ok((thing, matcher.candidates(doc)?))
            });
            candidates.collect::<std::result::Result<Vec<_>, SearchError>>()
        };
        Ok(blocking(find).await?.map_err(Fault::new)?)
    }

    /// What the index finds of these things, for each search as its person; searches one by one where all at once panics.
    async fn verify(
        &self,
        requests: Vec<(Id<SavedSearch>, SearchRequest)>,
        docs: Arc<[SearchDoc]>,
    ) -> Result<Vec<(Id<SavedSearch>, DocKey)>> {
        self.meters.asked.inc_by(requests.len() as u64);
        if requests.is_empty() {
            return Ok(Vec::new());
        }
        let requests: Arc<[_]> = requests.into();
        let names: Vec<Id<SavedSearch>> = requests.iter().map(|(id, _)| *id).collect();
        if let Some(found) = self.isolation.several(&names, self.verify_some(&requests, 0..requests.len(), &docs)).await? {
            return Ok(found);
        }
        let mut found = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let one = self.isolation.one(&name.to_string(), self.verify_some(&requests, at..at + 1, &docs)).await?;
            found.extend(one.unwrap_or_default());
        }
        Ok(found)
    }

    async fn verify_some(
        &self,
        requests: &Arc<[(Id<SavedSearch>, SearchRequest)]>,
        some: Range<usize>,
        docs: &Arc<[SearchDoc]>,
    ) -> Result<Vec<(Id<SavedSearch>, DocKey)>> {
        // Side by side on all there is: each part is a moment's work, and until it is done nobody hears of any match.
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let parts = (some.len() / ASIDE).clamp(1, processors);
        let size = some.len().div_ceil(parts);
        let verifying = some.clone().step_by(size).map(|from| {
            let (index, docs, requests, upto) = (self.index.clone(), docs.clone(), requests.clone(), some.end.min(from + size));
            let verify = move || {
                let (verifier, mut found) = (index.verifier(&*docs), Vec::new());
                for (id, request) in &requests[from..upto] {
                    found.extend(verifier.verify(request)?.into_iter().map(|key| (*id, key)));
                }
                Ok::<_, SearchError>(found)
            };
            async { blocking(verify).await?.map_err(|error| Error::from(Fault::new(error))) }
        });
        let found: Vec<Vec<_>> = try_join_all(verifying).await?;
        Ok(found.concat())
    }
}
