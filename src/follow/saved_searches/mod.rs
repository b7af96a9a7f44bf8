//! Tells people what answers their saved searches.
//!
//! Of all hubs the one that holds the lease does it. It follows the log behind the index: each thing that an entry names is put to
//! a [`Percolator`] of all saved searches, which decides by itself for nearly all of them; where the rest of the index has a say, the search is asked of it as its
//! person and of these things alone. So a match is what a search would find, and its cost does not grow with how many searches are kept. A match becomes an
//! entry of the log, and the follower's place moves on with the last of them, so that nothing is told twice or not at all, whoever dies when.
mod meters;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::future::try_join_all;
use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{RIGHTS, past};
use crate::{
    access::{Audience, Viewer, rule},
    base::{Ambient, Fault, Id, Kind, Result},
    domain::{
        KINDS, person,
        saved_search::{self, Kept, SavedSearch, matched},
    },
    search::{Candidates, DocKey, Page, Percolator, SearchDoc, SearchIndex, SearchRequest},
    store::{
        Leases, Log, Logged, Reader, Request, Writer,
        log::{MARKS, Wanted},
    },
};

pub use meters::Meters;

/// The name of the lease, as the database has it.
const NAME: &str = "standing";
/// Entries looked through at once.
const BATCH: u64 = 500;
/// How long one hub has the turn, and how often the others ask for it.
const LASTING: Duration = Duration::from_secs(30);
const ASKED: Duration = Duration::from_secs(5);
/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_secs(1);
/// How often the index is looked at while it catches up.
const TICK: Duration = Duration::from_millis(5);
/// Things, searches and people named in one statement.
const CHUNK: usize = 1_000;
/// Searches put to the index by one thread at least: fewer are not worth another.
const ASIDE: usize = 100;
/// Matches told with one transaction: others write in between.
const TOLD: usize = 500;
/// Entries without a match after which the place is written down all the same.
const UNWRITTEN: i64 = 1_000;

/// Follows the log for saved searches.
pub struct SavedSearchFollower {
    /// Reads everything.
    pub reader: Reader,
    /// Matches are told through the write door.
    pub writer: Writer,
    /// The log.
    pub log: Log,
    /// Decides what answers a search.
    pub index: Arc<SearchIndex>,
    /// Of several hubs one does it.
    pub leases: Leases,
    /// The clock.
    pub ambient: Arc<dyn Ambient>,
    /// What it counts.
    pub meters: Meters,
}

/// What is kept in memory while a hub has the turn.
struct Turn {
    /// Behind a lock, as it is searched on a thread where that may take its time.
    percolator: Arc<Mutex<Percolator<Uuid>>>,
    /// The searches themselves: whose each is, and what to ask where the index must be asked.
    kept: HashMap<Uuid, Kept>,
    /// People as they were when they were last asked for; none for those who have left.
    viewers: HashMap<Uuid, Option<Viewer>>,
    /// Where searches were saved that were saved behind the place from which this began.
    since: HashMap<Uuid, i64>,
    /// The place as it is written down.
    written: Option<i64>,
    /// Up to where the log was looked through.
    upto: i64,
    /// When the lease was last taken.
    taken: Instant,
}

