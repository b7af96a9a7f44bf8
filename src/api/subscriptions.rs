//! What clients may follow: the event log, notifications, and what answers a saved search.
use async_graphql::{Context, ErrorExtensions, ID, Result, Subscription, Union};
use futures_util::{Stream, StreamExt};

use super::{
    events::{ExchangeEvent, FeedGap, Feeds, cursor},
    matches::SearchMatch,
    notifications::Notifications,
};
use crate::{
    base::{Code, Id, refuse},
    domain::{
        event::ExchangeEventFilter,
        saved_search::{self, SavedSearch, matched},
    },
    follow::feed::{End, Item},
    object_any,
    relay::{Object, context::Asking},
    store::log::MARKS,
};

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
    /// a right that it had when it began. Reference data is left out unless the filter asks for it (`includeReference`). Where the log no longer reaches back to `after`, a `FeedGap` says so.
    async fn exchange_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The cursor of the last event that was received.")] after: Option<String>,
        #[graphql(desc = "Which events.")] filter: Option<ExchangeEventFilter>,
    ) -> Result<impl Stream<Item = Result<Heard>> + use<>> {
        let after = cursor(after.as_deref(), "after")?;
        let filter = filter.unwrap_or_default();
        Box::pin(filter.refuse_unknown(ctx.reader(), "filter")).await?;
        let wanted = Box::pin(filter.read("filter")?.of_news().wanted(ctx.reader())).await?;
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
