//! Reading seminars.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use sea_orm::{Condition, QueryFilter, Select, entity::prelude::*};

use super::{
    Seminar,
    row::{self, Format, State},
};
use crate::{
    base::text::fold,
    domain::{
        city::{self, City},
        pairing::Pairing,
        practice::Practice,
        programme::Programme,
        theme::Theme,
    },
    relay::{Connection, DateTime, LanguageTag, Object, PageArgs, Refs, context::Asking},
    store::{Order, Reader, page::Sort, reader::Parent},
};

/// Which seminars. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SeminarFilter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<Format>>,
    /// Starts at this time or later.
    pub starts_after: Option<DateTime>,
    /// Starts before this time.
    pub starts_before: Option<DateTime>,
    /// One of these cities holds it or takes part, by id or slug.
    pub cities: Option<Vec<ID>>,
    /// One of these cities holds it, by id or slug.
    pub hosts: Option<Vec<ID>>,
    /// The city that holds it is in one of these countries, by ISO 3166-1 two-letter code.
    pub countries: Option<Vec<String>>,
    /// One of these practices is presented there, by id or slug.
    pub practices: Option<Vec<ID>>,
    /// Belongs to one of these programmes, by id or slug.
    pub programmes: Option<Vec<ID>>,
    /// Belongs to one of these pairings, by id or slug.
    pub pairings: Option<Vec<ID>>,
    /// Under one of these themes or anything below them, by id or slug.
    pub themes: Option<Vec<ID>>,
    /// The original is in one of these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Has this text in the original's title, whatever the accents and case. For more use `search`.
    pub title: Option<String>,
}

/// How seminars are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum SeminarOrder {
    /// The first to start first.
    #[default]
    StartAsc,
    /// The last to start first.
    StartDesc,
    /// By title, accents folded.
    TitleAsc,
    /// By title, backwards.
    TitleDesc,
    /// The last added first.
    Newest,
}

fn order(order_by: SeminarOrder) -> Order {
    match order_by {
        SeminarOrder::StartAsc => Order::by("start", row::Column::StartsAt, Sort::Number),
        SeminarOrder::StartDesc => Order::by("start-desc", row::Column::StartsAt, Sort::Number).falling(),
        SeminarOrder::TitleAsc => Order::by("title", row::Column::Folded, Sort::Text),
        SeminarOrder::TitleDesc => Order::by("title-desc", row::Column::Folded, Sort::Text).falling(),
        SeminarOrder::Newest => Order::by("newest", row::Column::CreatedAt, Sort::Number).falling(),
    }
}

pub(super) fn select(reader: &Reader, filter: &SeminarFilter) -> crate::base::Result<Select<row::Entity>> {
    let mut select = reader.rows::<row::Entity>();
    if let Some(kinds) = &filter.kinds {
        select = select.filter(row::Column::SeminarKind.is_in(kinds.iter().copied()));
    }
    if let Some(after) = filter.starts_after {
        select = select.filter(row::Column::StartsAt.gte(after.0));
    }
    if let Some(before) = filter.starts_before {
        select = select.filter(row::Column::StartsAt.lt(before.0));
    }
    if let Some(cities) = &filter.cities {
        let refs = Refs::parse::<City>(reader, cities, "filter.cities")?;
        let takes_part = row::Column::Id.in_subquery(row::CITIES.lefts_among(refs.select()));
        select = select.filter(Condition::any().add(refs.condition(row::Column::Host)).add(takes_part));
    }
    if let Some(hosts) = &filter.hosts {
        select = select.filter(Refs::parse::<City>(reader, hosts, "filter.hosts")?.condition(row::Column::Host));
    }
    if let Some(countries) = &filter.countries {
        select = select.filter(row::Column::Host.in_subquery(city::in_countries(countries)));
    }
    if let Some(practices) = &filter.practices {
        let refs = Refs::parse::<Practice>(reader, practices, "filter.practices")?;
        select = select.filter(row::Column::Id.in_subquery(row::PRACTICES.lefts_among(refs.select())));
    }
    if let Some(programmes) = &filter.programmes {
        select = select.filter(Refs::parse::<Programme>(reader, programmes, "filter.programmes")?.condition(row::Column::Programme));
    }
    if let Some(pairings) = &filter.pairings {
        select = select.filter(Refs::parse::<Pairing>(reader, pairings, "filter.pairings")?.condition(row::Column::Pairing));
    }
    if let Some(themes) = &filter.themes {
        let refs = Refs::parse::<Theme>(reader, themes, "filter.themes")?;
        select = select.filter(row::Column::Id.in_subquery(row::THEMES.lefts_among(refs.subtree())));
    }
    if let Some(languages) = &filter.languages {
        select = select.filter(row::Column::Language.is_in(languages.iter().map(|tag| tag.0.clone())));
    }
    if let Some(states) = &filter.states {
        select = select.filter(row::Column::State.is_in(states.iter().copied()));
    }
    if let Some(title) = &filter.title {
        let wanted = fold(title.trim()).replace(['%', '_', '\\'], " ");
        select = select.filter(row::Column::Folded.like(format!("%{wanted}%")));
    }
    Ok(select)
}

/// The seminars that hang on a parent.
pub async fn of(
    ctx: &Context<'_>,
    parent: Uuid,
    by: Parent,
    filter: Option<SeminarFilter>,
    order_by: SeminarOrder,
    page: &PageArgs,
) -> crate::base::Result<Connection<Seminar>> {
    let filter = filter.unwrap_or_default();
    ctx.children(parent, by, page, move |reader| Ok((select(reader, &filter)?, order(order_by)))).await
}

/// The seminars' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "SeminarQuery")]
impl Query {
    /// The seminar with this slug.
    async fn seminar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Seminar>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The seminars.
    async fn seminars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which seminars.")] filter: Option<SeminarFilter>,
        #[graphql(desc = "Their order.", default)] order_by: SeminarOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Seminar>> {
        let filter = filter.unwrap_or_default();
        Ok(ctx.list(select(ctx.reader(), &filter)?, order(order_by), &PageArgs::new(first, after, last, before)).await?)
    }
}
