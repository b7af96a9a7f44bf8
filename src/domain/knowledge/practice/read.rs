//! Reading practices.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::{Select, entity::prelude::*};

use super::{
    Practice,
    row::{self, Column, Entity, State},
};
use crate::{
    base::Result,
    domain::{
        city::{self, City},
        goal::Goal,
        pairing::Pairing,
        theme::Theme,
    },
    kernel::{Listed, Narrowed, Rooted},
    relay::LanguageTag,
    store::{Order, Reader, page::Sort, reader::differs},
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

impl Listed for Practice {
    type Filter = PracticeFilter;
    type Order = PracticeOrder;
    const WHICH: &'static str = "Which practices.";

    fn order(order_by: PracticeOrder, _: &PracticeFilter) -> Result<Order> {
        Ok(match order_by {
            PracticeOrder::Newest => Order::by("newest", Column::PublishedAt, Sort::Number).falling(),
            PracticeOrder::Oldest => Order::by("oldest", Column::PublishedAt, Sort::Number),
            PracticeOrder::TitleAsc => Order::by("title", Column::Folded, Sort::Text),
            PracticeOrder::TitleDesc => Order::by("title-desc", Column::Folded, Sort::Text).falling(),
            PracticeOrder::UpdatedDesc => Order::by("updated", Column::UpdatedAt, Sort::Number).falling(),
        })
    }

    fn select(reader: &Reader, filter: &PracticeFilter) -> Result<Select<Entity>> {
        let standing = match &filter.states {
            Some(states) => Column::State.is_in(states.iter().copied()),
            None => differs(Column::State, State::Withdrawn),
        };
        let narrowed = Narrowed::of(reader)
            .such(standing)
            .below::<Theme>(&row::THEMES, "themes", filter.themes.as_ref())?
            .below::<Goal>(&row::GOALS, "goals", filter.goals.as_ref())?
            .named::<City>(Column::City, "cities", filter.cities.as_ref())?
            .given(filter.countries.as_ref(), |countries| Column::City.in_subquery(city::in_countries(countries)))
            .named::<Pairing>(Column::Pairing, "pairings", filter.pairings.as_ref())?
            .languages(Column::Language, filter.languages.as_ref())
            .among(Column::Year, filter.years.as_ref())
            .with_text(Column::Folded, filter.title.as_ref());
        Ok(narrowed.end())
    }
}

impl Rooted for Practice {
    const ONE: Option<(&'static str, &'static str)> = Some(("practice", "The practice with this slug."));
    const ALL: (&'static str, &'static str) = ("practices", "The practices.");
}
