//! The end of the log in memory: read once for all subscribers who are near the head.
use std::{collections::VecDeque, sync::Arc, time::Duration};

use parking_lot::RwLock;
use tokio::sync::watch;
use uuid::Uuid;

use super::{Task, past, tasks::TaskHealth};
use crate::{
    base::Result,
    store::{Isolation, Log, Logged, Reader, log::Wanted},
};

/// Entries kept; who is further behind reads the database.
const KEPT: usize = 4_096;
/// Entries read with one statement.
const PAGE: u64 = 1_000;
/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// An entry with its tags.
#[derive(Debug)]
pub struct TaggedEntry {
    /// The entry.
    pub entry: Logged,
    /// What it is tagged with.
    pub tags: Vec<Uuid>,
}

/// The kept entries: all with numbers greater than `from`, up to `upto`.
struct Kept {
    from: i64,
    entries: VecDeque<Arc<TaggedEntry>>,
}

/// The end of the log.
pub struct LogTail {
    reader: Reader,
    log: Log,
    kept: RwLock<Kept>,
    upto: watch::Sender<i64>,
}

impl Task for Arc<LogTail> {
    const NAME: &'static str = "log_tail";
    const IS_NEEDED: bool = true;

    async fn run(&self, health: &TaskHealth) {
        let mut head = self.log.listen();
        loop {
            health.step();
            match self.read(&health.isolation).await {
                Ok(()) => {
                    health.well();
                    let upto = *self.upto.borrow();
                    past(&mut head, upto).await;
                }
                Err(error) => {
                    health.failed(&error, "the log could not be read; trying again");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }
}

impl LogTail {
    /// A tail that begins at the head.
    pub fn new(reader: Reader, log: Log) -> Arc<Self> {
        let head = log.head();
        Arc::new(Self { reader, log, kept: RwLock::new(Kept { from: head, entries: VecDeque::new() }), upto: watch::Sender::new(head) })
    }

    async fn read(&self, isolation: &Isolation) -> Result<()> {
        loop {
            let upto = *self.upto.borrow();
            let page = self.reader.log(&Wanted::default(), upto, None, false, PAGE).await?;
            let Some(last) = page.last().map(|entry| entry.seq) else { return Ok(()) };
            let seqs: Vec<i64> = page.iter().map(|entry| entry.seq).collect();
            if isolation.several(&seqs, self.keep(upto, page.clone())).await?.is_none() {
                let mut before = upto;
                for entry in page {
                    let seq = entry.seq;
                    if isolation.one(&seq.to_string(), self.keep(before, vec![entry])).await?.is_none() {
                        // Nothing is kept rather than all but one: whoever follows reads the database up to here, and misses nothing.
                        let mut kept = self.kept.write();
                        kept.entries.clear();
                        kept.from = seq;
                    }
                    before = seq;
                    self.upto.send_replace(seq);
                }
            }
            self.upto.send_replace(last);
        }
    }

    /// Keeps the entries that come after `upto`.
    async fn keep(&self, upto: i64, page: Vec<Logged>) -> Result<()> {
        let seqs: Vec<i64> = page.iter().map(|entry| entry.seq).collect();
        let mut tags = self.reader.log_tags(&seqs).await?;
        tags.sort_unstable();
        let tagged = page.into_iter().map(|entry| {
            let start = tags.partition_point(|(seq, _)| *seq < entry.seq);
            let tags = tags[start..].iter().take_while(|(seq, _)| *seq == entry.seq).map(|(_, tag)| *tag).collect();
            Arc::new(TaggedEntry { entry, tags })
        });
        let tagged: Vec<_> = tagged.collect();
        let mut kept = self.kept.write();
        // Trimmed before it was read: nobody may take what follows for the next.
        if let Some(first) = tagged.first().map(|tagged| tagged.entry.seq).filter(|first| *first != upto + 1) {
            kept.entries.clear();
            kept.from = first - 1;
        }
        kept.entries.extend(tagged);
        while kept.entries.len() > KEPT {
            if let Some(gone) = kept.entries.pop_front() {
                kept.from = gone.entry.seq;
            }
        }
        Ok(())
    }

    /// The kept entries after a number, at most `limit`; none where it lies before what is kept.
    pub fn after(&self, seq: i64, limit: usize) -> Option<Vec<Arc<TaggedEntry>>> {
        let kept = self.kept.read();
        if seq < kept.from {
            return None;
        }
        let start = kept.entries.partition_point(|tagged| tagged.entry.seq <= seq);
        Some(kept.entries.range(start..).take(limit).cloned().collect())
    }

    /// The number up to which the tail has read.
    pub fn upto(&self) -> i64 {
        *self.upto.borrow()
    }

    /// A receiver that hears whenever the tail has read on.
    pub fn listen(&self) -> watch::Receiver<i64> {
        self.upto.subscribe()
    }
}
