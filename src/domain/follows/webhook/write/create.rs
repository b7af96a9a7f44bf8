//! Making a webhook.
use async_graphql::{Context, ID, InputObject, SimpleObject};
use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    super::{
        Row, Webhook,
        row::{self, State},
        secret,
    },
    payload_query::try_query,
};
use crate::{
    domain::{
        event::{EventFilter, ExchangeEventFilter},
        person::Person,
        saved_search::{self, SavedSearch},
    },
    kernel::prelude::write::*,
    relay::{Object, Outcome, Position, UserError, reach},
    store::Done,
};

/// What a payload tells where no query is given.
const USUAL: &str = "query($cursor: String!) { exchangeEvent(cursor: $cursor) { id cursor type occurredAt summary subjectId } }";
/// The same of a saved search.
const USUAL_OF_SEARCH: &str = "query($cursor: String!) { searchMatch(cursor: $cursor) { cursor occurredAt savedSearch { id name } node { id __typename } snippets { field fragments { text isMatch } } } }";

/// Webhooks a person may have.
const MOST: usize = 50;

/// What `createWebhook` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateWebhookInput {
    /// What the person calls it, 1 to 200 characters; the address's host where it is not given.
    pub name: Option<String>,
    /// Where it leads: an https address of the public internet, or of a network that the operator named.
    pub url: String,
    /// Which events it tells; all that its person may see where it is left out.
    pub filter: Option<ExchangeEventFilter>,
    /// Tells what answers this saved search of the person's, in place of events.
    pub saved_search: Option<ID>,
    /// The query whose answer is the payload's `data`, run as the person at each delivery. It may declare `$cursor: String!`, `$type: ExchangeEventType!`,
    /// `$subject: ID!` (of a match: what was found), `$savedSearch: ID`, `$occurredAt: DateTime!` and `$summary: String!`.
    pub query: Option<String>,
}

/// What `createWebhook` answers.
#[derive(SimpleObject)]
pub struct CreateWebhookPayload {
    /// The webhook.
    pub webhook: Option<Object<Webhook>>,
    /// The secret its deliveries are signed with, `whsec_…`: keep it now, it is not told again.
    pub secret: Option<String>,
    /// Why it was refused; empty when it was done.
    pub errors: Vec<UserError>,
    /// The log's position after the change.
    pub position: Option<Position>,
}

/// A webhook with the only copy of its secret that is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Made {
    pub webhook: Id<Webhook>,
    pub secret: String,
}

impl Made {
    /// The webhook as the viewer sees it, and its secret.
    pub(super) async fn tell(ctx: &Context<'_>, made: Option<Self>) -> Result<(Option<Object<Webhook>>, Option<String>)> {
        match made {
            Some(made) => Ok((ctx.load(made.webhook).await?, Some(made.secret))),
            None => Ok((None, None)),
        }
    }
}

/// The command.
#[derive(Debug)]
pub struct Create {
    name: String,
    url: String,
    filter: EventFilter,
    saved_search: Option<Id<SavedSearch>>,
    query: String,
}

impl Create {
    /// Reads the input, and tries its query.
    pub async fn read(ctx: &Context<'_>, input: CreateWebhookInput) -> Result<Self> {
        ctx.viewer().account()?;
        let url = ctx.hub().outbound.read(&input.url, "input.url")?;
        reach::check(&ctx.hub().outbound, &ctx.hub().lookup, &url, "input.url").await?;
        let name = match &input.name {
            Some(given) => given.trim().to_owned(),
            None => url.host_str().unwrap_or_default().chars().take(200).collect(),
        };
        let saved_search = input.saved_search.map(|id| Id::parse(&id, "input.savedSearch")).transpose()?;
        refuse_if(
            saved_search.is_some() && input.filter.is_some(),
            Code::BadInput,
            "input.filter",
            "A webhook tells events or what answers a saved search: leave out “filter” or “savedSearch”.",
        )?;
        let usual = if saved_search.is_some() { USUAL_OF_SEARCH } else { USUAL };
        let query = input.query.unwrap_or_else(|| usual.to_owned());
        try_query(ctx, &query).await?;
        Ok(Self { name, url: url.into(), filter: input.filter.unwrap_or_default().read("input.filter")?, saved_search, query })
    }
}

impl Command for Create {
    type Output = Made;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Made> {
        tx.may(Act::Join, &Owners::default())?;
        let person = Id::<Person>::new(tx.viewer().account()?);
        if let Some(search) = self.saved_search {
            saved_search::is_of(tx, search, person, "input.savedSearch").await?;
        }
        let has = tx.all(tx.rows::<row::Entity>().filter(row::Column::Person.eq(person)).limit(MOST as u64)).await?.len();
        refuse_if(has >= MOST, Code::TooLong, "input", "You have 50 webhooks already; delete one that you no longer need.")?;
        let id: Id<Webhook> = tx.id();
        let row = new_row!(id, id.to_string().replace('_', "-"), Audience::of(Scope::Person, person.uuid()), {
            person,
            name: self.name.clone(),
            url: self.url.clone(),
            filter: Json(self.filter.clone()),
            saved_search: self.saved_search,
            query: self.query.clone(),
            state: State::Active,
            ended_reason: None,
            since: tx.log_head().await?,
        });
        let webhook = tx.create(row, &[]).await?.id;
        Ok(Made { webhook, secret: secret::make(tx, webhook).await? })
    }
}

impl CreateWebhookPayload {
    pub(super) async fn of(ctx: &Context<'_>, done: Result<Done<Made>>) -> async_graphql::Result<Self> {
        let outcome = Outcome::of(done)?;
        let (webhook, secret) = Made::tell(ctx, outcome.output).await?;
        Ok(Self { webhook, secret, errors: outcome.errors, position: outcome.position })
    }
}
