//! Reading webhooks.
use sea_orm::{QueryFilter, Select, entity::prelude::*};

use super::{
    Webhook,
    row::{self, State},
};
use crate::{
    base::Id,
    domain::{event::EventFilter, person::Person, saved_search::SavedSearch},
    kernel::{
        list::{NoFilter, NoOrder},
        prelude::read::*,
    },
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
pub async fn active(reader: &Reader, only: Option<Id<Webhook>>) -> Result<Vec<Hook>> {
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

impl Listed for Webhook {
    type Filter = NoFilter;
    type Order = NoOrder;
    const WHICH: &'static str = "";
    const IS_ORDERED: bool = false;

    fn select(reader: &Reader, _: &NoFilter) -> Result<Select<row::Entity>> {
        Ok(reader.rows().filter(row::Column::Person.eq(reader.viewer().person.unwrap_or_default())))
    }

    fn order(_: NoOrder, _: &NoFilter) -> Result<Order> {
        Ok(Order::by("made", row::Column::CreatedAt, Sort::Number))
    }
}

impl Rooted for Webhook {
    const ONE: Option<(&'static str, &'static str)> =
        Some(("webhook", "One webhook; null where there is none or the viewer may not see it."));
    const IS_BY_ID: bool = true;
    const ALL: (&'static str, &'static str) = ("webhooks", "The viewer's own webhooks, the first made first. Empty for the public.");
}
