//! Reading webhooks.
use async_graphql::{Context, Object, Result};
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    Webhook,
    row::{self, State},
};
use crate::{
    base::Id,
    domain::{event::EventFilter, person::Person, saved_search::SavedSearch},
    relay::{Connection, Object, PageArgs, context::Asking},
    store::{Order, Reader, page::Sort},
};

/// A webhook, as who sends needs it.
#[derive(Clone, Debug)]
pub struct Hook {
    /// Which one.
    pub id: Id<Webhook>,
    /// Whose.
    pub person: Id<Person>,
    /// Where it leads.
    pub url: String,
    /// Which events it tells.
    pub filter: EventFilter,
    /// Set where it tells what answers a saved search, and nothing else.
    pub saved_search: Option<Id<SavedSearch>>,
    /// What its payload is made by.
    pub query: String,
    /// It tells what happens after this.
    pub since: i64,
}

/// The active ones, all or this one.
pub async fn active(reader: &Reader, only: Option<Id<Webhook>>) -> crate::base::Result<Vec<Hook>> {
    let mut select = reader.rows::<row::Entity>().filter(row::Column::State.eq(State::Active));
    if let Some(only) = only {
        select = select.filter(row::Column::Id.eq(only));
    }
    let rows = reader.all(select).await?;
    let hooks = rows.into_iter().map(|row| Hook {
        id: row.id,
        person: row.person,
        url: row.url,
        filter: row.filter.0,
        saved_search: row.saved_search,
        query: row.query,
        since: row.since,
    });
    Ok(hooks.collect())
}

/// The webhooks' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "WebhookQuery")]
impl Query {
    /// The viewer's own webhooks, the first made first. Empty for the public.
    async fn webhooks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Webhook>> {
        let person = ctx.viewer().person.unwrap_or_default();
        let select = ctx.reader().rows::<row::Entity>().filter(row::Column::Person.eq(person));
        let order = Order::by("made", row::Column::CreatedAt, Sort::Number);
        Ok(ctx.list(select, order, &PageArgs::new(first, after, last, before)).await?)
    }

    /// One webhook; null where there is none or the viewer may not see it.
    async fn webhook(&self, ctx: &Context<'_>, #[graphql(desc = "Its id.")] id: async_graphql::ID) -> Result<Option<Object<Webhook>>> {
        let id = Id::<Webhook>::parse(&id, "id").map_err(crate::base::Error::from)?;
        Ok(ctx.load(id).await?)
    }
}
