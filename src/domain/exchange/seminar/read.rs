//! Reading seminars.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::{Condition, Select, entity::prelude::*};

use super::{
    Seminar,
    row::{self, Column, Entity, Format, State},
};
use crate::{
    base::Result,
    domain::{
        city::{self, City},
        pairing::Pairing,
        practice::Practice,
        programme::Programme,
        theme::Theme,
    },
    kernel::{Listed, Narrowed, Rooted},
    relay::{DateTime, LanguageTag},
    store::{Order, Reader, page::Sort},
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

impl Listed for Seminar {
    type Filter = SeminarFilter;
    type Order = SeminarOrder;
    const WHICH: &'static str = "Which seminars.";

    fn order(order_by: SeminarOrder, _: &SeminarFilter) -> Result<Order> {
        Ok(match order_by {
            SeminarOrder::StartAsc => Order::by("start", Column::StartsAt, Sort::Number),
            SeminarOrder::StartDesc => Order::by("start-desc", Column::StartsAt, Sort::Number).falling(),
            SeminarOrder::TitleAsc => Order::by("title", Column::Folded, Sort::Text),
            SeminarOrder::TitleDesc => Order::by("title-desc", Column::Folded, Sort::Text).falling(),
            SeminarOrder::Newest => Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        })
    }

    fn select(reader: &Reader, filter: &SeminarFilter) -> Result<Select<Entity>> {
        let narrowed = Narrowed::of(reader)
            .among(Column::SeminarKind, filter.kinds.as_ref())
            .given(filter.starts_after, |after| Column::StartsAt.gte(after.0))
            .given(filter.starts_before, |before| Column::StartsAt.lt(before.0));
        let cities = narrowed.refs::<City>("cities", filter.cities.as_ref())?;
        let narrowed = narrowed
            .given(cities, |cities| {
                let takes_part = Column::Id.in_subquery(row::CITIES.lefts_among(cities.select()));
                Condition::any().add(cities.condition(Column::Host)).add(takes_part)
            })
            .named::<City>(Column::Host, "hosts", filter.hosts.as_ref())?
            .given(filter.countries.as_ref(), |countries| Column::Host.in_subquery(city::in_countries(countries)))
            .linked::<Practice>(&row::PRACTICES, "practices", filter.practices.as_ref())?
            .named::<Programme>(Column::Programme, "programmes", filter.programmes.as_ref())?
            .named::<Pairing>(Column::Pairing, "pairings", filter.pairings.as_ref())?
            .below::<Theme>(&row::THEMES, "themes", filter.themes.as_ref())?
            .languages(Column::Language, filter.languages.as_ref())
            .among(Column::State, filter.states.as_ref())
            .with_text(Column::Folded, filter.title.as_ref());
        Ok(narrowed.end())
    }
}

impl Rooted for Seminar {
    const ONE: Option<(&'static str, &'static str)> = Some(("seminar", "The seminar with this slug."));
    const ALL: (&'static str, &'static str) = ("seminars", "The seminars.");
}
