//! One subscriber's way through the log: first what is behind, then live, with no seam between them.
//!
//! Rights are asked at each delivery: an entry is let through by the viewer's audiences of now, and when the log tells of
//! something the viewer's rights depend on (the person, their cities and pairings), the viewer is read anew. A stream whose viewer
//! has lost a right ends and says so: what it told would silently be less from then on. Whoever begins again from the cursor gets what
//! they may still see. A slow subscriber holds one page of entries and its cursor, whatever happens elsewhere.
use std::{sync::Arc, time::Duration};

use futures_util::Stream;
use uuid::Uuid;

use super::{
    RIGHTS,
    log_tail::{LogTail, TaggedEntry},
    past,
};
use crate::{
    access::{Audience, Scope, Viewer, rule},
    base::{Code, Error, Moment, Result, refuse_if},
    domain::person,
    store::{
        Log, Logged, Reader,
        log::{MARKS, Told, Wanted},
    },
};

/// How long a stream waits for its token's end before it looks at the clock again.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Entries held for one subscriber.
const PAGE: usize = 64;

/// What a subscriber gets.
#[derive(Clone, Debug)]
pub enum Item {
    /// Something that happened.
    Happened(Logged),
    /// Entries after `after` up to `upto` are no longer there.
    Gap {
        /// The subscriber's cursor.
        after: i64,
        /// The last entry that is gone.
        upto: i64,
    },
}

/// Why a stream ended.
#[derive(Debug)]
pub enum End {
    /// The credential was revoked or has expired, or its person has left.
    NoLongerAdmitted,
    /// The viewer sees less than when the stream began.
    RightEnded,
    /// Something failed on our side.
    Failed(Error),
}

/// What a stream needs of the hub.
#[derive(Clone)]
pub struct Feed {
    /// Reads as the subscriber; its viewer is kept up to date.
    pub reader: Reader,
    /// Reads everything, to ask for rights.
    pub hub: Reader,
    /// The log.
    pub log: Log,
    /// Its end in memory.
    pub tail: Arc<LogTail>,
    /// The clock, for tokens that end by themselves.
    pub now: Arc<dyn Fn() -> Moment + Send + Sync>,
}

impl Feed {
    /// Where a stream begins that comes with this cursor, or with none. One that the log has not reached is refused: it is another database's, or this one was
    /// put back, and to wait for it would be to miss what happens until then.
    pub async fn begin(&self, after: Option<i64>) -> Result<i64> {
        let Some(after) = after else { return Ok(self.tail.upto()) };
        // Another hub's cursor may be ahead of what this one has heard of.
        if after > self.tail.upto() {
            let head = self.log.refresh().await?;
            let told =
                format!("The log ends at {head}, so {after} is no cursor of it. Read anew what matters and subscribe without “after”.");
            refuse_if(after > head, Code::BadInput, "after", told)?;
        }
        Ok(after)
    }

