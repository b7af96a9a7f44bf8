//! Reading practices.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use sea_orm::{QueryFilter, Select, entity::prelude::*};

use super::{
    Practice,
    row::{self, State},
};
use crate::{
    base::text::fold,
    domain::{
        city::{self, City},
        goal::Goal,
        pairing::Pairing,
        theme::Theme,
    },
    relay::{Connection, LanguageTag, Object, PageArgs, Refs, context::Asking},
    store::{
        Order, Reader,
        page::Sort,
        reader::{Parent, differs},
    },
};

/// Which practices. A list means any of; fields together mean all of. Withdrawn ones are left out unless `states` asks for them.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PracticeFilter {
    /// Under one of these themes or anything below them, by id or slug.
    pub themes: Option<Vec<ID>>,
    /// Serves one of these goals or anything below them, by id or slug.
    pub goals: Option<Vec<ID>>,
    /// Of one of these cities, by id or slug.
    pub cities: Option<Vec<ID>>,
    /// Of a city in one of these countries, by ISO 3166-1 two-letter code.
    pub countries: Option<Vec<String>>,
    /// From one of these pairings, by id or slug.
    pub pairings: Option<Vec<ID>>,
    /// The original is in one of these languages.
    pub languages: Option<Vec<LanguageTag>>,
    /// Published in one of these years.
    pub years: Option<Vec<i64>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Has this text in the original's title, whatever the accents and case. For more use `search`.
    pub title: Option<String>,
}

/// How practices are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum PracticeOrder {
    /// The last published first.
    #[default]
    Newest,
    /// The first published first.
    Oldest,
    /// By title, accents folded.
    TitleAsc,
    /// By title, backwards.
    TitleDesc,
    /// The last changed first.
    UpdatedDesc,
}

fn order(order_by: PracticeOrder) -> Order {
    match order_by {
        PracticeOrder::Newest => Order::by("newest", row::Column::PublishedAt, Sort::Number).falling(),
        PracticeOrder::Oldest => Order::by("oldest", row::Column::PublishedAt, Sort::Number),
        PracticeOrder::TitleAsc => Order::by("title", row::Column::Folded, Sort::Text),
        PracticeOrder::TitleDesc => Order::by("title-desc", row::Column::Folded, Sort::Text).falling(),
        PracticeOrder::UpdatedDesc => Order::by("updated", row::Column::UpdatedAt, Sort::Number).falling(),
    }
}

fn select(reader: &Reader, filter: &PracticeFilter) -> crate::base::Result<Select<row::Entity>> {
    let mut select = reader.rows::<row::Entity>();
    select = match &filter.states {
        Some(states) => select.filter(row::Column::State.is_in(states.iter().copied())),
        None => select.filter(differs(row::Column::State, State::Withdrawn)),
    };
    if let Some(themes) = &filter.themes {
        let refs = Refs::parse::<Theme>(reader, themes, "filter.themes")?;
        select = select.filter(row::Column::Id.in_subquery(row::THEMES.lefts_among(refs.subtree())));
    }
    if let Some(goals) = &filter.goals {
        let refs = Refs::parse::<Goal>(reader, goals, "filter.goals")?;
        select = select.filter(row::Column::Id.in_subquery(row::GOALS.lefts_among(refs.subtree())));
    }
    if let Some(cities) = &filter.cities {
        select = select.filter(Refs::parse::<City>(reader, cities, "filter.cities")?.condition(row::Column::City));
    }
    if let Some(countries) = &filter.countries {
        select = select.filter(row::Column::City.in_subquery(city::in_countries(countries)));
    }
    if let Some(pairings) = &filter.pairings {
        select = select.filter(Refs::parse::<Pairing>(reader, pairings, "filter.pairings")?.condition(row::Column::Pairing));
    }
    if let Some(languages) = &filter.languages {
        select = select.filter(row::Column::Language.is_in(languages.iter().map(|tag| tag.0.clone())));
    }
    if let Some(years) = &filter.years {
        select = select.filter(row::Column::Year.is_in(years.iter().copied()));
    }
    if let Some(title) = &filter.title {
        let wanted = fold(title.trim()).replace(['%', '_', '\\'], " ");
        select = select.filter(row::Column::Folded.like(format!("%{wanted}%")));
    }
    Ok(select)
}

/// The practices that hang on a parent.
pub async fn of(
    ctx: &Context<'_>,
    parent: Uuid,
    by: Parent,
    filter: Option<PracticeFilter>,
    order_by: PracticeOrder,
    page: &PageArgs,
) -> crate::base::Result<Connection<Practice>> {
    let filter = filter.unwrap_or_default();
    ctx.children(parent, by, page, move |reader| Ok((select(reader, &filter)?, order(order_by)))).await
}

/// The practices' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "PracticeQuery")]
impl Query {
    /// The practice with this slug.
    async fn practice(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Practice>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The practices.
    async fn practices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which practices.")] filter: Option<PracticeFilter>,
        #[graphql(desc = "Their order.", default)] order_by: PracticeOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Practice>> {
        let filter = filter.unwrap_or_default();
        Ok(ctx.list(select(ctx.reader(), &filter)?, order(order_by), &PageArgs::new(first, after, last, before)).await?)
    }
}
