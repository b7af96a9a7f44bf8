//! A webhook.
use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::{
    delivery::{self, State as DeliveryState, WebhookDelivery},
    row::{self, Reason, State},
    secret,
};
use crate::{
    base::Kind,
    domain::event::ExchangeEventType,
    kernel::prelude::node::*,
    relay::{Connection, DateTime, PageArgs, Position},
};

node!(
    /// An address to which the hub sends what happens.
    Webhook = "webhook", ViewerCan;
    says &[("slug", ""), ("audience", "Who may see it: its person."), ("createdAt", "When it was made.")]; {
        /// What its person calls it.
        "name": &str = |row| &row.name,
        /// Where it leads.
        "url": &str = |row| &row.url,
        /// The query that makes its payload's `data`.
        "query": &str = |row| &row.query,
        /// Whether it sends.
        "state": State = |row| row.state,
        /// Why the hub ended it; null unless it did.
        "endedReason": Option<Reason> = |row| row.ended_reason,
        /// It tells what happens after this; what came before is had by `replayWebhook`.
        "since": Position = |row| Position(row.since),
    }
);

/// Which events a webhook tells. A list means any of; null asks for nothing.
#[derive(Clone, Debug, SimpleObject)]
pub struct WebhookFilter {
    /// Of these types; empty for all.
    pub types: Vec<ExchangeEventType>,
    /// About these things; empty for all.
    pub subjects: Vec<ID>,
    /// About something of these cities.
    pub cities: Option<Vec<ID>>,
    /// About something of these programmes or of a city that takes part in them.
    pub programmes: Option<Vec<ID>>,
    /// About something under these themes.
    pub themes: Option<Vec<ID>>,
    /// Whether reference data and the hub's own doing are told, too.
    pub include_reference: bool,
}

/// An address to which the hub sends what happens, signed by Standard Webhooks. Seen by its person.
#[Object]
impl Webhook {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// Which events it tells; null where it tells what answers a saved search.
    async fn filter(&self) -> Option<WebhookFilter> {
        let filter = &self.0.filter;
        fn ids<K: Kind>(ids: &Option<Vec<crate::base::Id<K>>>) -> Option<Vec<ID>> {
            Some(ids.as_ref()?.iter().map(|id| ID(id.to_string())).collect())
        }
        self.0.saved_search.is_none().then(|| WebhookFilter {
            types: filter.types.clone(),
            subjects: filter.subjects.iter().cloned().map(ID).collect(),
            cities: ids(&filter.cities),
            programmes: ids(&filter.programmes),
            themes: ids(&filter.themes),
            include_reference: filter.include_reference.unwrap_or(true),
        })
    }

    /// Until when the secret before the newest signs as well; null where there is none.
    async fn previous_secret_until(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        Ok(secret::overlap(ctx.reader(), self.0.id, ctx.now()).await?.map(DateTime))
    }

    /// What was sent, is to be sent and could not be sent, in the order of the log. What was delivered is told for a week, dead letters for a month.
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only in these states; all where it is left out.")] states: Option<Vec<DeliveryState>>,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<WebhookDelivery>> {
        Ok(delivery::list(ctx, self.0.id, states, &PageArgs::new(first, after, last, before)).await?)
    }
}
