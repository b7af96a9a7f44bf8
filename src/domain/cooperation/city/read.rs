//! Reading cities.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use sea_orm::{
    QueryFilter, Select,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Query as SeaQuery, SelectStatement},
};

use super::{
    City,
    node::{CityKind, word_of},
    row,
};
use crate::{
    base::{Code, refuse, text::fold},
    domain::theme::Theme,
    kernel::country::Country,
    relay::{Connection, Object, PageArgs, Refs, context::Asking},
    store::{Order, Reader, page::Sort, reader::Parent},
};

/// A circle on Earth.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct Near {
    /// North of the equator in degrees, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich in degrees, -180 to 180.
    pub longitude: f64,
    /// Radius in kilometres along the surface.
    pub kilometres: f64,
}

/// Which cities. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CityFilter {
    /// ISO 3166-1 two-letter codes.
    pub countries: Option<Vec<String>>,
    /// What sort of place.
    pub kinds: Option<Vec<CityKind>>,
    /// Takes part in one of these programmes, by id or slug.
    pub programmes: Option<Vec<ID>>,
    /// Works on one of these themes or anything below them, by id or slug.
    pub themes: Option<Vec<ID>>,
    /// Has this text in its name or one of its aliases, whatever the accents and case: candidates, never a best guess.
    pub name: Option<String>,
    /// Lies within this circle.
    pub near: Option<Near>,
}

/// How cities are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum CityOrder {
    /// By name, accents folded.
    #[default]
    NameAsc,
    /// By name, backwards.
    NameDesc,
    /// The most inhabitants first; those without a count last.
    PopulationDesc,
    /// The nearest to the centre of `filter.near` first.
    DistanceAsc,
    /// The newest first.
    Newest,
}

/// Radius of the sphere distances are measured on: the mean Earth radius of the IUGG, in kilometres.
const EARTH_KM: f64 = 6371.0088;

/// The square of the straight line through the Earth's ball from a place to each city; grows with the distance.
fn chord_squared(near: Near) -> Expr {
    let (x, y, z) = row::on_sphere(near.latitude, near.longitude);
    let axis = |column: row::Column, at: f64| {
        let off = Expr::col(column.as_column_ref()).sub(at);
        off.clone().mul(off)
    };
    axis(row::Column::X, x).add(axis(row::Column::Y, y)).add(axis(row::Column::Z, z))
}

fn order(order_by: CityOrder, near: Option<Near>) -> crate::base::Result<Order> {
    Ok(match order_by {
        CityOrder::NameAsc => Order::by("name", row::Column::Folded, Sort::Text),
        CityOrder::NameDesc => Order::by("name-desc", row::Column::Folded, Sort::Text).falling(),
        CityOrder::PopulationDesc => {
            let key = Expr::cust("COALESCE(population, -1)");
            Order { name: "population", key, sort: Sort::Number, descending: true }
        }
        CityOrder::DistanceAsc => match near {
            Some(near) => Order { name: "distance", key: chord_squared(near), sort: Sort::Real, descending: false },
            None => return refuse(Code::Required, "filter.near", "DISTANCE_ASC needs “filter.near” to measure from."),
        },
        CityOrder::Newest => Order::by("newest", row::Column::CreatedAt, Sort::Number).falling(),
    })
}

fn select(reader: &Reader, filter: &CityFilter) -> crate::base::Result<Select<row::Entity>> {
    let mut select = reader.rows::<row::Entity>();
    if let Some(countries) = &filter.countries {
        for country in countries {
            if Country::of(country).is_none() {
                return refuse(
                    Code::BadInput,
                    "filter.countries",
                    format!("“{country}” is not an ISO 3166-1 two-letter code such as “DE”."),
                );
            }
        }
        select = select.filter(row::Column::Country.is_in(countries.iter().map(|code| code.to_ascii_uppercase())));
    }
    if let Some(kinds) = &filter.kinds {
        select = select.filter(row::Column::CityKind.is_in(kinds.iter().map(|kind| word_of(*kind))));
    }
    if let Some(programmes) = &filter.programmes {
        let refs = Refs::parse::<crate::domain::programme::Programme>(reader, programmes, "filter.programmes")?;
        select = select.filter(row::Column::Id.in_subquery(row::PROGRAMMES.lefts_among(refs.select())));
    }
    if let Some(themes) = &filter.themes {
        let refs = Refs::parse::<Theme>(reader, themes, "filter.themes")?;
        select = select.filter(row::Column::Id.in_subquery(row::THEMES.lefts_among(refs.subtree())));
    }
    if let Some(name) = &filter.name {
        let wanted = fold(name.trim()).replace(['%', '_', '|', '\\'], " ");
        select = select.filter(row::Column::Names.like(format!("%{wanted}%")));
    }
    if let Some(near) = filter.near {
        let good = (-90.0..=90.0).contains(&near.latitude)
            && (-180.0..=180.0).contains(&near.longitude)
            && (0.0..=20_038.0).contains(&near.kilometres);
        if !good {
            return refuse(
                Code::BadInput,
                "filter.near",
                "“near” takes a latitude of -90 to 90, a longitude of -180 to 180 and 0 to 20,038 kilometres.",
            );
        }
        // Great-circle distance d on radius R spans a chord of 2 sin(d / 2R) on the unit sphere.
        let chord = 2.0 * (near.kilometres / (2.0 * EARTH_KM)).sin();
        select = select.filter(row::Column::X.is_not_null()).filter(chord_squared(near).lte(chord * chord));
    }
    Ok(select)
}

/// The ids of the cities of these countries.
pub fn in_countries(countries: &[String]) -> SelectStatement {
    let mut query = SeaQuery::select();
    query
        .column(Alias::new("id"))
        .from(Alias::new("city"))
        .and_where(Expr::col(Alias::new("country")).is_in(countries.iter().map(|code| code.to_ascii_uppercase())));
    query
}

/// The cities that hang on a parent.
pub async fn of(
    ctx: &Context<'_>,
    parent: Uuid,
    by: Parent,
    filter: Option<CityFilter>,
    order_by: CityOrder,
    page: &PageArgs,
) -> crate::base::Result<Connection<City>> {
    let filter = filter.unwrap_or_default();
    ctx.children(parent, by, page, move |reader| Ok((select(reader, &filter)?, order(order_by, filter.near)?))).await
}

/// The cities' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "CityQuery")]
impl Query {
    /// The city with this slug.
    async fn city(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<City>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The cities.
    async fn cities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cities.")] filter: Option<CityFilter>,
        #[graphql(desc = "Their order.", default)] order_by: CityOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<City>> {
        let filter = filter.unwrap_or_default();
        let order = order(order_by, filter.near)?;
        Ok(ctx.list(select(ctx.reader(), &filter)?, order, &PageArgs::new(first, after, last, before)).await?)
    }
}
