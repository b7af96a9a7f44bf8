//! Reading organisations.
use std::collections::HashMap;

use async_graphql::{Enum, ID, InputObject};
use sea_orm::{Select, entity::prelude::*};

use super::{
    Organisation,
    row::{Column, Entity, Level, OrganisationKind},
};
use crate::{
    base::{Result, text::fold},
    domain::city::City,
    kernel::{Listed, Narrowed, Rooted},
    store::{Order, Reader, page::Sort},
};

/// Which organisations. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct OrganisationFilter {
    /// Of these sorts.
    pub kinds: Option<Vec<OrganisationKind>>,
    /// That reach this far.
    pub levels: Option<Vec<Level>>,
    /// In one of these countries, by ISO 3166-1 two-letter code.
    pub countries: Option<Vec<String>>,
    /// In one of these cities, by id or slug.
    pub cities: Option<Vec<ID>>,
    /// Has this text in its name or one of its aliases, whatever the accents and case.
    pub name: Option<String>,
}

/// How organisations are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum OrganisationOrder {
    /// By name, accents folded.
    #[default]
    NameAsc,
    /// By name, backwards.
    NameDesc,
    /// The last added first.
    Newest,
}

impl Listed for Organisation {
    type Filter = OrganisationFilter;
    type Order = OrganisationOrder;
    const WHICH: &'static str = "Which organisations.";

    fn order(order_by: OrganisationOrder, _: &OrganisationFilter) -> Result<Order> {
        Ok(match order_by {
            OrganisationOrder::NameAsc => Order::by("name", Column::Folded, Sort::Text),
            OrganisationOrder::NameDesc => Order::by("name-desc", Column::Folded, Sort::Text).falling(),
            OrganisationOrder::Newest => Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        })
    }

    fn select(reader: &Reader, filter: &OrganisationFilter) -> Result<Select<Entity>> {
        let narrowed = Narrowed::of(reader)
            .among(Column::OrganisationKind, filter.kinds.as_ref())
            .among(Column::Level, filter.levels.as_ref())
            .given(filter.countries.as_ref(), |codes| Column::Country.is_in(codes.iter().map(|code| code.to_ascii_uppercase())))
            .named::<City>(Column::City, "cities", filter.cities.as_ref())?
            .given(filter.name.as_ref(), |name| Column::Names.like(format!("%{}%", fold(name.trim()).replace(['%', '_', '|', '\\'], " "))));
        Ok(narrowed.end())
    }
}

impl Rooted for Organisation {
    const ONE: Option<(&'static str, &'static str)> = Some(("organisation", "The organisation with this slug."));
    const ALL: (&'static str, &'static str) = ("organisations", "The organisations.");
}

/// The names of these organisations, as the reader's viewer sees them.
pub async fn names_of(reader: &Reader, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    Ok(reader.by_ids::<Entity>(ids).await?.into_iter().map(|row| (row.id.uuid(), row.name)).collect())
}

/// The sorts of these organisations, as the reader's viewer sees them.
pub async fn kinds_of(reader: &Reader, ids: &[Uuid]) -> Result<HashMap<Uuid, OrganisationKind>> {
    Ok(reader.by_ids::<Entity>(ids).await?.into_iter().map(|row| (row.id.uuid(), row.organisation_kind)).collect())
}
