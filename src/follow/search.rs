//! Keeps the search index at the head of the log.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use uuid::Uuid;

use super::{Task, past, tasks::TaskHealth};
use crate::{
    base::{Fault, Kind as _, Result, id, with_causes},
    domain::{KINDS, entry_of, event::event_type, search_weight::search_weight, synonym},
    kernel::Entry,
    search::{DocKey, Rebuild, SearchDoc, SearchError, SearchIndex},
    store::{Isolation, Log, Logged, Reader, log::Wanted},
};

/// Entries absorbed with one commit of the index.
const BATCH: u64 = 2_000;
/// Entries behind which an index that holds fewer things is sooner made anew from the rows than brought along.
const FAR: i64 = 10_000;
/// Things whose documents are made with one set of statements.
const CHUNK: usize = 500;
/// How long to gather after a small batch, in multiples of what it took: a commit of the index costs more than the documents in it,
/// and under steady writes the small segments it leaves, merged again and again, cost more than the writes. What comes after a
/// rest is taken at once.
const GATHER: u32 = 5;
/// The longest gathering: what was written is to be found within a second.
const LONGEST: Duration = Duration::from_millis(500);

/// What the index shall hold, by keys; nothing where it shall hold none.
type Changes = Vec<(DocKey, Option<SearchDoc>)>;

/// A thing, as it is called where it is set aside.
struct Named<'k>(&'k str, Uuid);

impl std::fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&id::join(self.0, self.1))
    }
}

/// Follows the log with the index.
#[derive(Clone)]
pub struct SearchFollower {
    reader: Reader,
    log: Log,
    index: Arc<SearchIndex>,
    /// One rebuilding at a time: putting one in its place clears away all others.
    rebuilding: Arc<tokio::sync::Mutex<()>>,
    /// A thing of which no document can be made is not found; everything else is.
    isolation: Isolation,
}

impl Task for SearchFollower {
    const NAME: &'static str = "index";
    const IS_NEEDED: bool = true;

    /// A failure is tried again from the index's own position.
    async fn run(&self, health: &TaskHealth) {
        let mut head = self.log.listen();
        loop {
            health.step();
            let begun = Instant::now();
            let absorbed = self.absorb_next().await;
            let pause = match absorbed {
                Ok(many) => {
                    health.well();
                    let is_small = many < BATCH / 4;
                    (many > 0).then(|| if is_small { LONGEST.min(begun.elapsed() * GATHER) } else { Duration::ZERO })
                }
                Err(error) => {
                    health.failed(&error, "the search index could not follow the log; trying again");
                    Some(Duration::from_secs(1))
                }
            };
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => past(&mut head, self.index.position()).await,
            }
        }
    }
}

impl SearchFollower {
    /// A follower that makes documents with a reader that sees everything.
    pub fn new(reader: Reader, log: Log, index: Arc<SearchIndex>, isolation: &Isolation) -> Self {
        Self { reader, log, index, rebuilding: Arc::default(), isolation: isolation.of(Self::NAME) }
    }

    /// Hands the index the synonyms as they are now.
    pub async fn learn(&self) -> Result<()> {
        self.index.set_synonyms(&synonym::every(&self.reader).await?);
        Ok(())
    }

    /// Absorbs the next batch, or makes the index anew where it is too far behind; answers how many entries or things that were.
    pub async fn absorb_next(&self) -> Result<u64> {
        let from = self.index.position();
        let batch = self.reader.log(&Wanted::default(), from, None, false, BATCH).await?;
        // The log has no holes but at its start: where it was trimmed further than the index has come, only the rows tell the rest.
        let is_whole = batch.first().map_or(self.log.head() <= from, |first| first.seq == from + 1);
        if !is_whole && from < self.log.trimmed().await? {
            tracing::warn!(position = from, "the log was trimmed behind the search index's back; the index is rebuilt");
            return self.rebuild().await;
        }
        let Some(last) = batch.last().map(|entry| entry.seq) else { return Ok(0) };
        if self.log.head() - from > FAR.max(i64::try_from(self.index.len()).unwrap_or(i64::MAX)) {
            return self.rebuild().await;
        }
        // Before the index has come so far: whoever waits for this place finds by the synonyms of this place.
        if batch.iter().any(|logged| logged.kind == synonym::Synonym::NAME) {
            self.learn().await?;
        }
        let changes = self.documents(&batch).await?;
        self.absorb(from, changes, last).await?;
        Ok(batch.len() as u64)
    }

