//! The event log in the graph: as a connection and as a subscription.
use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ErrorExtensions, ID, Object, Result, SimpleObject, Subscription, Union};
use futures_util::{Stream, StreamExt};
use uuid::Uuid;

use super::{matches::SearchMatch, notifications::Notifications};
use crate::{
    base::{AnyId, Code, Id, Kind, refuse},
    domain::{
        VisibleNode, entry_of,
        event::{ExchangeEventFilter, ExchangeEventType},
        person::Person,
        programme::Programme,
        saved_search::{self, SavedSearch, matched},
    },
    follow::feed::{End, Feed, Item},
    object_any,
    relay::{DateTime, Object, Position, connection::PageInfo, context::Asking, loaders::Batch},
    store::{
        Logged, Reader,
        log::{MARKS, Wanted},
    },
};

/// Something that happened in the hub.
pub struct ExchangeEvent(Logged);

/// Something that happened in the hub, at its place in the log.
#[Object]
impl ExchangeEvent {
    /// Names this event.
    async fn id(&self) -> ID {
        ID(format!("event_{}", self.0.seq))
    }

    /// Its place in the log; give it to `after` to go on from here, in the query, in the subscription, on another server.
    async fn cursor(&self) -> String {
        self.0.seq.to_string()
    }

    /// The same as a position, for `atLeast`.
    async fn position(&self) -> Position {
        Position(self.0.seq)
    }

    /// What happened.
    #[graphql(name = "type")]
    async fn event_type(&self) -> Result<ExchangeEventType> {
        Ok(ExchangeEventType::of_word(&self.0.event)?)
    }

    /// When.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Who did it; null for the hub itself and where the viewer may not see them.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Object<Person>>> {
        match self.0.actor {
            Some(actor) => Ok(ctx.load(Id::<Person>::new(actor)).await?),
            None => Ok(None),
        }
    }

    /// The programme it belongs to; null where it belongs to none or to several.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Object<Programme>>> {
        if self.0.kind == Programme::NAME {
            return Ok(ctx.load(Id::<Programme>::new(self.0.subject)).await?);
        }
        let tags = ctx.scope().loaders.load((), self.0.seq, || Ok(Tags)).await?.unwrap_or_default();
        let tagged = futures_util::future::try_join_all(tags.iter().map(|tag| ctx.load(Id::<Programme>::new(*tag)))).await?;
        Ok(tagged.into_iter().flatten().next())
    }

    /// What it happened to, as it is now; null where the viewer may no longer see it.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<VisibleNode>> {
        match entry_of(&self.0.kind) {
            Some(entry) => Ok(entry.node(ctx.scope(), self.0.subject).await?.map(VisibleNode)),
            None => Ok(None),
        }
    }

    /// The id of what it happened to.
    async fn subject_id(&self) -> ID {
        let kind = entry_of(&self.0.kind).map_or("thing", |entry| entry.kind());
        ID(AnyId { kind, uuid: self.0.subject }.to_string())
    }

    /// The title of the subject when it happened.
    async fn summary(&self) -> &str {
        &self.0.summary
    }
}

/// What entries are tagged with.
struct Tags;

impl Batch for Tags {
    type Key = i64;
    type Value = Vec<Uuid>;

    async fn run(&self, reader: Reader, keys: Vec<i64>) -> crate::base::Result<HashMap<i64, Vec<Uuid>>> {
        let mut found: HashMap<i64, Vec<Uuid>> = HashMap::new();
        for (seq, tag) in reader.log_tags(&keys).await? {
            found.entry(seq).or_default().push(tag);
        }
        Ok(found)
    }
}

/// Entries that the log no longer has: what happened between is unknown; read anew what matters.
#[derive(Clone, Debug, SimpleObject)]
pub struct FeedGap {
    /// The cursor the subscriber came with.
    pub after: String,
    /// The cursor of the last entry that is gone; the stream goes on behind it.
    pub upto: String,
}

/// What a subscriber gets.
#[derive(Union)]
pub enum FeedItem {
    /// Something happened.
    Event(ExchangeEvent),
    /// Entries are missing.
    Gap(FeedGap),
}

object_any!(
    /// What a subscriber gets, as it is answered.
    Heard of FeedItem { Event, Gap }
);

/// The log's part of the query root.
#[derive(Default)]
pub struct EventQuery;

