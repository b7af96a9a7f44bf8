//! Deliveries: what a webhook has to send, one row for each event it tells, and how that went.
use async_graphql::{Context, ID, Object, Result};
use sea_orm::{
    QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};

use super::Webhook;
use crate::{
    base::{Id, Kind, Moment, id},
    column_enum,
    domain::{entry_of, event::ExchangeEventType},
    relay::{Connection, DateTime, PageArgs, Position, context::Asking},
    store::{Order, Reader, page::Sort, reader::Parent},
};

column_enum!(
    /// How far a delivery is.
    State as "WebhookDeliveryState" in "snake_case" {
        /// It is sent when its next attempt is due.
        Waiting,
        /// It waits for an earlier one about the same thing.
        Held,
        /// The receiver has it.
        Delivered,
        /// A dead letter: every attempt of a day failed. `retryWebhookDeliveries` tries again.
        Dead,
        /// Its person may no longer see what it was about, so it was not sent.
        Hidden,
    }
);

/// A row of deliveries. It has no past: it is one itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    pub id: Id<WebhookDelivery>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub webhook: Id<Webhook>,
    /// The entry of the log it tells.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// What that entry says, so that it can be told when the log no longer has it.
    pub event: String,
    /// What it is about, whose order is kept: of a match the thing that was found.
    pub subject: Uuid,
    pub kind: String,
    pub at: Moment,
    pub state: State,
    pub attempts: i64,
    pub next_at: Moment,
    pub last_at: Option<Moment>,
    /// What the receiver answered last.
    pub status: Option<i64>,
    /// Why the last attempt failed.
    pub error: Option<String>,
}

crate::plain_table!();

impl Model {
    /// Names the message, the same at each attempt and at each replay: `webhook-id` in its headers.
    pub fn message_id(&self) -> String {
        format!("{}_{}", self.webhook, self.seq)
    }

    /// The id of what it is about.
    pub fn subject_id(&self) -> String {
        id::join(&self.kind, self.subject)
    }
}

/// What of a webhook is due, in the order of the log.
pub async fn due(reader: &Reader, webhook: Id<Webhook>, now: Moment, limit: u64) -> crate::base::Result<Vec<Model>> {
    let waiting = reader.parts::<Entity>().filter(Column::Webhook.eq(webhook)).filter(Column::State.eq(State::Waiting));
    reader.all(waiting.filter(Column::NextAt.lte(now.0)).order_by_asc(Column::Seq).limit(limit)).await
}

/// What waits of a webhook.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Waiting {
    /// Which one.
    pub webhook: Uuid,
    /// When the first of it is due.
    pub at: Moment,
    /// How many there are.
    pub count: i64,
}

/// What waits of every webhook.
pub async fn waiting(reader: &Reader) -> crate::base::Result<Vec<Waiting>> {
    let waiting = reader
        .parts::<Entity>()
        .select_only()
        .column(Column::Webhook)
        .column_as(Column::NextAt.min(), "at")
        .column_as(Expr::cust("COUNT(*)"), "count")
        // Written out, so that the index of what waits can be used.
        .filter(Expr::col(Column::State).eq(Expr::cust("'waiting'")))
        .group_by(Column::Webhook);
    reader.project(waiting).await
}

/// The deliveries of a webhook, in the order of the log. Ask only for viewers who see the webhook.
pub(super) async fn list(
    ctx: &Context<'_>,
    webhook: Id<Webhook>,
    states: Option<Vec<State>>,
    page: &PageArgs,
) -> crate::base::Result<Connection<WebhookDelivery>> {
    let order = || Order::by("event", Column::Seq, Sort::Number);
    let make = move |reader: &Reader| {
        let select = reader.parts::<Entity>();
        Ok((states.iter().fold(select, |select, states| select.filter(Column::State.is_in(states.iter().copied()))), order()))
    };
    ctx.parts(webhook.uuid(), Parent::Column("webhook"), page, WebhookDelivery, make).await
}

/// Something a webhook has to send.
pub struct WebhookDelivery(Model);

impl Kind for WebhookDelivery {
    const NAME: &'static str = "delivery";
}

/// Something a webhook sends: one event, and how sending it went.
#[Object]
impl WebhookDelivery {
    /// Names the delivery; give it to `retryWebhookDeliveries`.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What its header `webhook-id` says: the same at each attempt and at each replay, so that a receiver can tell what it has.
    async fn message_id(&self) -> String {
        self.0.message_id()
    }

    /// The event's place in the log.
    async fn cursor(&self) -> String {
        self.0.seq.to_string()
    }

    /// The same as a position.
    async fn position(&self) -> Position {
        Position(self.0.seq)
    }

    /// What happened.
    #[graphql(name = "type")]
    async fn event_type(&self) -> Result<ExchangeEventType> {
        Ok(ExchangeEventType::of_word(&self.0.event)?)
    }

    /// The id of what it is about; of a match, of what was found.
    async fn subject_id(&self) -> ID {
        let is_known = entry_of(&self.0.kind).is_some();
        ID(if is_known { self.0.subject_id() } else { id::join("thing", self.0.subject) })
    }

    /// How far it is.
    async fn state(&self) -> State {
        self.0.state
    }

    /// How often it was tried.
    async fn attempts(&self) -> i64 {
        self.0.attempts
    }

    /// When it is tried next; null unless it waits.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        (self.0.state == State::Waiting).then_some(DateTime(self.0.next_at))
    }

    /// When it was tried last.
    async fn last_attempt_at(&self) -> Option<DateTime> {
        self.0.last_at.map(DateTime)
    }

    /// The HTTP status that the receiver answered last; null where it answered none.
    async fn last_status(&self) -> Option<i64> {
        self.0.status
    }

    /// Why the last attempt failed; null where it did not.
    async fn last_error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }
}
