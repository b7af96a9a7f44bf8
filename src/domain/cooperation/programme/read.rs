//! Reading programmes.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use sea_orm::{QueryFilter, Select, entity::prelude::*};

use super::{Programme, row};
use crate::{
    domain::{
        city::{self, City},
        theme::Theme,
    },
    relay::{Connection, Object, PageArgs, Refs, context::Asking},
    store::{Order, Reader, page::Sort},
};

/// Which programmes. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProgrammeFilter {
    /// One of these cities takes part, by id or slug.
    pub cities: Option<Vec<ID>>,
    /// Works on one of these themes or anything below them, by id or slug.
    pub themes: Option<Vec<ID>>,
}

/// How programmes are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum ProgrammeOrder {
    /// By name in the original language.
    #[default]
    NameAsc,
    /// By name, backwards.
    NameDesc,
    /// The last added first.
    Newest,
}

fn order(order_by: ProgrammeOrder) -> Order {
    match order_by {
        ProgrammeOrder::NameAsc => Order::by("name", row::Column::Name, Sort::Text),
        ProgrammeOrder::NameDesc => Order::by("name-desc", row::Column::Name, Sort::Text).falling(),
        ProgrammeOrder::Newest => Order::by("newest", row::Column::CreatedAt, Sort::Number).falling(),
    }
}

fn select(reader: &Reader, filter: &ProgrammeFilter) -> crate::base::Result<Select<row::Entity>> {
    let mut select = reader.rows::<row::Entity>();
    if let Some(cities) = &filter.cities {
        let refs = Refs::parse::<City>(reader, cities, "filter.cities")?;
        select = select.filter(row::Column::Id.in_subquery(city::PROGRAMMES.rights_among(refs.select())));
    }
    if let Some(themes) = &filter.themes {
        let refs = Refs::parse::<Theme>(reader, themes, "filter.themes")?;
        select = select.filter(row::Column::Id.in_subquery(row::THEMES.lefts_among(refs.subtree())));
    }
    Ok(select)
}

/// These programmes and the cities that take part in them: what an event is tagged with that is about something of theirs.
pub async fn reach(reader: &Reader, mut ids: Vec<Uuid>) -> crate::base::Result<Vec<Uuid>> {
    if !ids.is_empty() {
        ids.extend(reader.ids_where("city_programme", "city", "programme", &ids).await?);
    }
    Ok(ids)
}

/// The programmes' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "ProgrammeQuery")]
impl Query {
    /// The programme with this slug.
    async fn programme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Programme>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The programmes.
    async fn programmes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which programmes.")] filter: Option<ProgrammeFilter>,
        #[graphql(desc = "Their order.", default)] order_by: ProgrammeOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Programme>> {
        let filter = filter.unwrap_or_default();
        Ok(ctx.list(select(ctx.reader(), &filter)?, order(order_by), &PageArgs::new(first, after, last, before)).await?)
    }
}
