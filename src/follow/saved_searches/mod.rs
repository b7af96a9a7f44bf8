//! Tells people what answers their saved searches.
//!
//! Of all hubs the one that holds the lease does it. It follows the log behind the index: each thing that an entry names is put to
//! a percolator of all saved searches, which decides by itself for nearly all of them; where the rest of the index has a say, the search is verified
//! against these things as its person sees them. So a match is what a search would find, and its cost does not grow with how many searches there are. A match becomes an
//! entry of the log, and the follower's place moves on with the last of them, so that nothing is told twice or not at all, whoever dies when.
mod matching;
mod meters;
mod turn;

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use uuid::Uuid;

use super::{
    RIGHTS,
    leader::{Leader, Next},
    past,
};
use crate::{
    access::Viewer,
    base::{Ambient, Id, Kind, Result, id},
    domain::saved_search::{self, SavedSearch, matched},
    search::{DocKey, SearchIndex},
    store::{
        Isolation, Leases, Log, Logged, Reader, Request, Writer,
        log::{MARKS, Wanted},
    },
};

pub use matching::confined;
pub use meters::Meters;
use turn::Turn;

/// Entries looked through at once.
const BATCH: u64 = 500;
/// How often the index is looked at while it catches up.
const TICK: Duration = Duration::from_millis(5);
/// Things, searches and people named in one statement.
const CHUNK: usize = 1_000;
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
    /// A thing or a search that nothing can be done with stops no other.
    pub isolation: Isolation,
}

impl Leader for SavedSearchFollower {
    const TASK: &'static str = "saved_searches";
    // Saved searches were called standing ones when the first database was written.
    const LEASE: &'static str = "standing";
    const LASTING: Duration = Duration::from_secs(30);
    const ASKED: Duration = Duration::from_secs(5);
    const FAILED: &'static str = "saved searches could not follow the log";
    const PAUSE: Duration = Duration::from_secs(1);
    type Turn = Turn;

    fn leases(&self) -> &Leases {
        &self.leases
    }

    fn ambient(&self) -> &dyn Ambient {
        &*self.ambient
    }

    async fn load(&self) -> Result<Turn> {
        let (written, head) = (matched::cursor(&self.reader).await?, self.log.head());
        let saved = Wanted { events: vec!["searchSaved".to_owned()], ..Wanted::default() };
        let since = self.reader.log(&saved, written.unwrap_or(0), None, false, u64::from(u32::MAX)).await?;
        // The first time there is nothing to look for before the first search was saved.
        let first = since.first().map_or(head, |logged| logged.seq);
        let mut turn = Turn::new(written, written.unwrap_or(first));
        turn.since = since.into_iter().map(|logged| (logged.subject, logged.seq)).collect();
        let mut last = Uuid::nil();
        loop {
            let ids = self.reader.ids_after("saved_search", last, CHUNK as u64).await?;
            let Some(next) = ids.last() else { break };
            last = *next;
            for kept in saved_search::every_kept(&self.reader, Some(&ids)).await? {
                self.keep(&mut turn, kept).await?;
            }
        }
        self.meters.searches.set(i64::try_from(turn.kept.len()).unwrap_or(i64::MAX));
        Ok(turn)
    }

    async fn step(&self, turn: &mut Turn, _: Instant) -> Result<Next> {
        let mut head = self.log.listen();
        tokio::select! {
            () = past(&mut head, turn.upto) => {}
            // The lease is kept while nothing happens.
            () = tokio::time::sleep(Self::LASTING / 3) => return Ok(Next::Step),
        }
        Ok(if self.look_through(turn).await? { Next::Step } else { Next::Lost })
    }
}

impl SavedSearchFollower {
    /// Takes a search in. One on which that panics is left out of this turn.
    async fn keep(&self, turn: &mut Turn, kept: saved_search::Kept) -> Result<()> {
        let (id, name) = (kept.id.uuid(), kept.id.to_string());
        let taken = self.isolation.one(&name, async {
            turn.insert(kept);
            Ok(())
        });
        if taken.await?.is_none() {
            turn.remove(id);
        }
        Ok(())
    }

    /// Looks the next entries through; false where another hub was quicker, or what is in memory may be half done.
    async fn look_through(&self, turn: &mut Turn) -> Result<bool> {
        let batch = self.reader.log(&Wanted::default(), turn.upto, None, false, BATCH).await?;
        let Some(to) = batch.last().map(|logged| logged.seq) else {
            // Trimmed before it was looked through.
            turn.upto = self.log.trimmed().await?.max(turn.upto);
            return Ok(true);
        };
        self.reached(to).await;
        self.learn(turn, &batch).await?;
        let set_aside = self.isolation.count();
        let matches = self.matches_of(turn, &batch).await?;
        // What a panic left half done is made anew from what is written down.
        let is_whole = self.isolation.count() == set_aside;
        let from = turn.upto;
        turn.upto = to;
        self.meters.matches.inc_by(matches.len() as u64);
        if is_whole && matches.is_empty() && (turn.kept.is_empty() || to - turn.written.unwrap_or(0) < UNWRITTEN) {
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
        Ok(is_whole)
    }

    /// What of the things the entries name answers which search; things one by one where all at once panics.
    async fn matches_of(&self, turn: &mut Turn, batch: &[Logged]) -> Result<Vec<(Id<SavedSearch>, DocKey)>> {
        let names: Vec<String> = batch.iter().map(|logged| id::join(&logged.kind, logged.subject)).collect();
        if let Some(matches) = self.isolation.several(&names, self.matches(turn, batch)).await? {
            return Ok(matches);
        }
        let mut matches = Vec::new();
        for (logged, name) in batch.iter().zip(&names) {
            let found = self.isolation.one(name, self.matches(turn, std::slice::from_ref(logged))).await?;
            matches.extend(found.unwrap_or_default());
        }
        // One that several entries name answers once.
        let mut told = BTreeSet::new();
        matches.retain(|(search, key)| told.insert((*search, key.id)));
        Ok(matches)
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
            turn.remove(*id);
        }
        for kept in saved_search::every_kept(&self.reader, Some(&changed)).await? {
            self.keep(turn, kept).await?;
        }
        self.meters.searches.set(i64::try_from(turn.kept.len()).unwrap_or(i64::MAX));
        Ok(())
    }
}

fn seconds(micros: i64) -> f64 {
    Duration::from_micros(u64::try_from(micros).unwrap_or_default()).as_secs_f64()
}
