//! A city.
use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::row::{self, CityKind, Population};
use crate::{
    access::{Act, Owners, rule},
    alias,
    base::Language,
    domain::{
        announcement::{self, Claim},
        involvement::grid::{self, InvolvementCell},
        obligation::{self, ObligationCounts},
        person::{self, Person},
    },
    kernel::{
        country::Country,
        prelude::node::*,
        text::{self, Text},
    },
    relay::{Connection, PageArgs},
};

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
        "kind": CityKind = |row| row.city_kind,
        /// Where its centre lies; null where not known.
        "coordinates": Option<Coordinates> = |row| row.latitude.zip(row.longitude).map(|(latitude, longitude)| Coordinates { latitude, longitude }),
        /// Inhabitants per boundary, each with its year and source.
        "populations": &[Population] = |row| &row.populations,
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

impl City {
    /// The country it is in.
    pub fn country(&self) -> Option<Country> {
        Country::of(&self.0.country)
    }

    /// “Lyon, France”: the name and the country in the first of these languages that it has a name in.
    pub fn place(&self, languages: &[Language]) -> String {
        self.country().map_or_else(|| self.0.name.clone(), |country| format!("{}, {}", self.0.name, country.name(languages)))
    }
}

/// A city, metropolitan area, association of municipalities or region that exchanges with others.
#[Object]
impl City {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
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

    /// What this announcement says of it, where it calls the city new: a claim of that day, not a property of the city. Null where it does not.
    async fn new_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The announcement, by id.")] announcement: ID,
    ) -> Result<Option<Object<Claim>>> {
        Ok(announcement::new_claim(ctx, &announcement, self.0.id).await?)
    }

    /// What it owes, counted by lights: that of the pairings it is a member of now, and of signatures its own.
    async fn obligation_counts(&self, ctx: &Context<'_>) -> Result<ObligationCounts> {
        obligation::counted_of_city(ctx, self.0.id.uuid()).await
    }

    /// A calendar of the days by which it owes something, for readers of iCalendar: whoever knows the address reads what the viewer may see then; do not pass it on. Null for
    /// who may not see what is owed, and until `renewCalendarAddresses` was asked for the first time.
    async fn calendar_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let owners = Owners::of_cities([self.0.id.uuid()]);
        obligation::address::<Self>(ctx, &self.0.slug, |viewer| rule::may(viewer, Act::WriteOrGovern, &owners)).await
    }

    /// Sorts of organisations by phases of the work, with how many active ones there are and which cells are empty: of those that take part in this
    /// city itself, not in what belongs to it.
    async fn involvement_grid(&self, ctx: &Context<'_>) -> Result<Vec<InvolvementCell>> {
        grid::of(ctx, self.0.id.uuid()).await
    }
}
