//! The face of a seminar.
use async_graphql::{Context, ID, Object, Result};

use super::{
    registration::{self, SeminarRegistration},
    row::{self, Format, State},
    text::SeminarText,
};
use crate::{
    access::{Act, Owners, rule},
    base::Kind,
    domain::{
        city::City,
        document::{self, Document, DocumentFilter, DocumentOrder},
        pairing::Pairing,
        practice::{self, Practice, PracticeFilter, PracticeOrder},
        programme::Programme,
        theme::Theme,
    },
    kernel::text::{self, Chosen, Translation},
    relay::{AudienceView, Connection, DateTime, LanguageTag, NodeType, Object, PageArgs, context::Asking},
    store::reader::Parent,
};

/// A scheduled exchange: a seminar, training, visit or other meeting.
pub struct Seminar(pub(super) row::Model);

impl Kind for Seminar {
    const NAME: &'static str = "seminar";
}

impl NodeType for Seminar {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

type Languages = Option<Vec<LanguageTag>>;

impl Seminar {
    fn chosen(&self, ctx: &Context<'_>, languages: Option<&[LanguageTag]>) -> Chosen {
        text::choose(ctx, languages, &self.0.language, &self.0.languages)
    }

    /// One part of the text in the reader's language; the original's words stand in the row.
    async fn short(&self, ctx: &Context<'_>, languages: Languages, part: &str, original: &str) -> Result<String> {
        let chosen = self.chosen(ctx, languages.as_deref());
        if chosen.is_original {
            return Ok(original.to_owned());
        }
        let text = text::load(ctx, self.0.id.uuid(), chosen.language).await?;
        Ok(text.as_ref().and_then(|text| text.field(part)).unwrap_or(original).to_owned())
    }

    /// Whose it is: the host's representatives and the programme's officers.
    pub(super) fn owners(row: &row::Model) -> Owners {
        Owners { cities: vec![row.host.uuid()], programmes: row.programme.iter().map(|programme| programme.uuid()).collect() }
    }
}

/// A scheduled exchange: a seminar, training, visit or other meeting.
#[Object]
impl Seminar {
    /// The global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The readable name in addresses.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Counts the saves; give it to `expectedVersion`. Registrations are no saves.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// Who may see it.
    async fn audience(&self) -> AudienceView {
        (&self.0.audience).into()
    }

    /// What sort of exchange it is.
    async fn kind(&self) -> Format {
        self.0.seminar_kind
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
        self.short(ctx, languages, "title", &self.0.title).await
    }

    /// What will happen there, or happened, in the reader's best language.
    async fn description(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        let text = self.short(ctx, languages, "description", &self.0.description).await?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// The whole text in the reader's best language, with that language, and whether it is the original or stale.
    async fn text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<SeminarText>> {
        let chosen = self.chosen(ctx, languages.as_deref());
        let text = text::load(ctx, self.0.id.uuid(), chosen.language).await?;
        Ok(text.map(|row| SeminarText { row, original_version: self.0.text_version }))
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

    /// The city that holds it.
    async fn host(&self, ctx: &Context<'_>) -> Result<Option<Object<City>>> {
        Ok(ctx.load(self.0.host).await?)
    }

    /// The programme it belongs to; null where it belongs to none.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Object<Programme>>> {
        match self.0.programme {
            Some(programme) => Ok(ctx.load(programme).await?),
            None => Ok(None),
        }
    }

    /// The pairing it belongs to; null where it belongs to none or the viewer may not see it.
    async fn pairing(&self, ctx: &Context<'_>) -> Result<Option<Object<Pairing>>> {
        match self.0.pairing {
            Some(pairing) => Ok(ctx.load(pairing).await?),
            None => Ok(None),
        }
    }

    /// When it starts.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.0.starts_at)
    }

    /// When it ends; null where not known.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(DateTime)
    }

    /// The time zone of the place, by its IANA name: `Europe/Lisbon`.
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }

    /// Where people meet; null where they meet over the network alone or it is not known yet.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// Where people meet over the network.
    async fn link(&self) -> Option<&str> {
        self.0.link.as_deref()
    }

    /// Places in all; null where there is no limit.
    async fn capacity(&self) -> Option<i64> {
        self.0.capacity
    }

    /// Places taken.
    async fn registered(&self) -> i64 {
        self.0.registered
    }

    /// Places that are free; null where there is no limit.
    async fn places_left(&self) -> Option<i64> {
        self.0.places_left()
    }

    /// When registration closes; null where it closes with the start.
    async fn registration_closes_at(&self) -> Option<DateTime> {
        self.0.registration_closes_at.map(DateTime)
    }

    /// Whether one can register now, as long as places are left: it is scheduled and registration has not closed.
    async fn is_registration_open(&self, ctx: &Context<'_>) -> bool {
        self.0.takes_registrations(ctx.now())
    }

    /// Why it was cancelled; null unless it was, and where an imported source tells none.
    async fn cancelled_reason(&self) -> Option<&str> {
        self.0.cancelled_reason.as_deref()
    }

    /// The cities that take part.
    async fn cities(&self, ctx: &Context<'_>) -> Result<Vec<Object<City>>> {
        Ok(ctx.joined(&row::CITIES, self.0.id.uuid()).await?)
    }

    /// The themes it belongs to, the most fitting first.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<Object<Theme>>> {
        Ok(ctx.joined(&row::THEMES, self.0.id.uuid()).await?)
    }

    /// The practices presented there.
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
        Ok(practice::of(
            ctx,
            self.0.id.uuid(),
            Parent::Right(&row::PRACTICES),
            filter,
            order_by,
            &PageArgs::new(first, after, last, before),
        )
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

    /// Who has a place, the first to register first. For the host's representatives, officers of its programme and administrators; null for others.
    async fn participants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<SeminarRegistration>>> {
        if !rule::may(&ctx.viewer(), Act::Write, &Self::owners(&self.0)) {
            return Ok(None);
        }
        Ok(Some(registration::list(ctx, self.0.id, &PageArgs::new(first, after, last, before)).await?))
    }

    /// The viewer's own place; null where they have none.
    async fn viewer_registration(&self, ctx: &Context<'_>) -> Result<Option<Object<SeminarRegistration>>> {
        Ok(registration::own(ctx, self.0.id).await?)
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it changed last; registrations are no changes.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}