    /// Puts changes into the index. What it can't take, while it takes everything else, is set aside and not found.
    async fn absorb(&self, from: i64, changes: Changes, to: i64) -> Result<()> {
        let changes: Arc<[_]> = changes.into();
        let whole = match self.put(from, &changes, 0..changes.len(), to).await {
            Ok(()) => return Ok(()),
            Err(whole) => whole,
        };
        // Where it takes nothing at all, the fault is its own; where its files are gone, only the rows can give it back.
        if self.put(from, &changes, 0..0, from).await.is_err() {
            let index = self.index.clone();
            if tokio::task::spawn_blocking(move || index.is_readable()).await.map_err(Fault::new)? {
                return Err(Fault::new(whole).into());
            }
            tracing::error!(cause = whole, "files of the search index are gone; it is rebuilt");
            return self.rebuild().await.map(drop);
        }
        let mut parts: Vec<_> = std::iter::once(0..changes.len()).collect();
        while let Some(part) = parts.pop() {
            let Err(why) = self.put(from, &changes, part.clone(), from).await else { continue };
            if part.len() > 1 {
                let middle = part.start + part.len() / 2;
                parts.extend([part.start..middle, middle..part.end]);
                continue;
            }
            let key = &changes[part.start].0;
            self.isolation.set_aside(&Named(&key.kind, key.id).to_string(), &why).await;
            let gone: Arc<[_]> = Arc::new([(key.clone(), None)]);
            self.put(from, &gone, 0..1, from).await.map_err(Fault::new)?;
        }
        self.put(from, &changes, 0..0, to).await.map_err(|why| Fault::new(why).into())
    }

    /// Puts some of the changes into the index, and says how far that is. Where the index was rebuilt in the meantime, nothing is absorbed and the
    /// next batch begins at its new position.
    async fn put(
        &self,
        from: i64,
        changes: &Arc<[(DocKey, Option<SearchDoc>)]>,
        some: std::ops::Range<usize>,
        to: i64,
    ) -> std::result::Result<(), String> {
        let (index, changes) = (self.index.clone(), changes.clone());
        let put = tokio::task::spawn_blocking(move || index.absorb(from, &changes[some], to)).await;
        put.map_err(|ended| ended.to_string())?.map(drop).map_err(|why| with_causes(&why))
    }

    /// What the index shall hold of everything the batch names, and of what depends on it.
    async fn documents(&self, batch: &[Logged]) -> Result<Changes> {
        let mut named: BTreeMap<&'static str, BTreeSet<Uuid>> = BTreeMap::new();
        let mut revised: BTreeMap<&'static str, BTreeSet<Uuid>> = BTreeMap::new();
        for logged in batch {
            if let Some(entry) = entry_of(&logged.kind) {
                named.entry(entry.kind()).or_default().insert(logged.subject);
                if !event_type(&logged.event)?.is_first {
                    revised.entry(entry.kind()).or_default().insert(logged.subject);
                }
            }
        }
        // What depends on a thing has dependents of its own: a theme's practices, and their documents.
        while let Some((kind, ids)) = revised.pop_first() {
            let ids: Vec<Uuid> = ids.into_iter().collect();
            for other in KINDS.iter() {
                let telling = self.telling_of(other, kind, &ids).await?;
                if telling.is_empty() {
                    continue;
                }
                let known = named.entry(other.kind()).or_default();
                let further: BTreeSet<Uuid> = telling.into_iter().filter(|id| known.insert(*id)).collect();
                if !further.is_empty() {
                    revised.entry(other.kind()).or_default().extend(further);
                }
            }
        }
        let mut changes = Vec::new();
        for (kind, ids) in named {
            let ids: Vec<Uuid> = ids.into_iter().collect();
            for some in ids.chunks(CHUNK) {
                let docs = self.docs(entry(kind)?, some).await?;
                let mut docs: BTreeMap<Uuid, SearchDoc> = docs.into_iter().map(|doc| (doc.key.id, doc)).collect();
                changes.extend(some.iter().map(|id| (DocKey { kind: kind.to_owned(), id: *id }, docs.remove(id))));
            }
        }
        Ok(changes)
    }

    /// The things of another kind whose documents tell of these.
    async fn telling_of(&self, other: &dyn Entry, kind: &'static str, ids: &[Uuid]) -> Result<Vec<Uuid>> {
        let names: Vec<Named<'_>> = ids.iter().map(|id| Named(kind, *id)).collect();
        if let Some(telling) = self.isolation.several(&names, other.telling_of(&self.reader, kind, ids)).await? {
            return Ok(telling);
        }
        let mut telling = Vec::new();
        for name in names {
            let one = [name.1];
            let found = self.isolation.one(&name.to_string(), other.telling_of(&self.reader, kind, &one)).await?;
            telling.extend(found.unwrap_or_default());
        }
        Ok(telling)
    }

