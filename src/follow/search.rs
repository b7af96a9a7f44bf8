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
    base::{Fault, Result},
    domain::{Entry, registry},
    search::{DocKey, SearchDoc, SearchIndex},
    store::{Log, Logged, Reader, log::Wanted},
};

/// Entries absorbed with one commit of the index.
const BATCH: u64 = 2_000;
/// Things whose documents are made with one set of statements.
const CHUNK: usize = 500;
/// How long to gather after a small batch, in multiples of what it took: a commit of the index costs more than the documents in it,
/// and under steady writes the small segments it leaves, merged again and again, cost more than the writes. What comes after a
/// rest is taken at once.
const GATHER: u32 = 5;
/// The longest gathering: what was written is to be found within a second.
const LONGEST: Duration = Duration::from_millis(500);

/// Follows the log with the index.
pub struct SearchFollower {
    reader: Reader,
    log: Log,
    index: Arc<SearchIndex>,
}

impl SearchFollower {
    /// A follower that makes documents with a reader that sees everything.
    pub const fn new(reader: Reader, log: Log, index: Arc<SearchIndex>) -> Self {
        Self { reader, log, index }
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

    /// Absorbs the next batch; answers how many entries it had.
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
            if let Some(entry) = registry().iter().find(|entry| entry.kind() == logged.kind) {
                named.entry(entry.kind()).or_default().insert(logged.subject);
                if !logged.event.ends_with("Added") {
                    revised.entry(entry.kind()).or_default().insert(logged.subject);
                }
            }
        }
        for (kind, ids) in revised {
            for (other, ids) in entry(kind)?.dependents(&self.reader, &ids.into_iter().collect::<Vec<_>>()).await? {
                named.entry(other).or_default().extend(ids);
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
                    .map(|doc| (doc.key.id, doc))
                    .collect();
                changes.extend(some.iter().map(|id| (DocKey { kind: kind.to_owned(), id: *id }, docs.remove(id))));
            }
        }
        Ok(changes)
    }

    /// Rebuilds the index from the database beside the one that answers, then puts it in its place.
    pub async fn rebuild(&self) -> Result<u64> {
        let from = self.log.refresh().await?;
        let rebuild = self.index.rebuild().map_err(Fault::new)?;
        let mut count = 0;
        for entry in registry() {
            let mut last = Uuid::nil();
            loop {
                let ids = self.reader.ids_after(entry.kind(), last, CHUNK as u64).await?;
                let Some(next) = ids.last() else { break };
                last = *next;
                for doc in entry.docs(&self.reader, &ids).await?.into_iter().filter(|doc| !doc.is_withdrawn) {
                    rebuild.replace(&doc.key, Some(&doc)).map_err(Fault::new)?;
                    count += 1;
                }
            }
        }
        rebuild.finish(from).map_err(Fault::new)?;
        Ok(count)
    }
}

fn entry(kind: &str) -> Result<&'static dyn Entry> {
    registry().iter().copied().find(|entry| entry.kind() == kind).ok_or_else(|| Fault::new(format!("no kind is called {kind}")).into())
}
