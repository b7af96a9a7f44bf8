//! Changing and deleting a webhook, and making it a new secret.
use async_graphql::{Context, ID, InputObject, SimpleObject};

use super::{
    super::{Webhook, life, row::State, secret},
    create::Made,
    payload_query::try_query,
};
use crate::{
    domain::event::{EventFilter, ExchangeEventFilter},
    kernel::{
        life::{begin, begin_any_version, delete},
        prelude::write::*,
    },
    relay::{Object, Outcome, Position, UserError, reach},
    store::{Done, Record},
};

/// What `updateWebhook` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateWebhookInput {
    #[graphql(flatten)]
    pub target: Target<Webhook>,
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
}

payload!(UpdateWebhookPayload { webhook: Webhook }, "What `updateWebhook` answers.", "The webhook as it is now.");

/// What `deleteWebhook` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteWebhookInput {
    #[graphql(flatten)]
    pub target: Target<Webhook>,
}

payload!(DeleteWebhookPayload deletes Webhook, "What `deleteWebhook` answers.");

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
#[derive(Debug)]
pub struct Update {
    input: UpdateWebhookInput,
    url: Option<String>,
    filter: Option<EventFilter>,
}

/// Makes one a new secret.
#[derive(Debug)]
pub struct Rotate(Id<Webhook>);

impl Update {
    /// Reads the input, and tries its query.
    pub async fn read(ctx: &Context<'_>, input: UpdateWebhookInput) -> Result<Self> {
        let url = input.url.as_ref().map(|url| ctx.hub().outbound.read(url, "input.url")).transpose()?;
        if let Some(url) = &url {
            reach::check(&ctx.hub().outbound, &ctx.hub().lookup, url, "input.url").await?;
        }
        let url = url.map(Into::into);
        let filter = input.filter.clone().map(|filter| filter.read("input.filter")).transpose()?;
        if let Some(query) = &input.query {
            try_query(ctx, query).await?;
        }
        Ok(Self { input, url, filter })
    }
}

impl Command for Update {
    type Output = Id<Webhook>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Webhook>> {
        let before = begin(tx, &life::UPDATE, &self.input.target).await?;
        let mut after = before.clone();
        put(&mut after.name, self.input.name.as_ref().map(|name| name.trim().to_owned()));
        put(&mut after.url, self.url.clone());
        if let Some(filter) = &self.filter {
            refuse_if(
                before.saved_search.is_some(),
                Code::BadInput,
                "input.filter",
                "This webhook tells what answers a saved search; change that search.",
            )?;
            after.filter = Json(filter.clone());
        }
        put(&mut after.query, self.input.query.clone());
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
        Ok(before.id)
    }
}

impl Command for DeleteWebhookInput {
    type Output = Id<Webhook>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Webhook>> {
        delete(tx, &life::DELETE, &self.target, &life::DELETED).await
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
        let row = begin_any_version(tx, &life::ROTATE_SECRET, self.0).await?;
        let secret = secret::make(tx, row.id).await?;
        tx.log(&row, vec![&life::REVISED], row.tags());
        Ok(Made { webhook: row.id, secret })
    }
}

impl RotateWebhookSecretPayload {
    pub(super) async fn of(ctx: &Context<'_>, done: Result<Done<Made>>) -> async_graphql::Result<Self> {
        let outcome = Outcome::of(done)?;
        let (webhook, secret) = Made::tell(ctx, outcome.output).await?;
        Ok(Self { webhook, secret, errors: outcome.errors, position: outcome.position })
    }
}