impl SavedSearchFollower {
    /// Follows until stopped.
    pub async fn run(self, stop: CancellationToken) {
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.follow() => {}
        }
        if let Err(error) = self.leases.give_back(NAME).await {
            tracing::warn!(cause = error.told(), "the turn could not be given back; another hub waits until it has run out");
        }
    }

    async fn follow(&self) {
        let mut turn = None;
        loop {
            match self.turn(&mut turn).await {
                Ok(true) => {}
                Ok(false) => {
                    turn = None;
                    tokio::time::sleep(ASKED).await;
                }
                Err(error) => {
                    tracing::error!(cause = error.told(), "saved searches could not follow the log; trying again");
                    turn = None;
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// One step, if it is this hub's turn; waits for something to do, as long as the turn lasts.
    async fn turn(&self, turn: &mut Option<Turn>) -> Result<bool> {
        let is_held = turn.as_ref().is_some_and(|turn| turn.taken.elapsed() < LASTING / 3);
        if !is_held && !self.leases.take(NAME, self.ambient.now(), LASTING).await? {
            return Ok(false);
        }
        let now = match turn {
            Some(turn) => turn,
            None => turn.insert(self.load().await?),
        };
        if !is_held {
            now.taken = Instant::now();
        }
        let mut head = self.log.listen();
        tokio::select! {
            () = past(&mut head, now.upto) => {}
            // The lease is kept while nothing happens.
            () = tokio::time::sleep(LASTING / 3) => return Ok(true),
        }
        if !self.step(now).await? {
            *turn = None;
        }
        Ok(true)
    }

    async fn load(&self) -> Result<Turn> {
        let (written, head) = (matched::cursor(&self.reader).await?, self.log.head());
        let saved = Wanted { events: vec!["searchSaved".to_owned()], ..Wanted::default() };
        let since = self.reader.log(&saved, written.unwrap_or(0), None, false, u64::from(u32::MAX)).await?;
        // The first time there is nothing to look for before the first search was saved.
        let first = since.first().map_or(head, |logged| logged.seq);
        let mut turn = Turn {
            percolator: Arc::default(),
            kept: HashMap::new(),
            viewers: HashMap::new(),
            since: since.into_iter().map(|logged| (logged.subject, logged.seq)).collect(),
            written,
            upto: written.unwrap_or(first),
            taken: Instant::now(),
        };
        let mut last = Uuid::nil();
        loop {
            let ids = self.reader.ids_after("saved_search", last, CHUNK as u64).await?;
            let Some(next) = ids.last() else { break };
            last = *next;
            for kept in saved_search::every_kept(&self.reader, Some(&ids)).await? {
                turn.put(kept);
            }
        }
        self.meters.searches.set(i64::try_from(turn.kept.len()).unwrap_or(i64::MAX));
        Ok(turn)
    }

    /// Looks the next entries through; false where another hub was quicker.
    async fn step(&self, turn: &mut Turn) -> Result<bool> {
        let batch = self.reader.log(&Wanted::default(), turn.upto, None, false, BATCH).await?;
        let Some(to) = batch.last().map(|logged| logged.seq) else {
            // Trimmed before it was looked through.
            turn.upto = self.log.trimmed().await?.max(turn.upto);
            return Ok(true);
        };
        self.reached(to).await;
        self.learn(turn, &batch).await?;
        let matches = self.matches(turn, &batch).await?;
        let from = turn.upto;
        turn.upto = to;
        self.meters.matches.inc_by(matches.len() as u64);
        if matches.is_empty() && (turn.kept.is_empty() || to - turn.written.unwrap_or(0) < UNWRITTEN) {
            return Ok(true);
        }
        let parts: Vec<_> = if matches.is_empty() { vec![matches] } else { matches.chunks(TOLD).map(<[_]>::to_vec).collect() };
        let last = parts.len() - 1;
        for (number, matches) in parts.into_iter().enumerate() {
            // What is told before the place moves on is known the next time.
            let to = if number == last { to } else { turn.written.unwrap_or(from) };
            let tell = matched::Tell { matches, from: turn.written, to };
            if !self.writer.run(Request::by(Arc::new(Viewer::hub())), tell).await?.output {
                return Ok(false);
            }
            turn.written = Some(to);
        }
        if let Some(first) = batch.first() {
            self.meters.delay.observe(seconds(self.ambient.now().0 - first.at.0));
        }
        Ok(true)
    }

    /// Returns when the index has come so far.
    async fn reached(&self, to: i64) {
        while self.index.position() < to {
            tokio::time::sleep(TICK).await;
        }
    }

    /// Takes in what the entries tell of the searches themselves, and of people's rights.
    async fn learn(&self, turn: &mut Turn, batch: &[Logged]) -> Result<()> {
        if batch.iter().any(|logged| RIGHTS.contains(&logged.kind.as_str()) && !MARKS.contains(&logged.event.as_str())) {
            turn.viewers.clear();
        }
        let own = batch.iter().filter(|logged| logged.kind == SavedSearch::NAME && logged.event != "searchMatched");
        let mut changed = BTreeSet::new();
        for logged in own {
            changed.insert(logged.subject);
            if logged.event == "searchSaved" {
                turn.since.insert(logged.subject, logged.seq);
            }
        }
        if changed.is_empty() {
            return Ok(());
        }
        let changed: Vec<Uuid> = changed.into_iter().collect();
        for id in &changed {
            turn.take(*id);
        }
        for kept in saved_search::every_kept(&self.reader, Some(&changed)).await? {
            turn.put(kept);
        }
        self.meters.searches.set(i64::try_from(turn.kept.len()).unwrap_or(i64::MAX));
        Ok(())
    }

    /// What of the things the entries name answers which search.
    async fn matches(&self, turn: &mut Turn, batch: &[Logged]) -> Result<Vec<(Id<SavedSearch>, DocKey)>> {
        if turn.kept.is_empty() {
            return Ok(Vec::new());
        }
        let (mut named, mut last) = (BTreeMap::<&str, BTreeSet<Uuid>>::new(), HashMap::new());
        for logged in batch.iter().filter(|logged| logged.kind != SavedSearch::NAME) {
            named.entry(&logged.kind).or_default().insert(logged.subject);
            last.insert(logged.subject, logged.seq);
        }
        let mut docs = Vec::new();
        for entry in KINDS.iter() {
            let ids: Vec<Uuid> = named.get(entry.kind()).into_iter().flatten().copied().collect();
            for some in ids.chunks(CHUNK) {
                docs.extend(entry.docs(&self.reader, some).await?.into_iter().filter(|doc| !doc.is_withdrawn));
            }
        }
        if docs.is_empty() {
            return Ok(Vec::new());
        }
        // What was read may be newer than the batch: whoever hears of a match must find it.
        self.reached(self.log.refresh().await?).await;
        let begun = Instant::now();
        self.meters.things.inc_by(docs.len() as u64);
        let docs: Arc<[SearchDoc]> = docs.into();
        let candidates = self.candidates(turn, docs.clone()).await?;
        // What happened before a search was saved is no news to it.
        let is_news =
            |id: &Uuid, thing: &Thing| turn.since.get(id).is_none_or(|since| last.get(&thing.key.id).is_some_and(|seq| since < seq));
        let (mut certain, mut uncertain) = (Vec::new(), BTreeMap::<Uuid, Vec<Thing>>::new());
        for (thing, found) in candidates {
            certain.extend(found.certain.into_iter().filter(|id| is_news(id, &thing)).map(|id| (id, thing.clone())));
            for id in found.uncertain.into_iter().filter(|id| is_news(id, &thing)) {
                uncertain.entry(id).or_default().push(thing.clone());
            }
        }
        let owners: BTreeSet<Uuid> = certain
            .iter()
            .map(|(id, _)| id)
            .chain(uncertain.keys())
            .filter_map(|id| turn.kept.get(id))
            .map(|kept| kept.person.uuid())
            .collect();
        let unknown: Vec<Uuid> = owners.into_iter().filter(|person| !turn.viewers.contains_key(person)).collect();
        for some in unknown.chunks(CHUNK) {
            let mut found = person::viewers_of(&self.reader, some).await?;
            turn.viewers.extend(some.iter().map(|person| (*person, found.remove(person))));
        }
        let turn = &*turn;
        let viewer = |id: &Uuid| turn.viewers.get(&turn.kept.get(id)?.person.uuid())?.as_ref();
        let is_admitted = |id: &Uuid, thing: &Thing| viewer(id).is_some_and(|viewer| rule::admits(viewer, &thing.audience));
        let mut found: Vec<(Id<SavedSearch>, DocKey)> =
            certain.into_iter().filter(|(id, thing)| is_admitted(id, thing)).map(|(id, thing)| (Id::new(id), thing.key)).collect();
        for (id, thing) in &mut uncertain {
            thing.retain(|thing| is_admitted(id, thing));
        }
        // Confined to nothing a search would be confined no more.
        uncertain.retain(|_, thing| !thing.is_empty());
        let requests = uncertain.into_iter().filter_map(|(id, thing)| {
            let keys = thing.into_iter().map(|thing| thing.key).collect();
            Some((Id::new(id), confined(turn.kept.get(&id)?, viewer(&id)?, keys)))
        });
        found.extend(self.verify(requests.collect(), docs).await?);
        // Told in the order in which it happened.
        found.sort_by_key(|(search, key)| (last.get(&key.id).copied(), *search));
        self.meters.seconds.observe(begun.elapsed().as_secs_f64());
        Ok(found)
    }

    /// What the net catches with each of these things.
    async fn candidates(&self, turn: &Turn, docs: Arc<[SearchDoc]>) -> Result<Vec<(Thing, Candidates<Uuid>)>> {
        let (percolator, index) = (turn.percolator.clone(), self.index.clone());
        let find = move || {
            let mut percolator = percolator.lock();
            let view = index.view();
            percolator.refresh_vocabulary(&view)?;
            let mut matcher = percolator.matcher(&view, Audience::public().key());
            let candidates = docs.iter().map(|doc| {
                let candidates = matcher.candidates(doc)?;
                Ok((Thing { key: doc.key.clone(), audience: Audience::from_key(doc.audience.clone()) }, candidates))
            });
            candidates.collect::<std::result::Result<Vec<_>, crate::search::SearchError>>()
        };
        Ok(tokio::task::spawn_blocking(find).await.map_err(Fault::new)?.map_err(Fault::new)?)
    }

    /// What the index finds of these things, for each search as its person.
    async fn verify(
        &self,
        mut requests: Vec<(Id<SavedSearch>, SearchRequest)>,
        docs: Arc<[SearchDoc]>,
    ) -> Result<Vec<(Id<SavedSearch>, DocKey)>> {
        self.meters.asked.inc_by(requests.len() as u64);
        if requests.is_empty() {
            return Ok(Vec::new());
        }
        // Side by side on all there is: each part is a moment's work, and until it is done nobody hears of any match.
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let parts = (requests.len() / ASIDE).clamp(1, processors);
        let size = requests.len().div_ceil(parts);
        let verifying = (0..parts).map(|_| {
            let (index, docs, some) = (self.index.clone(), docs.clone(), requests.split_off(requests.len().saturating_sub(size)));
            let verify = move || {
                let (verifier, mut found) = (index.verifier(&*docs), Vec::new());
                for (id, request) in some {
                    found.extend(verifier.verify(&request)?.into_iter().map(|key| (id, key)));
                }
                Ok::<_, crate::search::SearchError>(found)
            };
            async { tokio::task::spawn_blocking(verify).await.map_err(Fault::new)?.map_err(Fault::new) }
        });
        Ok(try_join_all(verifying).await?.concat())
    }
}

/// A thing with who may see it.
#[derive(Clone)]
struct Thing {
    key: DocKey,
    audience: Audience,
}

fn seconds(micros: i64) -> f64 {
    Duration::from_micros(u64::try_from(micros).unwrap_or_default()).as_secs_f64()
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

impl Turn {
    fn put(&mut self, kept: Kept) {
        let id = kept.id.uuid();
        self.percolator.lock().insert(id, &kept.text, &kept.filter);
        self.kept.insert(id, kept);
    }

    fn take(&mut self, id: Uuid) {
        self.percolator.lock().remove(&id);
        self.kept.remove(&id);
    }
}
