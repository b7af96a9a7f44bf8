//! The face of a programme.
use async_graphql::{Context, ID, Object, Result};

use super::{
    row,
    stated::{self, PairingCount, StatedFigure},
    text::ProgrammeText,
};
use crate::{
    base::Kind,
    domain::{
        announcement::{self, Announcement, AnnouncementFilter, AnnouncementOrder},
        call::{self, Call, CallFilter, CallOrder},
        city::{self, City, CityFilter, CityOrder},
        document::{self, Document, DocumentFilter, DocumentOrder},
        pairing::{self, Pairing, PairingFilter, PairingOrder},
        seminar::{self, Seminar, SeminarFilter, SeminarOrder},
        theme::Theme,
    },
    kernel::text::{self, Chosen, Translation},
    relay::{AudienceView, Connection, DateTime, LanguageTag, NodeType, Object, PageArgs, context::Asking},
    store::reader::Parent,
};

/// A programme that brings cities together.
pub struct Programme(pub(super) row::Model);

impl Kind for Programme {
    const NAME: &'static str = "programme";
}

impl NodeType for Programme {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

type Languages = Option<Vec<LanguageTag>>;

impl Programme {
    fn chosen(&self, ctx: &Context<'_>, languages: Option<&[LanguageTag]>) -> Chosen {
        text::choose(ctx, languages, &self.0.language, &self.0.languages)
    }
}

/// A programme that brings cities together.
#[Object]
impl Programme {
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

    /// The name in the reader's best language.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<String> {
        let chosen = self.chosen(ctx, languages.as_deref());
        if chosen.is_original {
            return Ok(self.0.name.clone());
        }
        let text = text::load(ctx, self.0.id.uuid(), chosen.language).await?;
        Ok(text.as_ref().and_then(|text| text.field("name")).unwrap_or(&self.0.name).to_owned())
    }

    /// The description in the reader's best language.
    async fn description(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        let chosen = self.chosen(ctx, languages.as_deref());
        if chosen.is_original {
            return Ok(self.0.description.clone());
        }
        let text = text::load(ctx, self.0.id.uuid(), chosen.language).await?;
        Ok(text.as_ref().and_then(|text| text.field("description")).or(self.0.description.as_deref()).map(str::to_owned))
    }

    /// The whole text in the reader's best language, with that language, and whether it is the original or stale.
    async fn text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<ProgrammeText>> {
        let text = text::load(ctx, self.0.id.uuid(), self.chosen(ctx, languages.as_deref()).language).await?;
        Ok(text.map(|row| ProgrammeText { row, original_version: self.0.text_version }))
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

    /// Where the facts come from.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// Figures that sources state of it; the hub keeps them beside what it counts itself.
    async fn stated(&self) -> Vec<StatedFigure> {
        self.0.stated.iter().map(StatedFigure::from).collect()
    }

    /// How many pairings it has: those listed here beside the number its source states.
    async fn pairing_count(&self) -> Object<PairingCount> {
        Object(PairingCount { programme: self.0.id, stated: stated::of_pairings(&self.0.stated).cloned() })
    }

    /// The themes it works on.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<Object<Theme>>> {
        Ok(ctx.joined(&row::THEMES, self.0.id.uuid()).await?)
    }

    /// Its calls, each with its own rules.
    async fn calls(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which calls.")] filter: Option<CallFilter>,
        #[graphql(desc = "Their order.", default)] order_by: CallOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Call>> {
        let page = PageArgs::new(first, after, last, before);
        Ok(call::of(ctx, self.0.id.uuid(), Parent::Column("programme"), filter, order_by, &page).await?)
    }

    /// The pairings it brought together.
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
        let page = PageArgs::new(first, after, last, before);
        Ok(pairing::of(ctx, self.0.id.uuid(), Parent::Column("programme"), filter, order_by, &page).await?)
    }

    /// The cities that take part.
    async fn cities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cities.")] filter: Option<CityFilter>,
        #[graphql(desc = "Their order.", default)] order_by: CityOrder,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<City>> {
        let page = PageArgs::new(first, after, last, before);
        Ok(city::of(ctx, self.0.id.uuid(), Parent::Left(&city::PROGRAMMES), filter, order_by, &page).await?)
    }

    /// Its news.
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
        Ok(announcement::of(ctx, self.0.id.uuid(), Parent::Column("programme"), filter, order_by, &page).await?)
    }

    /// The seminars it holds.
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
        let page = PageArgs::new(first, after, last, before);
        Ok(seminar::of(ctx, self.0.id.uuid(), Parent::Column("programme"), filter, order_by, &page).await?)
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
        let page = PageArgs::new(first, after, last, before);
        Ok(document::of(ctx, self.0.id.uuid(), Parent::Column("about"), filter, order_by, &page).await?)
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
