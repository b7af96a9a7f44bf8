//! Reading organisations.
use std::collections::HashMap;

use async_graphql::ID;
use sea_orm::{Condition, QueryFilter, entity::prelude::*};

use super::{
    Organisation,
    row::{Column, Entity, Level, OrganisationKind},
};
use crate::{
    domain::{
        city::{self, City},
        programme::Programme,
    },
    kernel::{Narrowed, country::Country, prelude::read::*},
    store::Tx,
};

filter!(
    /// Which organisations. A list means any of; fields together mean all of.
    OrganisationFilter {
        /// Of these sorts.
        kinds: Vec<OrganisationKind> = |rows, kinds| rows.among(Column::OrganisationKind, kinds),
        /// That reach this far.
        levels: Vec<Level> = |rows, levels| rows.among(Column::Level, levels),
        /// In one of these countries, or in a city there, by ISO 3166-1 two-letter code.
        countries: Vec<String> = |rows, countries| in_countries(rows, countries)?,
        /// In one of these cities, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.named::<City>(Column::City, cities)?,
        /// Kept by the officers of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// Has this text in its name or one of its aliases, whatever the accents and case.
        name: String = |rows, name| rows.with_name(Column::Names, name),
    }
);

orders!(
    /// How organisations are ordered.
    OrganisationOrder {
        /// By name, accents folded.
        NameAsc = Order::by("name", Column::Folded, Sort::Text),
        /// By name, backwards.
        NameDesc = Order::by("name-desc", Column::Folded, Sort::Text).falling(),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Organisation {
    filter: OrganisationFilter, "Which organisations.",
    order: OrganisationOrder,
    one: "organisation", "The organisation with this slug.",
    all: "organisations", "The organisations.",
});

/// The organisations of these countries, each of which must be one, and of cities that are there.
fn in_countries<'r>(rows: Narrowed<'r, Entity>, countries: &[String]) -> Result<Narrowed<'r, Entity>> {
    let cities = city::in_countries(countries, &rows.path())?;
    let own = Column::Country.is_in(Country::check(countries, &rows.path())?);
    Ok(rows.such(Condition::any().add(own).add(Column::City.in_subquery(cities))))
}

/// The names of these organisations, as the reader's viewer sees them.
pub async fn names_of(reader: &Reader, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    Ok(reader.by_ids::<Entity>(ids).await?.into_iter().map(|row| (row.id.uuid(), row.name)).collect())
}

/// The names of these organisations that the transaction's viewer sees, in the same order.
pub async fn titles(tx: &Tx<'_>, ids: &[Uuid]) -> Result<Vec<String>> {
    let rows = tx.all(tx.rows::<Entity>().filter(Column::Id.is_in(ids.iter().copied()))).await?;
    Ok(ids.iter().filter_map(|id| rows.iter().find(|row| row.id.uuid() == *id)).map(|row| row.name.clone()).collect())
}

/// The sorts of these organisations, as the reader's viewer sees them.
pub async fn kinds_of(reader: &Reader, ids: &[Uuid]) -> Result<HashMap<Uuid, OrganisationKind>> {
    Ok(reader.by_ids::<Entity>(ids).await?.into_iter().map(|row| (row.id.uuid(), row.organisation_kind)).collect())
}

/// The names of these organisations that everyone may see; the others are not told.
pub async fn public_names(tx: &Tx<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let rows = tx.all(tx.every::<Entity>().filter(Column::Id.is_in(ids.iter().copied()))).await?;
    Ok(rows.into_iter().filter(|row| row.audience.is_public()).map(|row| (row.id.uuid(), row.name)).collect())
}
