//! The event log in the graph, as a connection.
use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    base::{AnyId, Code, Id, Kind, refuse},
    domain::{
        VisibleNode, entry_of,
        event::{ExchangeEventFilter, ExchangeEventType},
        person::Person,
        programme::Programme,
    },
    follow::Feed,
    relay::{DateTime, Object, Position, connection::PageInfo, context::Asking, loaders::Batch},
    store::{Logged, Reader, log::Wanted},
};

/// Something that happened in the hub.
pub struct ExchangeEvent(pub Logged);

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

/// The log's part of the query root.
#[derive(Default)]
pub struct EventQuery;

#[Object]
impl EventQuery {
    /// What happened, oldest first: the same log as the subscription's. Without `after` and `before`, `last` gives the newest. Reference data is left out, in totals
    /// too, unless the filter asks for it (`includeReference`).
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
        let wanted = filter.read("filter")?.of_news().wanted(ctx.reader()).await?;
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
