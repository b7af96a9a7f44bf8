//! The end of the log in memory: read once for all subscribers who are near the head.
use std::{collections::VecDeque, sync::Arc, time::Duration};

use parking_lot::RwLock;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::past;
use crate::{
    base::Result,
    store::{Log, Logged, Reader, log::Wanted},
};

/// Entries kept; who is further behind reads the database.
const KEPT: usize = 4_096;
/// Entries read with one statement.
const PAGE: u64 = 1_000;

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

impl LogTail {
    /// A tail that begins at the head.
    pub fn new(reader: Reader, log: Log) -> Arc<Self> {
        let head = log.head();
        Arc::new(Self { reader, log, kept: RwLock::new(Kept { from: head, entries: VecDeque::new() }), upto: watch::Sender::new(head) })
    }

    /// Follows the log until stopped.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let mut head = self.log.listen();
        loop {
            if let Err(error) = self.read().await {
                tracing::error!(cause = error.told(), "the log could not be read; trying again");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            let upto = *self.upto.borrow();
            tokio::select! {
                () = stop.cancelled() => return,
                () = past(&mut head, upto) => {}
            }
        }
    }

    async fn read(&self) -> Result<()> {
        loop {
            let upto = *self.upto.borrow();
            let page = self.reader.log(&Wanted::default(), upto, None, false, PAGE).await?;
            let Some(last) = page.last().map(|entry| entry.seq) else { return Ok(()) };
            let seqs: Vec<i64> = page.iter().map(|entry| entry.seq).collect();
            let mut tags = self.reader.log_tags(&seqs).await?;
            tags.sort_unstable();
            {
                let mut kept = self.kept.write();
                // Trimmed before it was read: nobody may take what follows for the next.
                if let Some(first) = page.first().filter(|first| first.seq != upto + 1) {
                    kept.entries.clear();
                    kept.from = first.seq - 1;
                }
                for entry in page {
                    let start = tags.partition_point(|(seq, _)| *seq < entry.seq);
                    let tags = tags[start..].iter().take_while(|(seq, _)| *seq == entry.seq).map(|(_, tag)| *tag).collect();
                    kept.entries.push_back(Arc::new(TaggedEntry { entry, tags }));
                }
                while kept.entries.len() > KEPT {
                    if let Some(gone) = kept.entries.pop_front() {
                        kept.from = gone.entry.seq;
                    }
                }
            }
            self.upto.send_replace(last);
        }
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
