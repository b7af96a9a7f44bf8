//! Tells people what answers their saved searches.
//!
//! Of all hubs the one that holds the lease does it. It follows the log behind the index: each thing that an entry names is held against
//! a [`Net`] of all saved searches, which catches those it may answer; whether it does is asked of the index, as the search's
//! person, once for all things of a batch, so that a match is what a search would find. A match becomes an entry of the log, in the same transaction that moves
//! the follower's place, so that nothing is told twice or not at all, whoever dies when.
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::past;
use crate::{
    access::{Audience, Viewer, rule},
    base::{Ambient, Fault, Id, Kind, Result},
    domain::{
        registry,
        saved_search::{self, Kept, SavedSearch, matched},
    },
    search::{Ask, DocKey, Net, Page, SearchIndex},
    store::{Leases, Log, Logged, Reader, Request, Writer, log::Wanted},
};

/// The name of the turn.
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
/// Entries without a match after which the place is written down all the same.
const UNWRITTEN: i64 = 1_000;

/// Follows the log for saved searches.
pub struct StandingFollower {
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
}

/// What is kept in memory while a hub has the turn.
struct Standing {
    net: Net<Uuid>,
    kept: HashMap<Uuid, Kept>,
    /// Where searches were saved that were saved behind the place from which this began.
    since: HashMap<Uuid, i64>,
    /// The place as it is written down.
    written: Option<i64>,
    /// Up to where the log was looked through.
    upto: i64,
    /// When the lease was last taken.
    taken: Instant,
}

