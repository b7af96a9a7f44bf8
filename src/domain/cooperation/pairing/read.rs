//! Reading pairings.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use sea_orm::{QueryFilter, Select, entity::prelude::*, sea_query::Expr};

use super::{
    Pairing,
    row::{self, State},
};
use crate::{
    base::text::fold,
    domain::{
        call::Call,
        city::{self, City},
        programme::Programme,
        theme::Theme,
    },
    relay::{Connection, Object, PageArgs, Refs, context::Asking},
    store::{Order, Reader, page::Sort, reader::Parent},
};

/// Which pairings. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PairingFilter {
    /// Of one of these programmes, by id or slug.
    pub programmes: Option<Vec<ID>>,
    /// Of one of these calls, by id or slug.
    pub calls: Option<Vec<ID>>,
    /// With one of these cities, by id or slug.
    pub cities: Option<Vec<ID>>,
    /// With a city in one of these countries, by ISO 3166-1 two-letter code.
    pub countries: Option<Vec<String>>,
    /// On one of these themes or anything below them, by id or slug.
    pub themes: Option<Vec<ID>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Has this text in its name, whatever the accents and case. For more use `search`.
    pub name: Option<String>,
}

/// How pairings are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum PairingOrder {
    /// By name, accents folded.
    #[default]
    NameAsc,
    /// By name, backwards.
    NameDesc,
    /// The last to start first; those whose start is unknown last.
    StartDesc,
    /// The last added first.
    Newest,
}

fn order(order_by: PairingOrder) -> Order {
    match order_by {
        PairingOrder::NameAsc => Order::by("name", row::Column::Folded, Sort::Text),
        PairingOrder::NameDesc => Order::by("name-desc", row::Column::Folded, Sort::Text).falling(),
        PairingOrder::StartDesc => {
            Order { name: "start-desc", key: Expr::cust("COALESCE(started_on, '')"), sort: Sort::Text, descending: true }
        }
        PairingOrder::Newest => Order::by("newest", row::Column::CreatedAt, Sort::Number).falling(),
    }
}

fn select(reader: &Reader, filter: &PairingFilter) -> crate::base::Result<Select<row::Entity>> {
    let mut select = reader.rows::<row::Entity>();
    if let Some(programmes) = &filter.programmes {
        select = select.filter(Refs::parse::<Programme>(reader, programmes, "filter.programmes")?.condition(row::Column::Programme));
    }
    if let Some(calls) = &filter.calls {
        select = select.filter(Refs::parse::<Call>(reader, calls, "filter.calls")?.condition(row::Column::Call));
    }
    if let Some(cities) = &filter.cities {
        let refs = Refs::parse::<City>(reader, cities, "filter.cities")?;
        select = select.filter(row::Column::Id.in_subquery(row::CITIES.lefts_among(refs.select())));
    }
    if let Some(countries) = &filter.countries {
        select = select.filter(row::Column::Id.in_subquery(row::CITIES.lefts_among(city::in_countries(countries))));
    }
    if let Some(themes) = &filter.themes {
        let refs = Refs::parse::<Theme>(reader, themes, "filter.themes")?;
        select = select.filter(row::Column::Theme.in_subquery(refs.subtree()));
    }
    if let Some(states) = &filter.states {
        select = select.filter(row::Column::State.is_in(states.iter().copied()));
    }
    if let Some(name) = &filter.name {
        let wanted = fold(name.trim()).replace(['%', '_', '\\'], " ");
        select = select.filter(row::Column::Folded.like(format!("%{wanted}%")));
    }
    Ok(select)
}

/// The pairings that hang on a parent.
pub async fn of(
    ctx: &Context<'_>,
    parent: Uuid,
    by: Parent,
    filter: Option<PairingFilter>,
    order_by: PairingOrder,
    page: &PageArgs,
) -> crate::base::Result<Connection<Pairing>> {
    let filter = filter.unwrap_or_default();
    ctx.children(parent, by, page, move |reader| Ok((select(reader, &filter)?, order(order_by)))).await
}

/// The pairings' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "PairingQuery")]
impl Query {
    /// The pairing with this slug.
    async fn pairing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Pairing>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The pairings.
    async fn pairings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which pairings.")] filter: Option<PairingFilter>,
        #[graphql(desc = "Their order.", default)] order_by: PairingOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Pairing>> {
        let filter = filter.unwrap_or_default();
        Ok(ctx.list(select(ctx.reader(), &filter)?, order(order_by), &PageArgs::new(first, after, last, before)).await?)
    }
}
