//! The table of cities.
use async_graphql::{InputObject, SimpleObject};
use sea_orm::{QueryFilter, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::City;
use crate::{
    kernel::{
        alias::{self, Alias},
        country::Country,
        prelude::row::*,
    },
    store::Json,
};

/// City ↔ themes.
pub static THEMES: Join = Join { table: "city_theme", left: "city", right: "theme" };
/// City ↔ programmes it takes part in.
pub static PROGRAMMES: Join = Join { table: "city_programme", left: "city", right: "programme" };

/// A count of inhabitants, with what it counts and who counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "Population", input_name = "PopulationInput")]
pub struct Population {
    /// What was counted: “city proper”, “metropolitan area”.
    pub boundary: Option<String>,
    /// Inhabitants.
    pub value: i64,
    /// The year counted.
    pub year: Option<i32>,
    /// Who counted.
    pub source: Option<String>,
    /// The municipality whose inhabitants were counted, where the place is a group of municipalities; null where it is the whole place.
    pub municipality: Option<String>,
}

column_enum!(
    /// What sort of place a city is.
    CityKind as "CityKind" in "SCREAMING_SNAKE_CASE" {
        /// One municipality.
        City,
        /// A metropolitan area of several municipalities.
        MetropolitanArea,
        /// An association of municipalities.
        AssociationOfMunicipalities,
        /// A region.
        Region,
    }
);

table!(
    /// A row of cities.
    "city" of City {
        pub name: String,
        /// The name folded, for order.
        pub folded: String,
        /// All names folded, each between bars, for look-ups.
        pub names: String,
        pub country: String,
        pub city_kind: CityKind,
        pub state: String,
        pub latitude: Option<f64>,
        pub longitude: Option<f64>,
        /// The place on the unit sphere, so that both databases order by distance with plain arithmetic.
        pub x: Option<f64>,
        pub y: Option<f64>,
        pub z: Option<f64>,
        /// The first of the populations, for order and display.
        pub population: Option<i64>,
        pub populations: Json<Vec<Population>>,
        pub aliases: Json<Vec<Alias>>,
        pub profile: Option<String>,
        pub challenges: Json<Vec<String>>,
        pub strengths: Json<Vec<String>>,
        pub language: Language,
        pub languages: Json<Vec<text::Head>>,
        pub text_version: i64,
        pub side: Option<String>,
        pub website: Option<String>,
        pub source: Option<String>,
    }
);

impl Model {
    /// Recomputes what is derived: the country as it is kept, folded names, the place on the sphere, the first population.
    pub(super) fn derived(mut self) -> Self {
        self.country = Country::one_spelling(self.country);
        self.folded = fold(&self.name);
        self.names = alias::folded(&self.name, &self.aliases);
        let sphere = self.latitude.zip(self.longitude).map(|(latitude, longitude)| on_sphere(latitude, longitude));
        (self.x, self.y, self.z) = (sphere.map(|s| s.0), sphere.map(|s| s.1), sphere.map(|s| s.2));
        self.population = self.populations.first().map(|first| first.value);
        self
    }
}

/// A place in degrees as a point on the unit sphere.
pub(super) fn on_sphere(latitude: f64, longitude: f64) -> (f64, f64, f64) {
    let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
    (latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin())
}

/// The programmes a city takes part in.
pub async fn programmes_of(tx: &crate::store::Tx<'_>, city: Id<City>) -> crate::base::Result<Vec<Uuid>> {
    tx.linked(&PROGRAMMES, city.uuid()).await
}

/// The country of a city; none where it is not there.
pub async fn country_of(tx: &crate::store::Tx<'_>, city: Id<City>) -> crate::base::Result<Option<String>> {
    Ok(tx.first(tx.every::<Entity>().filter(Column::Id.eq(city))).await?.map(|row| row.country))
}

/// The countries of these cities, whoever may see them: every city is public.
pub async fn countries_of(tx: &crate::store::Tx<'_>, ids: &[Uuid]) -> crate::base::Result<std::collections::HashMap<Uuid, String>> {
    let rows = tx.all(tx.every::<Entity>().filter(Column::Id.is_in(ids.iter().copied()))).await?;
    Ok(rows.into_iter().map(|row| (row.id.uuid(), row.country)).collect())
}

/// The names of these cities, in the same order.
pub async fn names(tx: &crate::store::Tx<'_>, ids: &[Uuid]) -> crate::base::Result<Vec<String>> {
    let rows = tx.all(tx.rows::<Entity>().filter(Column::Id.is_in(ids.iter().copied()))).await?;
    Ok(ids.iter().filter_map(|id| rows.iter().find(|row| row.id.uuid() == *id)).map(|row| row.name.clone()).collect())
}

/// The names of these cities, whoever may see them: every city is public.
pub async fn names_of(tx: &crate::store::Tx<'_>, ids: &[Uuid]) -> crate::base::Result<std::collections::HashMap<Uuid, String>> {
    let rows = tx.all(tx.every::<Entity>().filter(Column::Id.is_in(ids.iter().copied()))).await?;
    Ok(rows.into_iter().map(|row| (row.id.uuid(), row.name)).collect())
}
