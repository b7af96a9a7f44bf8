//! Reading pairings.
use async_graphql::ID;
use sea_orm::{entity::prelude::*, sea_query::Expr};

use super::{
    Pairing, member,
    row::{Column, Entity, State},
};
use crate::{
    domain::{
        announcement,
        call::Call,
        city::{self, City},
        organisation::Organisation,
        programme::Programme,
        theme::Theme,
    },
    kernel::prelude::read::*,
    relay::DateValue,
};

filter!(
    /// Which pairings. A list means any of; fields together mean all of.
    PairingFilter {
        /// Of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// Of one of these calls, by id or slug.
        calls: Vec<ID> = |rows, calls| rows.named::<Call>(Column::Call, calls)?,
        /// With one of these cities, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.linked::<City>(&member::CITIES, cities)?,
        /// With a city that was called new by an announcement published on this day or later.
        new_since: DateValue = |rows, day| rows.such(Column::Id.in_subquery(member::CITIES.lefts_among(announcement::new_since(day.0)))),
        /// With one of these organisations as a member, by id or slug.
        organisations: Vec<ID> = |rows, organisations| rows.linked::<Organisation>(&member::ORGANISATIONS, organisations)?,
        /// With a city in one of these countries, by ISO 3166-1 two-letter code.
        countries: Vec<String> = |rows, countries| rows.such_at(|path| Ok(Column::Id.in_subquery(member::CITIES.lefts_among(city::in_countries(countries, path)?))))?,
        /// On one of these themes or anything below them, by id or slug.
        themes: Vec<ID> = |rows, themes| rows.named_below::<Theme>(Column::Theme, themes)?,
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// Has this text in its name, whatever the accents and case. For more use `search`.
        name: String = |rows, name| rows.with_text(Column::Folded, name),
    }
);

orders!(
    /// How pairings are ordered.
    PairingOrder {
        /// By name, accents folded.
        NameAsc = Order::by("name", Column::Folded, Sort::Text),
        /// By name, backwards.
        NameDesc = Order::by("name-desc", Column::Folded, Sort::Text).falling(),
        /// The last to start first; those whose start is unknown last.
        StartDesc = Order { name: "start-desc", key: Expr::cust("COALESCE(started_on, '')"), sort: Sort::Text, descending: true },
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Pairing {
    filter: PairingFilter, "Which pairings.",
    order: PairingOrder,
    one: "pairing", "The pairing with this slug.",
    all: "pairings", "The pairings.",
});
