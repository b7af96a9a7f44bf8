//! The face of a city.
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};

use super::row;
use crate::{
    base::Kind,
    domain::{
        announcement::{self, Announcement, AnnouncementFilter, AnnouncementOrder},
        document::{self, Document, DocumentFilter, DocumentOrder},
        pairing::{self, Pairing, PairingFilter, PairingOrder},
        person::{self, Person},
        practice::{self, Practice, PracticeFilter, PracticeOrder},
        programme::Programme,
        seminar::{self, Seminar, SeminarFilter, SeminarOrder},
        theme::Theme,
    },
    kernel::{
        country::Country,
        text::{self, Chosen},
    },
    relay::{AudienceView, Connection, DateTime, LanguageTag, NodeType, Object, PageArgs, context::Asking},
    store::reader::Parent,
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

/// A city's profile in one language.
pub struct CityText(pub(super) text::Row, pub(super) i64);

/// A city's profile in one language.
#[Object]
impl CityText {
    /// The language.
    async fn language(&self) -> LanguageTag {
        LanguageTag(self.0.language.clone())
    }
    /// Whether the others translate it.
    async fn is_original(&self) -> bool {
        self.0.is_original
    }
    /// Whether the original changed since it was translated.
    async fn is_stale(&self) -> bool {
        self.0.of_version < self.1
    }
    /// The profile.
    async fn profile(&self) -> Option<&str> {
        self.0.field("profile")
    }
}

/// A city, metropolitan area, association of municipalities or region.
pub struct City(pub(super) row::Model);

impl Kind for City {
    const NAME: &'static str = "city";
}

impl NodeType for City {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

impl City {
    fn chosen(&self, ctx: &Context<'_>, languages: Option<&[LanguageTag]>) -> Chosen {
        text::choose(ctx, languages, &self.0.language, &self.0.languages)
    }
}

/// A city, metropolitan area, association of municipalities or region that exchanges with others.
#[Object]
impl City {
    /// The global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The readable name in addresses.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Counts the saves; give it to `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Who may see it.
    async fn audience(&self) -> AudienceView {
        (&self.0.audience).into()
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

    /// The profile in the reader's best language.
    async fn profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> Result<Option<String>> {
        let chosen = self.chosen(ctx, languages.as_deref());
        if !chosen.is_original {
            let text = text::load(ctx, self.0.id.uuid(), chosen.language).await?;
            if let Some(profile) = text.as_ref().and_then(|text| text.field("profile")) {
                return Ok(Some(profile.to_owned()));
            }
        }
        Ok(self.0.profile.clone())
    }

    /// The profile with its language, and whether it is the original or stale; null where there is no profile.
    async fn text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> Result<Option<CityText>> {
        let chosen = self.chosen(ctx, languages.as_deref());
        Ok(text::load(ctx, self.0.id.uuid(), chosen.language).await?.map(|text| CityText(text, self.0.text_version)))
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

    /// The themes it works on.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<Object<Theme>>> {
        Ok(ctx.joined(&row::THEMES, self.0.id.uuid()).await?)
    }

    /// The programmes it takes part in.
    async fn programmes(&self, ctx: &Context<'_>) -> Result<Vec<Object<Programme>>> {
        Ok(ctx.joined(&row::PROGRAMMES, self.0.id.uuid()).await?)
    }

    /// The practices it shares.
    async fn practices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which practices.")] filter: Option<PracticeFilter>,
        #[graphql(desc = "Their order.", default)] order_by: PracticeOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Practice>> {
        Ok(practice::of(ctx, self.0.id.uuid(), Parent::Column("city"), filter, order_by, &PageArgs::new(first, after, last, before))
            .await?)
    }

    /// The documents about it.
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which documents.")] filter: Option<DocumentFilter>,
        #[graphql(desc = "Their order.", default)] order_by: DocumentOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Document>> {
        Ok(document::of(ctx, self.0.id.uuid(), Parent::Column("about"), filter, order_by, &PageArgs::new(first, after, last, before))
            .await?)
    }

    /// The announcements that say something of it.
    async fn announcements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which announcements.")] filter: Option<AnnouncementFilter>,
        #[graphql(desc = "Their order.", default)] order_by: AnnouncementOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Announcement>> {
        let page = PageArgs::new(first, after, last, before);
        Ok(announcement::of(ctx, self.0.id.uuid(), Parent::Left(&announcement::CITIES), filter, order_by, &page).await?)
    }

    /// The pairings it is a city of.
    async fn pairings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which pairings.")] filter: Option<PairingFilter>,
        #[graphql(desc = "Their order.", default)] order_by: PairingOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Pairing>> {
        Ok(pairing::of(ctx, self.0.id.uuid(), Parent::Left(&pairing::CITIES), filter, order_by, &PageArgs::new(first, after, last, before))
            .await?)
    }

    /// The seminars it takes part in.
    async fn seminars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which seminars.")] filter: Option<SeminarFilter>,
        #[graphql(desc = "Their order.", default)] order_by: SeminarOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Seminar>> {
        Ok(seminar::of(ctx, self.0.id.uuid(), Parent::Left(&seminar::CITIES), filter, order_by, &PageArgs::new(first, after, last, before))
            .await?)
    }

    /// The seminars it holds.
    async fn seminars_hosted(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which seminars.")] filter: Option<SeminarFilter>,
        #[graphql(desc = "Their order.", default)] order_by: SeminarOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Seminar>> {
        Ok(seminar::of(ctx, self.0.id.uuid(), Parent::Column("host"), filter, order_by, &PageArgs::new(first, after, last, before)).await?)
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

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
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