impl StandingFollower {
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
        let mut standing = None;
        loop {
            match self.turn(&mut standing).await {
                Ok(true) => {}
                Ok(false) => {
                    standing = None;
                    tokio::time::sleep(ASKED).await;
                }
                Err(error) => {
                    tracing::error!(cause = error.told(), "saved searches could not follow the log; trying again");
                    standing = None;
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// One step, if it is this hub's turn; waits for something to do, as long as the turn lasts.
    async fn turn(&self, standing: &mut Option<Standing>) -> Result<bool> {
        let is_held = standing.as_ref().is_some_and(|standing| standing.taken.elapsed() < LASTING / 3);
        if !is_held && !self.leases.take(NAME, self.ambient.now(), LASTING).await? {
            return Ok(false);
        }
        let now = match standing {
            Some(standing) => standing,
            None => standing.insert(self.load().await?),
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
            *standing = None;
        }
        Ok(true)
    }

    async fn load(&self) -> Result<Standing> {
        let (written, head) = (matched::cursor(&self.reader).await?, self.log.head());
        let saved = Wanted { events: vec!["searchSaved".to_owned()], ..Wanted::default() };
        let since = self.reader.log(&saved, written.unwrap_or(0), None, false, u64::from(u32::MAX)).await?;
        // The first time there is nothing to look for before the first search was saved.
        let first = since.first().map_or(head, |logged| logged.seq);
        let mut standing = Standing {
            net: Net::default(),
            kept: HashMap::new(),
            since: since.into_iter().map(|logged| (logged.subject, logged.seq)).collect(),
            written,
            upto: written.unwrap_or(first),
            taken: Instant::now(),
        };
        for kept in saved_search::every_kept(&self.reader, None).await? {
            standing.put(kept);
        }
        Ok(standing)
    }

    /// Looks the next entries through; false where another hub was quicker.
    async fn step(&self, standing: &mut Standing) -> Result<bool> {
        let batch = self.reader.log(&Wanted::default(), standing.upto, None, false, BATCH).await?;
        let Some(to) = batch.last().map(|logged| logged.seq) else {
            // Trimmed before it was looked through.
            standing.upto = self.log.trimmed().await?.max(standing.upto);
            return Ok(true);
        };
        while self.index.position() < to {
            tokio::time::sleep(TICK).await;
        }
        self.learn(standing, &batch).await?;
        let matches = self.matches(standing, &batch).await?;
        standing.upto = to;
        if matches.is_empty() && (standing.net.is_empty() || to - standing.written.unwrap_or(0) < UNWRITTEN) {
            return Ok(true);
        }
        let tell = matched::Tell { matches, from: standing.written, to };
        let told = self.writer.run(Request::by(Arc::new(Viewer::hub())), tell).await?;
        standing.written = Some(to);
        Ok(told.output)
    }

    /// Takes in what the entries tell of the searches themselves.
    async fn learn(&self, standing: &mut Standing, batch: &[Logged]) -> Result<()> {
        let own = batch.iter().filter(|logged| logged.kind == SavedSearch::NAME && logged.event != "searchMatched");
        let mut changed = BTreeSet::new();
        for logged in own {
            changed.insert(logged.subject);
            if logged.event == "searchSaved" {
                standing.since.insert(logged.subject, logged.seq);
            }
        }
        if changed.is_empty() {
            return Ok(());
        }
        let changed: Vec<Uuid> = changed.into_iter().collect();
        for id in &changed {
            standing.take(*id);
        }
        for kept in saved_search::every_kept(&self.reader, Some(&changed)).await? {
            standing.put(kept);
        }
        Ok(())
    }

    /// What of the things the entries name answers which search.
    async fn matches(&self, standing: &Standing, batch: &[Logged]) -> Result<Vec<(Id<SavedSearch>, DocKey)>> {
        if standing.net.is_empty() {
            return Ok(Vec::new());
        }
        let (mut named, mut last) = (BTreeMap::<&str, BTreeSet<Uuid>>::new(), HashMap::new());
        for logged in batch.iter().filter(|logged| logged.kind != SavedSearch::NAME) {
            named.entry(&logged.kind).or_default().insert(logged.subject);
            last.insert(logged.subject, logged.seq);
        }
        let mut caught: BTreeMap<Uuid, Vec<Held>> = BTreeMap::new();
        for entry in registry() {
            let Some(ids) = named.get(entry.kind()) else { continue };
            let ids: Vec<Uuid> = ids.iter().copied().collect();
            for doc in entry.docs(&self.reader, &ids).await?.into_iter().filter(|doc| !doc.is_withdrawn) {
                let seq = last.get(&doc.key.id).copied().unwrap_or_default();
                // What happened before a search was saved is no news to it.
                let is_news = |id: &Uuid| standing.since.get(id).is_none_or(|since| *since < seq);
                for id in standing.net.caught(&doc).into_iter().filter(is_news) {
                    caught.entry(id).or_default().push((doc.key.clone(), doc.audience.clone()));
                }
            }
        }
        let caught: Vec<(&Kept, Vec<Held>)> = caught.into_iter().filter_map(|(id, held)| Some((standing.kept.get(&id)?, held))).collect();
        let people: BTreeSet<Uuid> = caught.iter().map(|(kept, _)| kept.person.uuid()).collect();
        let viewers = crate::domain::person::viewers_of(&self.reader, &people.into_iter().collect::<Vec<_>>()).await?;
        let (index, mut asked) = (self.index.clone(), Vec::new());
        for (kept, held) in caught {
            let Some(viewer) = viewers.get(&kept.person.uuid()) else { continue };
            let is_admitted = |(_, audience): &Held| rule::admits(viewer, &Audience::from_key(audience.clone()));
            let keys: Vec<DocKey> = held.into_iter().filter(is_admitted).map(|(key, _)| key).collect();
            // Confined to nothing it would be confined no more.
            if !keys.is_empty() {
                asked.push((kept.id, confined(kept, viewer, keys)));
            }
        }
        let found = move || {
            let mut found = Vec::new();
            for (id, ask) in asked {
                found.extend(index.search(&ask)?.hits.into_iter().map(|hit| (id, hit.key)));
            }
            Ok::<_, crate::search::SearchError>(found)
        };
        let mut found = tokio::task::spawn_blocking(found).await.map_err(Fault::new)?.map_err(Fault::new)?;
        // Told in the order in which it happened.
        found.sort_by_key(|(_, key)| last.get(&key.id).copied());
        Ok(found)
    }
}

/// A thing with who may see it.
type Held = (DocKey, String);

/// The search itself, asked of these things alone.
pub fn confined(kept: &Kept, viewer: &Viewer, among: Vec<DocKey>) -> Ask {
    Ask {
        text: kept.text.clone(),
        filter: kept.filter.clone(),
        page: Page { first: Some(among.len()), ..Page::default() },
        allowed: rule::index(viewer),
        languages: kept.languages.clone(),
        among,
        ..Ask::default()
    }
}

impl Standing {
    fn put(&mut self, kept: Kept) {
        let id = kept.id.uuid();
        self.net.put(id, &kept.text, &kept.filter);
        self.kept.insert(id, kept);
    }

    fn take(&mut self, id: Uuid) {
        self.net.take(&id);
        self.kept.remove(&id);
    }
}