#[Object]
impl EventQuery {
    /// What happened, oldest first: the same log as the subscription's. Without `after` and `before`, `last` gives the newest.
    async fn exchange_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which events.")] filter: Option<ExchangeEventFilter>,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<LogPage> {
        let filter = filter.unwrap_or_default();
        filter.refuse_unknown(ctx.reader(), "filter").await?;
        let wanted = filter.read("filter")?.wanted(ctx.reader()).await?;
        if let Some(after) = cursor(after.as_deref(), "after")? {
            (ctx.data_unchecked::<Feeds>().0)(ctx.reader().clone()).begin(Some(after)).await?;
        }
        Ok(LogPage::read(ctx.reader(), wanted, first, after.as_deref(), last, before.as_deref()).await?)
    }

    /// The event with this cursor; null where there is none, the log no longer has it, or the viewer may not see it.
    async fn exchange_event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its cursor.")] cursor: String,
    ) -> Result<Option<Object<ExchangeEvent>>> {
        let seq = self::cursor(Some(&cursor), "cursor")?.unwrap_or(0);
        Ok(ctx.reader().log_entry(seq).await?.map(ExchangeEvent).map(Object))
    }
}

/// A page of the log.
pub struct LogPage {
    entries: Vec<Logged>,
    has_next: bool,
    has_previous: bool,
    wanted: Wanted,
}

impl LogPage {
    pub(super) async fn read(
        reader: &Reader,
        wanted: Wanted,
        first: Option<i32>,
        after: Option<&str>,
        last: Option<i32>,
        before: Option<&str>,
    ) -> crate::base::Result<Self> {
        let (after, before) = (cursor(after, "after")?.unwrap_or(0), cursor(before, "before")?);
        // The same checks as for every list.
        let page = crate::store::Page::new(first, None, last, None)?;
        let (size, backward) = page.reach();
        let entries = reader.log(&wanted, after, before, backward, size + 1).await?;
        let (entries, has_next, has_previous) = page.cut(entries, after > 0, before.is_some());
        Ok(Self { entries, has_next, has_previous, wanted })
    }
}

/// A page of the event log.
#[Object(name = "ExchangeEventConnection")]
impl LogPage {
    /// The events with their cursors.
    async fn edges(&self) -> Vec<LogEdge> {
        self.entries.iter().cloned().map(LogEdge).collect()
    }

    /// The events alone.
    async fn nodes(&self) -> Vec<ExchangeEvent> {
        self.entries.iter().cloned().map(ExchangeEvent).collect()
    }

    /// Where this page lies in the whole.
    async fn page_info(&self) -> PageInfo {
        let cursor = |entry: &Logged| entry.seq.to_string();
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: self.entries.first().map(cursor),
            end_cursor: self.entries.last().map(cursor),
        }
    }

    /// How many events the viewer may see in all.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<u64> {
        Ok(ctx.reader().log_count(&self.wanted).await?)
    }
}

/// An event of a page.
pub struct LogEdge(Logged);

/// An event of a page.
#[Object(name = "ExchangeEventEdge")]
impl LogEdge {
    /// The event.
    async fn node(&self) -> ExchangeEvent {
        ExchangeEvent(self.0.clone())
    }

    /// Its cursor.
    async fn cursor(&self) -> String {
        self.0.seq.to_string()
    }
}

pub(super) fn cursor(text: Option<&str>, name: &str) -> crate::base::Result<Option<i64>> {
    match text.map(Position::read) {
        None => Ok(None),
        Some(Some(position)) => Ok(Some(position.0)),
        Some(None) => {
            refuse(Code::BadInput, name, format!("“{name}” is not a cursor of the log; take it from an event or a payload's position."))
        }
    }
}

/// Makes feeds for subscriptions; in the schema's data.
#[derive(Clone)]
pub struct Feeds(pub Arc<dyn Fn(Reader) -> Feed + Send + Sync>);

/// Why a stream ended, for the client.
fn ended(end: End) -> async_graphql::Error {
    match end {
        End::NoLongerAdmitted => async_graphql::Error::new("The credential was revoked or has expired; the stream ends here.")
            .extend_with(|_, extensions| extensions.set("code", "UNAUTHENTICATED")),
        End::RightEnded => async_graphql::Error::new(
            "You see less than when this stream began: a role, a membership or a pairing has ended. Subscribe again from the last cursor for what you may still see.",
        )
        .extend_with(|_, extensions| extensions.set("code", "FORBIDDEN")),
        End::Failed(error) => error.into(),
    }
}

/// The subscription root.
#[derive(Default)]
pub struct Subscriptions;