    /// Entries after the cursor at which it begins that the filter wants and the viewer may see.
    pub fn items(self, after: i64, wanted: Wanted) -> impl Stream<Item = Result<Item, End>> + Send + 'static {
        async_stream::try_stream! {
            let mut cursor = after;
            let trimmed = Box::pin(self.log.trimmed()).await.map_err(End::Failed)?;
            if cursor < trimmed {
                yield Item::Gap { after: cursor, upto: trimmed };
                cursor = trimmed;
            }
            let mut upto = self.tail.listen();
            // Whoever comes with a cursor may have lost rights since: they were just read for this stream.
            let mut rights_at = self.tail.upto();
            loop {
                // What is seldom awaited is boxed: there are thousands of these, and most of them only wait.
                let page = match self.tail.after(cursor, PAGE) {
                    Some(entries) => Page { upto: cursor, entries, gone: None },
                    None => {
                        // Behind what is kept in memory the statement itself asks the rights, so they must be those of now.
                        rights_at = self.tail.upto();
                        Box::pin(self.ask_rights()).await?;
                        Box::pin(self.page(cursor, &wanted)).await.map_err(End::Failed)?
                    }
                };
                if let Some(upto) = page.gone {
                    yield Item::Gap { after: cursor, upto };
                    cursor = upto;
                    continue;
                }
                for tagged in page.entries {
                    if tagged.entry.seq > rights_at && concerns(&tagged, &self.reader.viewer()) {
                        rights_at = self.tail.upto();
                        Box::pin(self.ask_rights()).await?;
                    }
                    if self.is_over() {
                        Err(End::NoLongerAdmitted)?;
                    }
                    cursor = tagged.entry.seq;
                    if matches(&wanted, &tagged) && rule::admits(&self.reader.viewer(), &tagged.entry.audience) {
                        yield Item::Happened(tagged.entry.clone());
                    }
                }
                cursor = cursor.max(page.upto);
                let has_expired = tokio::select! {
                    () = past(&mut upto, cursor) => false,
                    () = self.expiry() => true,
                };
                if has_expired {
                    Err(End::NoLongerAdmitted)?;
                }
            }
        }
    }

    /// The next entries from the database, already filtered, where memory no longer has them.
    async fn page(&self, cursor: i64, wanted: &Wanted) -> Result<Page> {
        // Everything up to here is committed, so what the statement does not find is not there.
        let head = self.tail.upto();
        let found = self.reader.log(wanted, cursor, Some(head + 1), false, PAGE as u64).await?;
        let upto = if found.len() < PAGE { head } else { cursor };
        // Asked after the page was read, so that nothing of the page was trimmed unnoticed.
        let gone = Some(self.log.trimmed().await?).filter(|trimmed| *trimmed > cursor);
        let mut tags = self.reader.log_tags(&found.iter().map(|entry| entry.seq).collect::<Vec<_>>()).await?;
        tags.sort_unstable();
        let entries = found
            .into_iter()
            .map(|entry| {
                let tags = tags.iter().filter(|(seq, _)| *seq == entry.seq).map(|(_, tag)| *tag).collect();
                Arc::new(TaggedEntry { entry, tags })
            })
            .collect();
        Ok(Page { entries, upto, gone })
    }

    /// Whether the viewer's token has ended by itself.
    fn is_over(&self) -> bool {
        self.reader.viewer().until.is_some_and(|until| until <= (self.now)())
    }

    /// Returns when the viewer's token ends by itself; never, where it does not.
    async fn expiry(&self) {
        while let Some(until) = self.reader.viewer().until {
            let left = until.0.saturating_sub((self.now)().0);
            let Some(left) = u64::try_from(left).ok().filter(|left| *left > 0) else { return };
            // In pieces, as the clock of a machine that slept or was set does not go like the timer's.
            tokio::time::sleep(Duration::from_micros(left).min(LONGEST_WAIT)).await;
        }
        std::future::pending().await
    }

    /// Reads the viewer anew; the stream ends where there is none any more.
    async fn ask_rights(&self) -> Result<(), End> {
        let viewer = self.reader.viewer();
        let Some(token) = viewer.token else { return Ok(()) };
        match person::viewer_of_token(&self.hub, token, (self.now)()).await.map_err(End::Failed)? {
            Some(now) if rule::keeps(&viewer, &now) => {
                self.reader.now_as(Arc::new(now));
                Ok(())
            }
            Some(_) => Err(End::RightEnded),
            None => Err(End::NoLongerAdmitted),
        }
    }
}

/// Some entries, and the number up to which nothing else is wanted.
struct Page {
    entries: Vec<Arc<TaggedEntry>>,
    upto: i64,
    /// The last entry that is gone, where some behind the cursor are.
    gone: Option<i64>,
}

/// Whether an entry tells of something the viewer's rights depend on. Others need not be asked for by each of many subscribers.
fn concerns(tagged: &TaggedEntry, viewer: &Viewer) -> bool {
    let TaggedEntry { entry, tags } = tagged;
    RIGHTS.contains(&entry.kind.as_str())
        && !MARKS.contains(&entry.event.as_str())
        && (viewer.person == Some(entry.subject)
            || viewer.cities.contains(&entry.subject)
            || tags.iter().any(|tag| viewer.cities.contains(tag) || viewer.person == Some(*tag))
            || rule::admits(viewer, &Audience::of(Scope::Pairing, entry.subject)))
}

/// Whether an entry is wanted.
pub(super) fn matches(wanted: &Wanted, tagged: &TaggedEntry) -> bool {
    let any = |list: &[Uuid]| list.iter().any(|id| tagged.tags.contains(id));
    let is_told = |told: &Told| told.events.contains(&tagged.entry.event) && tagged.tags.contains(&told.person);
    if wanted.marks_of.as_ref() == Some(&tagged.entry.audience) && MARKS.contains(&tagged.entry.event.as_str()) {
        return true;
    }
    (wanted.events.is_empty() || wanted.events.contains(&tagged.entry.event))
        && !wanted.no_events.contains(&tagged.entry.event)
        && (wanted.subjects.is_empty() || wanted.subjects.contains(&tagged.entry.subject))
        && wanted.tagged.iter().all(|list| any(list))
        && (wanted.about.is_empty()
            || wanted.about.contains(&tagged.entry.subject)
            || any(&wanted.about)
            || wanted.told.as_ref().is_some_and(is_told))
        && (wanted.not_by.is_none() || wanted.not_by != tagged.entry.actor)
}
