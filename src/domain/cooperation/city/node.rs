//! A city.
use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use super::row;
use crate::{
    domain::{
        involvement::grid::{self, InvolvementCell},
        person::{self, Person},
    },
    kernel::{
        Common, NodeFields, ViewerCan,
        country::Country,
        text::{self, Text, Texts},
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

/// Another name of a city.
#[derive(Clone, Debug, SimpleObject)]
pub struct CityAlias {
    /// The name.
    pub name: String,
    /// Its language; null where it belongs to none.
    pub language: Option<LanguageTag>,
    /// Who uses it.
    pub source: Option<String>,
}

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
    City = "city"
);

impl Common for City {}

/// A city, metropolitan area, association of municipalities or region that exchanges with others.
#[Object]
impl City {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    #[graphql(flatten)]
    async fn texts(&self) -> Texts<'_, Self> {
        Texts(self)
    }

    #[graphql(flatten)]
    async fn viewer_can(&self) -> ViewerCan<'_, Self> {
        ViewerCan(self)
    }

    /// The official name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its other names: other languages, other spellings, former names.
    async fn aliases(&self) -> Vec<CityAlias> {
        let alias = |alias: &row::Alias| CityAlias {
            name: alias.name.clone(),
            language: alias.language.clone().map(LanguageTag),
            source: alias.source.clone(),
        };
        self.0.aliases.iter().map(alias).collect()
    }

    /// The country.
    async fn country(&self) -> Option<Country> {
        Country::of(&self.0.country)
    }

    /// What sort of place it is.
    async fn kind(&self) -> CityKind {
        kind_of(&self.0.city_kind)
    }

    /// Where its centre lies; null where not known.
    async fn coordinates(&self) -> Option<Coordinates> {
        self.0.latitude.zip(self.0.longitude).map(|(latitude, longitude)| Coordinates { latitude, longitude })
    }

    /// Inhabitants by the first of `populations`.
    async fn population(&self) -> Option<i64> {
        self.0.population
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

    /// The languages the profile is translated into.
    async fn translations(&self) -> Vec<LanguageTag> {
        self.0.languages.iter().map(|head| LanguageTag(head.language.clone())).collect()
    }

    /// What the city needs from others.
    async fn challenges(&self) -> &[String] {
        &self.0.challenges
    }

    /// What the city can offer to others.
    async fn strengths(&self) -> &[String] {
        &self.0.strengths
    }

    /// Its web site.
    async fn website(&self) -> Option<&str> {
        self.0.website.as_deref()
    }

    /// Where the facts come from.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
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