    /// The documents of things; what was withdrawn, and what none can be made of, has none.
    async fn docs(&self, entry: &dyn Entry, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
        let names: Vec<Named<'_>> = ids.iter().map(|id| Named(entry.kind(), *id)).collect();
        let mut docs = match self.isolation.several(&names, entry.docs(&self.reader, ids)).await? {
            Some(docs) => docs,
            None => {
                let mut docs = Vec::new();
                for name in names {
                    let one = [name.1];
                    docs.extend(self.isolation.one(&name.to_string(), entry.docs(&self.reader, &one)).await?.unwrap_or_default());
                }
                docs
            }
        };
        docs.retain(|doc| !doc.is_withdrawn);
        Ok(docs.into_iter().map(weighed).collect())
    }

    /// Rebuilds the index from the database beside the one that answers, follows the log until the new one has come as far, and puts it in
    /// the other's place: no answer in between goes back behind an earlier one.
    pub async fn rebuild(&self) -> Result<u64> {
        let _turn = self.rebuilding.lock().await;
        loop {
            if let Some(count) = self.rebuild_once().await? {
                return Ok(count);
            }
            tracing::warn!("the log was trimmed while the search index was rebuilt; it is begun anew");
        }
    }

    /// None where the log was trimmed before it was followed.
    async fn rebuild_once(&self) -> Result<Option<u64>> {
        let from = self.log.refresh().await?;
        // Who follows from here on hears of later synonyms by itself.
        self.learn().await?;
        let mut rebuild = self.index.rebuild().map_err(Fault::new)?;
        let mut count = 0;
        for entry in KINDS.iter() {
            let (mut docs, mut last) = self.next_docs(entry, Uuid::nil()).await?;
            while let Some(after) = last {
                count += docs.len() as u64;
                // The next are read while these are put in.
                let added = apart(rebuild, move |rebuild| rebuild.add(&docs));
                let (added, next) = tokio::try_join!(added, self.next_docs(entry, after))?;
                rebuild = added.0;
                (docs, last) = next;
            }
        }
        rebuild = apart(rebuild, move |rebuild| rebuild.commit_at(from)).await?.0;
        loop {
            // As soon as it is no further behind than the one that answers: the rest is followed in sight.
            let (unfinished, is_finished) = apart(rebuild, Rebuild::finish).await?;
            if is_finished {
                return Ok(Some(count));
            }
            rebuild = unfinished;
            let from = rebuild.position();
            let batch = self.reader.log(&Wanted::default(), from, None, false, BATCH).await?;
            let Some(last) = batch.last().map(|entry| entry.seq) else {
                if from < self.log.trimmed().await? {
                    return Ok(None);
                }
                continue;
            };
            if batch[0].seq != from + 1 {
                return Ok(None);
            }
            let changes = self.documents(&batch).await?;
            let absorb = move |rebuild: &mut Rebuild| {
                changes.iter().try_for_each(|(key, doc)| rebuild.replace(key, doc.as_ref()))?;
                rebuild.commit_at(last)
            };
            rebuild = apart(rebuild, absorb).await?.0;
        }
    }

    /// What the index shall hold of the next things of a kind, and the last of these; none where there are no more.
    async fn next_docs(&self, entry: &dyn Entry, after: Uuid) -> Result<(Vec<SearchDoc>, Option<Uuid>)> {
        let ids = self.reader.ids_after(entry.kind(), after, CHUNK as u64).await?;
        let docs = if ids.is_empty() { Vec::new() } else { self.docs(entry, &ids).await? };
        Ok((docs, ids.last().copied()))
    }
}

/// A document that counts what its kind does.
fn weighed(doc: SearchDoc) -> SearchDoc {
    SearchDoc { weight: search_weight(&doc.key.kind), ..doc }
}

/// Works on an index in the making where it holds up nobody else.
async fn apart<T: Send + 'static>(
    mut rebuild: Rebuild,
    work: impl FnOnce(&mut Rebuild) -> std::result::Result<T, SearchError> + Send + 'static,
) -> Result<(Rebuild, T)> {
    let done = tokio::task::spawn_blocking(move || work(&mut rebuild).map(|done| (rebuild, done)));
    Ok(done.await.map_err(Fault::new)?.map_err(Fault::new)?)
}

fn entry(kind: &str) -> Result<&'static dyn Entry> {
    entry_of(kind).ok_or_else(|| Fault::new(format!("no kind is called {kind}")).into())
}
