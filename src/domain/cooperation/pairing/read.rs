//! Reading pairings.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::{Select, entity::prelude::*, sea_query::Expr};

use super::{
    Pairing,
    row::{self, Column, Entity, State},
};
use crate::{
    base::Result,
    domain::{
        call::Call,
        city::{self, City},
        programme::Programme,
        theme::Theme,
    },
    kernel::{Listed, Narrowed, Rooted},
    store::{Order, Reader, page::Sort},
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

impl Listed for Pairing {
    type Filter = PairingFilter;
    type Order = PairingOrder;
    const WHICH: &'static str = "Which pairings.";

    fn order(order_by: PairingOrder, _: &PairingFilter) -> Result<Order> {
        Ok(match order_by {
            PairingOrder::NameAsc => Order::by("name", Column::Folded, Sort::Text),
            PairingOrder::NameDesc => Order::by("name-desc", Column::Folded, Sort::Text).falling(),
            PairingOrder::StartDesc => {
                Order { name: "start-desc", key: Expr::cust("COALESCE(started_on, '')"), sort: Sort::Text, descending: true }
            }
            PairingOrder::Newest => Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        })
    }

    fn select(reader: &Reader, filter: &PairingFilter) -> Result<Select<Entity>> {
        let narrowed = Narrowed::of(reader)
            .named::<Programme>(Column::Programme, "programmes", filter.programmes.as_ref())?
            .named::<Call>(Column::Call, "calls", filter.calls.as_ref())?
            .linked::<City>(&row::CITIES, "cities", filter.cities.as_ref())?
            .given(filter.countries.as_ref(), |countries| Column::Id.in_subquery(row::CITIES.lefts_among(city::in_countries(countries))));
        let themes = narrowed.refs::<Theme>("themes", filter.themes.as_ref())?;
        let narrowed = narrowed
            .given(themes, |themes| Column::Theme.in_subquery(themes.subtree()))
            .among(Column::State, filter.states.as_ref())
            .with_text(Column::Folded, filter.name.as_ref());
        Ok(narrowed.end())
    }
}

impl Rooted for Pairing {
    const ONE: Option<(&'static str, &'static str)> = Some(("pairing", "The pairing with this slug."));
    const ALL: (&'static str, &'static str) = ("pairings", "The pairings.");
}
