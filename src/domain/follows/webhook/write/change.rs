//! Changing and deleting a webhook, and making it a new secret.
use async_graphql::{Context, ID, InputObject, SimpleObject};

use super::{
    super::{Webhook, life, row::State, secret},
    create::Made,
    name, try_query,
};
use crate::{
    base::{Code, Id, Result, refuse_if},
    domain::event::{EventFilter, ExchangeEventFilter},
    kernel::life::begin,
    payload,
    relay::{Object, Outcome, Position, UserError, context::Asking, reach},
    store::{Command, Done, Json, Record, Tx},
};

/// What `updateWebhook` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateWebhookInput {
    /// The webhook.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// What the person calls it, 1 to 200 characters.
    pub name: Option<String>,
    /// Where it leads.
    pub url: Option<String>,
    /// Which events it tells, as a whole.
    pub filter: Option<ExchangeEventFilter>,
    /// The query whose answer is the payload's `data`.
    pub query: Option<String>,
    /// Whether it sends: false pauses it; true makes one that was paused or ended active, from now on. What waits is sent then.
    pub is_active: Option<bool>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `updateWebhook` answers.
    UpdateWebhookPayload {
        /// The webhook as it is now.
        webhook: Webhook
    }
);

/// What `deleteWebhook` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteWebhookInput {
    /// The webhook.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `deleteWebhook` answers.
#[derive(SimpleObject)]
pub struct DeleteWebhookPayload {
    /// The id of what is gone.
    pub deleted_id: Option<ID>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// What `rotateWebhookSecret` takes.
#[derive(Clone, Debug, InputObject)]
pub struct RotateWebhookSecretInput {
    /// The webhook.
    pub id: ID,
}

/// What `rotateWebhookSecret` answers.
#[derive(SimpleObject)]
pub struct RotateWebhookSecretPayload {
    /// The webhook; `previousSecretUntil` tells how long both secrets sign.
    pub webhook: Option<Object<Webhook>>,
    /// The new secret, `whsec_…`: keep it now, it is not told again.
    pub secret: Option<String>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// Changes one.
pub struct Update {
    id: Id<Webhook>,
    input: UpdateWebhookInput,
    url: Option<String>,
    filter: Option<EventFilter>,
}

/// Deletes one.
pub struct Delete {
    id: Id<Webhook>,
    expected_version: Option<i32>,
}

/// Makes one a new secret.
pub struct Rotate(Id<Webhook>);

impl Update {
    /// Reads the input, and tries its query.
    pub async fn read(ctx: &Context<'_>, input: UpdateWebhookInput) -> Result<Self> {
        let id = Id::parse(&input.id, "input.id")?;
        let url = input.url.as_ref().map(|url| ctx.hub().outbound.read(url, "input.url")).transpose()?;
        if let Some(url) = &url {
            reach::check(&ctx.hub().outbound, &ctx.hub().lookup, url, "input.url").await?;
        }
        let url = url.map(Into::into);
        let filter = input.filter.clone().map(|filter| filter.read("input.filter")).transpose()?;
        if let Some(query) = &input.query {
            try_query(ctx, query).await?;
        }
        Ok(Self { id, input, url, filter })
    }
}

impl Command for Update {
    type Output = Id<Webhook>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Webhook>> {
        let before = begin(tx, &life::UPDATE, self.id, self.input.expected_version).await?;
        let mut after = before.clone();
        if let Some(given) = &self.input.name {
            after.name = name(given, "input.name")?;
        }
        if let Some(url) = &self.url {
            after.url.clone_from(url);
        }
        if let Some(filter) = &self.filter {
            refuse_if(
                before.saved_search.is_some(),
                Code::BadInput,
                "input.filter",
                "This webhook tells what answers a saved search; change that search.",
            )?;
            after.filter = Json(filter.clone());
        }
        if let Some(query) = &self.input.query {
            after.query.clone_from(query);
        }
        match self.input.is_active {
            Some(true) if before.state != State::Active => {
                after.state = State::Active;
                after.ended_reason = None;
                after.since = tx.log_head().await?;
            }
            Some(false) if before.state == State::Active => after.state = State::Paused,
            _ => {}
        }
        tx.change(&before, after, &[]).await?;
        Ok(self.id)
    }
}

impl Delete {
    /// Reads the ids of the input.
    pub fn read(input: &DeleteWebhookInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, expected_version: input.expected_version })
    }
}

impl Command for Delete {
    type Output = Id<Webhook>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Webhook>> {
        let row = begin(tx, &life::DELETE, self.id, self.expected_version).await?;
        tx.remove(&row, &life::DELETED).await?;
        Ok(self.id)
    }
}

impl DeleteWebhookPayload {
    pub(super) fn of(done: Result<Done<Id<Webhook>>>) -> async_graphql::Result<Self> {
        let outcome = Outcome::of(done)?;
        Ok(Self { deleted_id: outcome.output.map(|id| ID(id.to_string())), errors: outcome.errors, position: outcome.position })
    }
}

impl Rotate {
    /// Reads the ids of the input.
    pub fn read(input: &RotateWebhookSecretInput) -> Result<Self> {
        Ok(Self(Id::parse(&input.id, "input.id")?))
    }
}

impl Command for Rotate {
    type Output = Made;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Made> {
        let row = begin(tx, &life::ROTATE_SECRET, self.0, None).await?;
        let secret = secret::make(tx, row.id).await?;
        tx.log(&row, vec![&life::REVISED], row.tags());
        Ok(Made { webhook: row.id, secret })
    }
}

impl RotateWebhookSecretPayload {
    pub(super) async fn of(ctx: &Context<'_>, done: Result<Done<Made>>) -> async_graphql::Result<Self> {
        let outcome = Outcome::of(done)?;
        let (webhook, secret) = match outcome.output {
            Some(made) => (ctx.load(made.webhook).await?, Some(made.secret)),
            None => (None, None),
        };
        Ok(Self { webhook, secret, errors: outcome.errors, position: outcome.position })
    }
}
