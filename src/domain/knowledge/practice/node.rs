//! The face of a practice.
use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use futures_util::future::try_join_all;

use super::{
    row::{self, State},
    text::PracticeText,
};
use crate::{
    access::rule,
    base::{Code, Error, Fault, Id, Kind, refuse},
    domain::{
        city::City,
        document::{self, Document, DocumentFilter, DocumentOrder},
        goal::Goal,
        pairing::Pairing,
        seminar::{self, Seminar, SeminarFilter, SeminarOrder},
        theme::Theme,
    },
    kernel::text::{self, Chosen, Translation},
    relay::{AudienceView, Connection, DateTime, DateValue, LanguageTag, NodeType, Object, PageArgs, context::Asking},
    search::{DocKey, SearchIndex},
    store::reader::Parent,
};

/// Something a city did that others can learn from.
pub struct Practice(pub(super) row::Model);

impl Kind for Practice {
    const NAME: &'static str = "practice";
}

impl NodeType for Practice {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

/// An amount of money spent.
#[derive(Clone, Debug, SimpleObject)]
pub struct MoneySpent {
    /// The amount in whole units of the currency.
    pub amount: f64,
    /// ISO 4217.
    pub currency: String,
    /// The year the amount is told for.
    pub year: Option<i32>,
    /// What it was spent on.
    pub what: Option<String>,
}

/// A result in figures.
#[derive(Clone, Debug, SimpleObject)]
pub struct Indicator {
    /// What was measured.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// Its unit.
    pub unit: Option<String>,
    /// The year measured.
    pub year: Option<i32>,
}

type Languages = Option<Vec<LanguageTag>>;

impl Practice {
    fn chosen(&self, ctx: &Context<'_>, languages: Option<&[LanguageTag]>) -> Chosen {
        text::choose(ctx, languages, &self.0.language, &self.0.languages)
    }

    async fn chosen_text(&self, ctx: &Context<'_>, languages: Option<&[LanguageTag]>) -> Result<Option<text::Row>> {
        Ok(text::load(ctx, self.0.id.uuid(), self.chosen(ctx, languages).language).await?)
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

    async fn part(&self, ctx: &Context<'_>, languages: Languages, part: &str) -> Result<Option<String>> {
        let text = self.chosen_text(ctx, languages.as_deref()).await?;
        Ok(text.and_then(|mut text| text.fields.0.remove(part)))
    }
}

/// Something a city did that others can learn from, told with its difficulties.
#[Object]
impl Practice {
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
        self.short(ctx, languages, "title", &self.0.title).await
    }

    /// The summary in the reader's best language.
    async fn summary(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<String> {
        self.short(ctx, languages, "summary", &self.0.summary).await
    }

    /// What was done, in full, in the reader's best language.
    async fn body(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        self.part(ctx, languages, "body").await
    }

    /// The challenge it answers.
    async fn challenge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        self.part(ctx, languages, "challenge").await
    }

    /// What it aims at.
    async fn objectives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        self.part(ctx, languages, "objectives").await
    }

    /// What came of it.
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        self.part(ctx, languages, "results").await
    }

    /// What was hard, in the city's own words. Never empty once published here; null only where an imported source tells none.
    async fn difficulties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        self.part(ctx, languages, "difficulties").await
    }

    /// What was learned.
    async fn lessons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        self.part(ctx, languages, "lessons").await
    }

    /// What another city needs for it.
    async fn transfer_conditions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        self.part(ctx, languages, "transfer_conditions").await
    }

    /// The business or financing model.
    async fn financing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        self.part(ctx, languages, "financing").await
    }

    /// The legal basis.
    async fn legal_basis(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<String>> {
        self.part(ctx, languages, "legal_basis").await
    }

    /// The whole text in the reader's best language, with that language, and whether it is the original or stale.
    async fn text(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Languages,
    ) -> Result<Option<PracticeText>> {
        let text = self.chosen_text(ctx, languages.as_deref()).await?;
        Ok(text.map(|row| PracticeText { row, original_version: self.0.text_version }))
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

    /// Practices whose texts have the most in common with this one's, in any language both are told in; a theme in common counts a little, too.
    async fn similar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many; 0 to 20.", default = 5)] first: i32,
    ) -> Result<Vec<Object<Practice>>> {
        let count = match usize::try_from(first) {
            Ok(count) if count <= 20 => count,
            _ => refuse(Code::BadInput, "first", format!("“first” is {first}; it may be 0 to 20."))?,
        };
        let key = DocKey { kind: Practice::NAME.to_owned(), id: self.0.id.uuid() };
        let allowed = rule::index(&ctx.viewer());
        let found = ctx.data_unchecked::<Arc<SearchIndex>>().similar(&key, allowed.as_deref(), count);
        let found = found.map_err(|cause| Error::from(Fault::new(cause)))?;
        let loaded = try_join_all(found.into_iter().map(|key| ctx.load(Id::<Practice>::new(key.id)))).await?;
        Ok(loaded.into_iter().flatten().collect())
    }

    /// The city that did it.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<Object<City>>> {
        Ok(ctx.load(self.0.city).await?)
    }

    /// The pairing it comes from; null where it comes from none or the viewer may not see it.
    async fn pairing(&self, ctx: &Context<'_>) -> Result<Option<Object<Pairing>>> {
        match self.0.pairing {
            Some(pairing) => Ok(ctx.load(pairing).await?),
            None => Ok(None),
        }
    }

    /// The themes it belongs to, the most fitting first.
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<Object<Theme>>> {
        Ok(ctx.joined(&row::THEMES, self.0.id.uuid()).await?)
    }

    /// The goals of the global agendas it serves.
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<Object<Goal>>> {
        Ok(ctx.joined(&row::GOALS, self.0.id.uuid()).await?)
    }

    /// The seminars that presented it.
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
        Ok(seminar::of(
            ctx,
            self.0.id.uuid(),
            Parent::Left(&seminar::PRACTICES),
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

    /// The day it was published; null for drafts.
    async fn published_on(&self) -> Option<DateValue> {
        self.0.published_on.as_ref().map(|day| DateValue(day.0))
    }

    /// The day it began.
    async fn started_on(&self) -> Option<DateValue> {
        self.0.started_on.as_ref().map(|day| DateValue(day.0))
    }

    /// The day it ended; null while it goes on or where not known.
    async fn ended_on(&self) -> Option<DateValue> {
        self.0.ended_on.as_ref().map(|day| DateValue(day.0))
    }

    /// What was spent.
    async fn money(&self) -> Vec<MoneySpent> {
        let spent = |m: &row::Money| MoneySpent { amount: m.amount, currency: m.currency.clone(), year: m.year, what: m.what.clone() };
        self.0.money.iter().map(spent).collect()
    }

    /// Results in figures.
    async fn indicators(&self) -> Vec<Indicator> {
        let told = |i: &row::Indicator| Indicator { name: i.name.clone(), value: i.value, unit: i.unit.clone(), year: i.year };
        self.0.indicators.iter().map(told).collect()
    }

    /// Who took part.
    async fn stakeholders(&self) -> &[String] {
        &self.0.stakeholders
    }

    /// Why it was withdrawn; null unless it was.
    async fn withdrawn_reason(&self) -> Option<&str> {
        self.0.withdrawn_reason.as_deref()
    }

    /// What to read instead of a withdrawn practice.
    async fn successor(&self, ctx: &Context<'_>) -> Result<Option<Object<Self>>> {
        match self.0.successor {
            Some(successor) => Ok(ctx.load(successor).await?),
            None => Ok(None),
        }
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
