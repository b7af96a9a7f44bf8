//! Reading cities.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::{
    Select,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};

use super::{
    City,
    node::{CityKind, word_of},
    row::{self, Column, Entity},
};
use crate::{
    base::{Code, Result, refuse, refuse_if, text::fold},
    domain::{programme::Programme, theme::Theme},
    kernel::{Listed, Narrowed, Rooted, country::Country},
    store::{Order, Reader, page::Sort},
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
    let axis = |column: Column, at: f64| {
        let off = Expr::col(column.as_column_ref()).sub(at);
        off.clone().mul(off)
    };
    axis(Column::X, x).add(axis(Column::Y, y)).add(axis(Column::Z, z))
}

impl Listed for City {
    type Filter = CityFilter;
    type Order = CityOrder;
    const WHICH: &'static str = "Which cities.";

    fn order(order_by: CityOrder, filter: &CityFilter) -> Result<Order> {
        Ok(match order_by {
            CityOrder::NameAsc => Order::by("name", Column::Folded, Sort::Text),
            CityOrder::NameDesc => Order::by("name-desc", Column::Folded, Sort::Text).falling(),
            CityOrder::PopulationDesc => {
                let key = Expr::cust("COALESCE(population, -1)");
                Order { name: "population", key, sort: Sort::Number, descending: true }
            }
            CityOrder::DistanceAsc => match filter.near {
                Some(near) => Order { name: "distance", key: chord_squared(near), sort: Sort::Real, descending: false },
                None => return refuse(Code::Required, "filter.near", "DISTANCE_ASC needs “filter.near” to measure from."),
            },
            CityOrder::Newest => Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        })
    }

    fn select(reader: &Reader, filter: &CityFilter) -> Result<Select<Entity>> {
        if let Some(unknown) = filter.countries.iter().flatten().find(|country| Country::of(country).is_none()) {
            let message = format!("“{unknown}” is not an ISO 3166-1 two-letter code such as “DE”.");
            return refuse(Code::BadInput, "filter.countries", message);
        }
        let narrowed = Narrowed::of(reader)
            .given(filter.countries.as_ref(), |codes| Column::Country.is_in(codes.iter().map(|code| code.to_ascii_uppercase())))
            .given(filter.kinds.as_ref(), |kinds| Column::CityKind.is_in(kinds.iter().map(|kind| word_of(*kind))))
            .linked::<Programme>(&row::PROGRAMMES, "programmes", filter.programmes.as_ref())?
            .below::<Theme>(&row::THEMES, "themes", filter.themes.as_ref())?
            .given(filter.name.as_ref(), |name| Column::Names.like(format!("%{}%", fold(name.trim()).replace(['%', '_', '|', '\\'], " "))));
        let Some(near) = filter.near else { return Ok(narrowed.end()) };
        let good = (-90.0..=90.0).contains(&near.latitude)
            && (-180.0..=180.0).contains(&near.longitude)
            && (0.0..=20_038.0).contains(&near.kilometres);
        let takes = "“near” takes a latitude of -90 to 90, a longitude of -180 to 180 and 0 to 20,038 kilometres.";
        refuse_if(!good, Code::BadInput, "filter.near", takes)?;
        // Great-circle distance d on radius R spans a chord of 2 sin(d / 2R) on the unit sphere.
        let chord = 2.0 * (near.kilometres / (2.0 * EARTH_KM)).sin();
        Ok(narrowed.such(Column::X.is_not_null()).such(chord_squared(near).lte(chord * chord)).end())
    }
}

impl Rooted for City {
    const ONE: Option<(&'static str, &'static str)> = Some(("city", "The city with this slug."));
    const ALL: (&'static str, &'static str) = ("cities", "The cities.");
}

/// The ids of the cities of these countries.
pub fn in_countries(countries: &[String]) -> SelectStatement {
    let mut query = Query::select();
    query
        .column(Alias::new("id"))
        .from(Alias::new("city"))
        .and_where(Expr::col(Alias::new("country")).is_in(countries.iter().map(|code| code.to_ascii_uppercase())));
    query
}
