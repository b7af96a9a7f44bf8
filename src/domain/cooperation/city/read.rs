//! Reading cities.
use async_graphql::{ID, InputObject};
use sea_orm::{
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};

use super::{
    City,
    row::{self, CityKind, Column, Entity},
};
use crate::{
    base::{Code, refuse, refuse_if},
    domain::{announcement, programme::Programme, theme::Theme},
    kernel::{Narrowed, country::Country, list::Orders, prelude::read::*},
    relay::DateValue,
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

filter!(
    /// Which cities. A list means any of; fields together mean all of.
    CityFilter {
        /// ISO 3166-1 two-letter codes.
        countries: Vec<String> = |rows, codes| in_known_countries(rows, codes)?,
        /// What sort of place.
        kinds: Vec<CityKind> = |rows, kinds| rows.among(Column::CityKind, kinds),
        /// Takes part in one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.linked::<Programme>(&row::PROGRAMMES, programmes)?,
        /// Works on one of these themes or anything below them, by id or slug.
        themes: Vec<ID> = |rows, themes| rows.below::<Theme>(&row::THEMES, themes)?,
        /// Has this text in its name or one of its aliases, whatever the accents and case: candidates, never a best guess.
        name: String = |rows, name| rows.with_name(Column::Names, name),
        /// Called new by an announcement that was published on this day or later: a dated claim, not a property of the city.
        new_since: DateValue = |rows, day| rows.such(Column::Id.in_subquery(announcement::new_since(day.0))),
        /// Lies within this circle.
        near: Near = |rows, near| around(rows, *near)?,
    }
);

orders!(
    /// How cities are ordered.
    CityOrder {
        /// By name, accents folded.
        NameAsc = Order::by("name", Column::Folded, Sort::Text),
        /// By name, backwards.
        NameDesc = Order::by("name-desc", Column::Folded, Sort::Text).falling(),
        /// The most inhabitants first; those without a count last.
        PopulationDesc = Order { name: "population", key: Expr::cust("COALESCE(population, -1)"), sort: Sort::Number, descending: true },
        /// The nearest to the centre of `filter.near` first.
        DistanceAsc = Order { name: "distance", key: Expr::val(0), sort: Sort::Real, descending: false },
        /// The newest first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

/// Radius of the sphere distances are measured on: the mean Earth radius of the IUGG, in kilometres.
pub(super) const EARTH_KM: f64 = 6371.0088;

/// The square of the straight line through the Earth's ball from a place to each city; grows with the distance.
fn chord_squared(near: Near) -> Expr {
    let (x, y, z) = row::on_sphere(near.latitude, near.longitude);
    let axis = |column: Column, at: f64| {
        let off = Expr::col(column.as_column_ref()).sub(at);
        off.clone().mul(off)
    };
    axis(Column::X, x).add(axis(Column::Y, y)).add(axis(Column::Z, z))
}

/// The cities of these countries, each of which must be one.
fn in_known_countries<'r>(rows: Narrowed<'r, Entity>, codes: &[String]) -> Result<Narrowed<'r, Entity>> {
    let codes = Country::check(codes, &rows.path())?;
    Ok(rows.such(Column::Country.is_in(codes)))
}

/// The cities in a circle.
fn around(rows: Narrowed<'_, Entity>, near: Near) -> Result<Narrowed<'_, Entity>> {
    let good = (-90.0..=90.0).contains(&near.latitude)
        && (-180.0..=180.0).contains(&near.longitude)
        && (0.0..=20_038.0).contains(&near.kilometres);
    let takes = "“near” takes a latitude of -90 to 90, a longitude of -180 to 180 and 0 to 20,038 kilometres.";
    refuse_if(!good, Code::BadInput, rows.path(), takes)?;
    // Great-circle distance d on radius R spans a chord of 2 sin(d / 2R) on the unit sphere.
    let chord = 2.0 * (near.kilometres / (2.0 * EARTH_KM)).sin();
    Ok(rows.such(Column::X.is_not_null()).such(chord_squared(near).lte(chord * chord)))
}

impl Listed for City {
    type Filter = CityFilter;
    type Order = CityOrder;
    const WHICH: &'static str = "Which cities.";

    fn order(order_by: CityOrder, filter: &CityFilter) -> Result<Order> {
        match (order_by, filter.near) {
            (CityOrder::DistanceAsc, Some(near)) => Ok(Order { key: chord_squared(near), ..order_by.order() }),
            (CityOrder::DistanceAsc, None) => refuse(Code::Required, "filter.near", "DISTANCE_ASC needs “filter.near” to measure from."),
            _ => Ok(order_by.order()),
        }
    }
}

impl Rooted for City {
    const ONE: Option<(&'static str, &'static str)> = Some(("city", "The city with this slug."));
    const ALL: (&'static str, &'static str) = ("cities", "The cities.");
}

/// The ids of the cities of these countries, each of which must be one; `path` names them in a refusal.
pub fn in_countries(countries: &[String], path: &str) -> Result<SelectStatement> {
    let countries = Country::check(countries, path)?;
    let mut query = Query::select();
    query.column(Alias::new("id")).from(Alias::new("city")).and_where(Expr::col(Alias::new("country")).is_in(countries));
    Ok(query)
}
