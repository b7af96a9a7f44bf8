//! The face of an announcement.
use async_graphql::{Context, ID, Object, Result};

use super::{
    row::{self, State},
    text::AnnouncementText,
};
use crate::{
    base::Kind,
    domain::{city::City, programme::Programme},
    kernel::text::{self, Chosen, Translation},
    relay::{AudienceView, DateTime, DateValue, LanguageTag, NodeType, Object, context::Asking},
};

/// Dated news of a programme.
pub struct Announcement(pub(super) row::Model);

impl Kind for Announcement {
    const NAME: &'static str = "announcement";
}

impl NodeType for Announcement {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

/// Something an announcement says of a city on a day.
pub struct Claim(row::Claim);

/// Something an announcement says of a city on a day: a dated claim, not a property of the city.
#[Object(name = "AnnouncementClaim")]
impl Claim {
    /// The city it is about; null where the viewer may not see it.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<Object<City>>> {
        Ok(ctx.load(self.0.city).await?)
    }

    /// What is said: “new city”.
    async fn claim(&self) -> &str {
        &self.0.claim
    }

    /// The announcement's own words.
    async fn verbatim(&self) -> Option<&str> {
        self.0.verbatim.as_deref()
    }

    /// The day it was said; null where not known.
    async fn said_on(&self) -> Option<DateValue> {
        self.0.said_on.map(DateValue)
    }
}

type Languages = Option<Vec<LanguageTag>>;

impl Announcement {
    fn chosen(&self, ctx: &Context<'_>, languages: Option<&[LanguageTag]>) -> Chosen {
        text::choose(ctx, languages, &self.0.language, &self.0.languages)
    }

    async fn chosen_text(&self, ctx: &Context<'_>, languages: Option<&[LanguageTag]>) -> Result<Option<text::Row>> {
        Ok(text::load(ctx, self.0.id.uuid(), self.chosen(ctx, languages).language).await?)
    }
}

/// Dated news of a programme.
#[Object]
impl Announcement {
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

    /// Where it is in its life.
    async fn state(&self) -> State {
        self.0.state
    }

    /// The title in the reader's best language.
    async fn title(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<String> {
        let chosen = self.chosen(ctx, languages.as_deref());
        if chosen.is_original {
            return Ok(self.0.title.clone());
        }
        let text = text::load(ctx, self.0.id.uuid(), chosen.language).await?;
        Ok(text.as_ref().and_then(|text| text.field("title")).unwrap_or(&self.0.title).to_owned())
    }

    /// The news itself in the reader's best language.
    async fn body(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        let text = self.chosen_text(ctx, languages.as_deref()).await?;
        Ok(text.and_then(|mut text| text.fields.0.remove("body")))
    }

    /// The whole text in the reader's best language, with that language, and whether it is the original or stale.
    async fn text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<AnnouncementText>> {
        let text = self.chosen_text(ctx, languages.as_deref()).await?;
        Ok(text.map(|row| AnnouncementText { row, original_version: self.0.text_version }))
    }

    /// The language of the original.
    async fn language(&self) -> LanguageTag {
        LanguageTag(self.0.language.clone())
    }

    /// The version of the original text.
    async fn text_version(&self) -> i64 {
        self.0.text_version
    }

    /// The translations there are.
    async fn translations(&self) -> Vec<Translation> {
        Translation::list(&self.0.languages, self.0.text_version)
    }

    /// The programme whose news it is.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Object<Programme>>> {
        Ok(ctx.load(self.0.programme).await?)
    }

    /// The day it was published.
    async fn published_on(&self) -> DateValue {
        DateValue(self.0.published_on.0)
    }

    /// Where it was published.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// What it says of cities.
    async fn claims(&self) -> Vec<Object<Claim>> {
        self.0.claims.iter().cloned().map(Claim).map(Object).collect()
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