/// What clients may follow.
// What is awaited besides the log is boxed, as in `Feed::items`: a stream is as large as the largest of what it may wait for.
#[Subscription(name = "Subscription")]
impl Subscriptions {
    /// What happens, from `after` on: first what is behind, then live, every event the viewer may see, once, in order.
    /// Without `after` it begins now; one that the log has not reached is `BAD_INPUT`. It ends with `UNAUTHENTICATED` when the credential is revoked or expires, and with `FORBIDDEN` when the viewer loses
    /// a right that it had when it began. Where the log no longer reaches back to `after`, a `FeedGap` says so.
    async fn exchange_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The cursor of the last event that was received.")] after: Option<String>,
        #[graphql(desc = "Which events.")] filter: Option<ExchangeEventFilter>,
    ) -> Result<impl Stream<Item = Result<Heard>> + use<>> {
        let after = cursor(after.as_deref(), "after")?;
        let filter = filter.unwrap_or_default();
        Box::pin(filter.refuse_unknown(ctx.reader(), "filter")).await?;
        let wanted = Box::pin(filter.read("filter")?.wanted(ctx.reader())).await?;
        let feed = (ctx.data_unchecked::<Feeds>().0)(ctx.reader().clone());
        let after = Box::pin(feed.begin(after)).await?;
        Ok(feed.items(after, wanted).map(|item| match item {
            Ok(Item::Happened(entry)) => Ok(Heard(FeedItem::Event(ExchangeEvent(entry)))),
            Ok(Item::Gap { after, upto }) => Ok(Heard(FeedItem::Gap(FeedGap { after: after.to_string(), upto: upto.to_string() }))),
            Err(end) => Err(ended(end)),
        }))
    }

    /// The viewer's notifications, whenever another one comes, and when they are read, or follows and saved searches change, on any device. For everyone with
    /// an account. It ends as `exchangeEvents` does.
    async fn notifications_changed(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Result<Object<Notifications>>> + use<>> {
        let reader = ctx.reader().clone();
        let feed = (ctx.data_unchecked::<Feeds>().0)(reader.clone());
        // Whoever has none is told so before the stream begins.
        Box::pin(Notifications::of(&reader)).await?;
        Ok(async_stream::try_stream! {
            let mut cursor = feed.tail.upto();
            loop {
                // What is followed is read behind the cursor, so that no change of it falls between.
                let mut notifications = Box::pin(Notifications::of(&reader)).await?;
                let mut items = Box::pin(feed.clone().items(cursor, notifications.wanted_live()));
                while let Some(item) = items.next().await {
                    let (seq, is_other) = match item.map_err(ended)? {
                        Item::Happened(entry) => (entry.seq, MARKS.contains(&entry.event.as_str()) && entry.event != "notificationsRead"),
                        Item::Gap { upto, .. } => (upto, false),
                    };
                    cursor = seq;
                    if is_other {
                        notifications = Box::pin(Notifications::of(&reader)).await?;
                    }
                    yield Object(notifications.clone());
                    if is_other {
                        break;
                    }
                }
            }
        })
    }

    /// What answers a saved search of the viewer's, from `after` on: first what is behind, then live, each thing once. Without `after` it begins now; one that
    /// the log has not reached is `BAD_INPUT`.
    /// Where the log no longer reaches back to `after`, a match that has only a `gap` says so. It ends as `exchangeEvents` does, and with `NOT_FOUND` when the
    /// search is deleted.
    async fn saved_search_matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The saved search.")] saved_search: ID,
        #[graphql(desc = "The cursor of the last match that was received.")] after: Option<String>,
    ) -> Result<impl Stream<Item = Result<Object<SearchMatch>>> + use<>> {
        let after = cursor(after.as_deref(), "after")?;
        let id = Id::<SavedSearch>::parse(&saved_search, "savedSearch").map_err(crate::base::Error::from)?;
        let reader = ctx.reader().clone();
        let feed = (ctx.data_unchecked::<Feeds>().0)(reader.clone());
        // The search is read behind the place where the stream begins, so that no change of it falls between.
        let after = Box::pin(feed.begin(after)).await?;
        let Some(kept) = Box::pin(saved_search::every_kept(&reader, Some(&[id.uuid()]))).await?.pop() else {
            return Ok(refuse(Code::NotFound, "savedSearch", format!("There is no saved search {id} that you can see."))?);
        };
        Ok(async_stream::try_stream! {
            let mut kept = kept;
            let mut items = Box::pin(feed.items(after, matched::wanted_live(id)));
            while let Some(item) = items.next().await {
                let item = item.map_err(ended)?;
                if !matches!(&item, Item::Happened(entry) if matched::is_match(entry)) {
                    // It was changed or deleted, or may have been where entries are missing.
                    kept = match Box::pin(saved_search::every_kept(&reader, Some(&[id.uuid()]))).await?.pop() {
                        Some(changed) => changed,
                        None => refuse(Code::NotFound, "savedSearch", "The saved search was deleted; the stream ends here.")?,
                    };
                }
                match item {
                    Item::Gap { after, upto } => yield Object(SearchMatch::missing(kept.clone(), after, upto)),
                    Item::Happened(entry) if matched::is_match(&entry) => yield Object(Box::pin(SearchMatch::of(&reader, kept.clone(), entry)).await?),
                    Item::Happened(_) => {}
                }
            }
        })
    }
}
