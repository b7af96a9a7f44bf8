//! A city.
use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use super::row;
use crate::{
    alias,
    domain::{
        involvement::grid::{self, InvolvementCell},
        person::{self, Person},
    },
    kernel::{
        NodeFields,
        country::Country,
        text::{self, Text},
    },
    node,
    relay::{Connection, LanguageTag, Object, PageArgs},
};

/// What sort of place a city is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CityKind {
    /// One municipality.
    City,
    /// A metropolitan area of several municipalities.
    MetropolitanArea,
    /// An association of municipalities.
    AssociationOfMunicipalities,
    /// A region.
    Region,
}

/// A place on Earth, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct Coordinates {
    /// North of the equator, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich, -180 to 180.
    pub longitude: f64,
}

alias!(
    /// Another name of a city.
    CityAlias, CityAliasInput
    /// Its language; null where it belongs to none.
    language
);

/// A count of inhabitants, with what it counts and who counted.
#[derive(Clone, Debug, SimpleObject)]
pub struct Population {
    /// What was counted: “city proper”, “metropolitan area”.
    pub boundary: Option<String>,
    /// Inhabitants.
    pub value: i64,
    /// The year counted.
    pub year: Option<i32>,
    /// Who counted.
    pub source: Option<String>,
}

node!(
    /// A city, metropolitan area, association of municipalities or region.
    City = "city", Texts, ViewerCan; {
        /// The official name.
        "name": &str = |row| &row.name,
        /// Its other names: other languages, other spellings, former names.
        "aliases": Vec<CityAlias> = |row| row.aliases.iter().map(CityAlias::from).collect(),
        /// The country.
        "country": Option<Country> = |row| Country::of(&row.country),
        /// What sort of place it is.
        "kind": CityKind = |row| kind_of(&row.city_kind),
        /// Where its centre lies; null where not known.
        "coordinates": Option<Coordinates> = |row| row.latitude.zip(row.longitude).map(|(latitude, longitude)| Coordinates { latitude, longitude }),
        /// Inhabitants by the first of `populations`.
        "population": Option<i64> = |row| row.population,
        /// The languages the profile is translated into.
        "translations": Vec<LanguageTag> = |row| row.languages.iter().map(|head| LanguageTag(head.language.clone())).collect(),
        /// What the city needs from others.
        "challenges": &[String] = |row| &row.challenges,
        /// What the city can offer to others.
        "strengths": &[String] = |row| &row.strengths,
        /// Its web site.
        "website": Option<&str> = |row| row.website.as_deref(),
        /// Where the facts come from.
        "source": Option<&str> = |row| row.source.as_deref(),
    }
);

/// A city, metropolitan area, association of municipalities or region that exchanges with others.
#[Object]
impl City {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// Inhabitants per boundary, each with its year and source.
    async fn populations(&self) -> Vec<Population> {
        let population =
            |p: &row::Population| Population { boundary: p.boundary.clone(), value: p.value, year: p.year, source: p.source.clone() };
        self.0.populations.iter().map(population).collect()
    }

    /// The profile with its language, and whether it is the original or stale; null where there is no profile.
    async fn text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> Result<Option<Object<Text<Self>>>> {
        let chosen = text::choose(ctx, languages.as_deref(), &self.0.language, &self.0.languages);
        Ok(text::load(ctx, self.0.id.uuid(), chosen.language).await?.map(|text| Object(Text::of(text, self.0.text_version))))
    }

    /// Who speaks for it, by name, as far as the viewer may see them.
    async fn representatives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Person>> {
        Ok(person::representatives(ctx, self.0.id.uuid(), &PageArgs::new(first, after, last, before)).await?)
    }

    /// Sorts of organisations by phases of the work, with how many active ones there are and which cells are empty.
    async fn involvement_grid(&self, ctx: &Context<'_>) -> Result<Vec<InvolvementCell>> {
        grid::of(ctx, self.0.id.uuid()).await
    }
}

/// The kind behind a stored word.
pub(super) fn kind_of(word: &str) -> CityKind {
    match word {
        "METROPOLITAN_AREA" => CityKind::MetropolitanArea,
        "ASSOCIATION_OF_MUNICIPALITIES" => CityKind::AssociationOfMunicipalities,
        "REGION" => CityKind::Region,
        _ => CityKind::City,
    }
}

/// The stored word of a kind.
pub(super) const fn word_of(kind: CityKind) -> &'static str {
    match kind {
        CityKind::City => "CITY",
        CityKind::MetropolitanArea => "METROPOLITAN_AREA",
        CityKind::AssociationOfMunicipalities => "ASSOCIATION_OF_MUNICIPALITIES",
        CityKind::Region => "REGION",
    }
}
