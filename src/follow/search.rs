//! Keeps the search index at the head of the log.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::past;
use crate::{
    base::{Fault, Kind as _, Result},
    domain::{KINDS, entry_of, event::event_type, search_weight::search_weight, synonym},
    kernel::Entry,
    search::{DocKey, Rebuild, SearchDoc, SearchError, SearchIndex},
    store::{Log, Logged, Reader, log::Wanted},
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

/// Follows the log with the index.
#[derive(Clone)]
pub struct SearchFollower {
    reader: Reader,
    log: Log,
    index: Arc<SearchIndex>,
    /// One rebuilding at a time: putting one in its place clears away all others.
    rebuilding: Arc<tokio::sync::Mutex<()>>,
}

impl SearchFollower {
    /// A follower that makes documents with a reader that sees everything.
    pub fn new(reader: Reader, log: Log, index: Arc<SearchIndex>) -> Self {
        Self { reader, log, index, rebuilding: Arc::default() }
    }

    /// Hands the index the synonyms as they are now.
    pub async fn learn(&self) -> Result<()> {
        self.index.set_synonyms(&synonym::every(&self.reader).await?);
        Ok(())
    }

    /// Follows until stopped. A failure is logged and tried again from the index's own position.
    pub async fn run(self, stop: CancellationToken) {
        let mut head = self.log.listen();
        loop {
            let begun = Instant::now();
            let absorbed = tokio::select! {
                () = stop.cancelled() => return,
                absorbed = self.absorb_next() => absorbed,
            };
            let pause = match absorbed {
                Ok(0) => None,
                Ok(many) => Some(if many < BATCH / 4 { LONGEST.min(begun.elapsed() * GATHER) } else { Duration::ZERO }),
                Err(error) => {
                    tracing::error!(cause = error.told(), "the search index could not follow the log; trying again");
                    Some(Duration::from_secs(1))
                }
            };
            let position = self.index.position();
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause.unwrap_or_default()), if pause.is_some() => {}
                () = past(&mut head, position), if pause.is_none() => {}
            }
        }
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
        let index = self.index.clone();
        // Where the index was rebuilt in the meantime, nothing is absorbed and the next batch begins at its new position.
        tokio::task::spawn_blocking(move || index.absorb(from, &changes, last)).await.map_err(Fault::new)?.map_err(Fault::new)?;
        Ok(batch.len() as u64)
    }

    /// What the index shall hold of everything the batch names, and of what depends on it.
    async fn documents(&self, batch: &[Logged]) -> Result<Vec<(DocKey, Option<SearchDoc>)>> {
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
                let telling = other.telling_of(&self.reader, kind, &ids).await?;
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
                let mut docs: BTreeMap<Uuid, SearchDoc> = entry(kind)?
                    .docs(&self.reader, some)
                    .await?
                    .into_iter()
                    .filter(|doc| !doc.is_withdrawn)
                    .map(|doc| (doc.key.id, weighed(doc)))
                    .collect();
                changes.extend(some.iter().map(|id| (DocKey { kind: kind.to_owned(), id: *id }, docs.remove(id))));
            }
        }
        Ok(changes)
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
        let docs = if ids.is_empty() { Vec::new() } else { entry.docs(&self.reader, &ids).await? };
        Ok((docs.into_iter().filter(|doc| !doc.is_withdrawn).map(weighed).collect(), ids.last().copied()))
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
