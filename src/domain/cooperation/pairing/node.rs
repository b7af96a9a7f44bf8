//! The face of a pairing.
use async_graphql::{Context, ID, Object, Result};
use jiff::civil::Date;

use super::{
    row::{self, State},
    term,
};
use crate::{
    base::Kind,
    domain::{
        call::{self, Call, Rules},
        city::City,
        document::{self, Document, DocumentFilter, DocumentOrder},
        practice::{self, Practice, PracticeFilter, PracticeOrder},
        programme::Programme,
        seminar::{self, Seminar, SeminarFilter, SeminarOrder},
        theme::Theme,
    },
    relay::{AudienceView, Connection, DateTime, DateValue, LanguageTag, NodeType, Object, PageArgs, context::Asking},
    store::reader::Parent,
};

/// Two or more cities that promised to learn from each other for a while.
pub struct Pairing(pub(super) row::Model);

impl Kind for Pairing {
    const NAME: &'static str = "pairing";
}

impl NodeType for Pairing {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

impl Pairing {
    fn started(&self) -> Option<Date> {
        self.0.started_on.as_ref().map(|day| day.0)
    }

    /// The last day a rule of the call counts to from the start; unknown where start, call or rule are.
    async fn until(&self, ctx: &Context<'_>, months: fn(&Rules) -> Option<i32>) -> Result<Option<Date>> {
        let (Some(start), Some(call)) = (self.started(), self.0.call) else { return Ok(None) };
        let call: Option<Object<Call>> = ctx.load(call).await?;
        Ok(call.and_then(|call| term::until(Some(start), months(call::rules_of(&call.0)))))
    }

    async fn support(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        self.until(ctx, |rules| rules.maximum_support_months).await
    }
}

/// Two or more cities that promised to learn from each other for a while.
#[Object]
impl Pairing {
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

    /// The name, mostly those of its cities.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is about.
    async fn summary(&self) -> Option<&str> {
        self.0.summary.as_deref()
    }

    /// The language of the summary.
    async fn language(&self) -> LanguageTag {
        LanguageTag(self.0.language.clone())
    }

    /// Where it is in its life.
    async fn state(&self) -> State {
        self.0.state
    }

    /// The programme that brought the cities together.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Option<Object<Programme>>> {
        Ok(ctx.load(self.0.programme).await?)
    }

    /// The call whose rules it follows; null where not known.
    async fn call(&self, ctx: &Context<'_>) -> Result<Option<Object<Call>>> {
        match self.0.call {
            Some(call) => Ok(ctx.load(call).await?),
            None => Ok(None),
        }
    }

    /// Its cities.
    async fn cities(&self, ctx: &Context<'_>) -> Result<Vec<Object<City>>> {
        Ok(ctx.joined(&row::CITIES, self.0.id.uuid()).await?)
    }

    /// The theme the cities chose.
    async fn theme(&self, ctx: &Context<'_>) -> Result<Option<Object<Theme>>> {
        match self.0.theme {
            Some(theme) => Ok(ctx.load(theme).await?),
            None => Ok(None),
        }
    }

    /// The day it began; null where not known.
    async fn started_on(&self) -> Option<DateValue> {
        self.started().map(DateValue)
    }

    /// The day until which the cities promised to work together at the least, by the rules of the call; null where its start or call is not known.
    async fn commitment_until(&self, ctx: &Context<'_>) -> Result<Option<DateValue>> {
        Ok(self.until(ctx, |rules| rules.minimum_cooperation_months).await?.map(DateValue))
    }

    /// The last day on which the programme may support it, by the rules of the call; null where its start or call is not known.
    async fn support_until(&self, ctx: &Context<'_>) -> Result<Option<DateValue>> {
        Ok(self.support(ctx).await?.map(DateValue))
    }

    /// Whether the programme supports it today: it is active and its support has not run out. Null where it is active and the end of its support
    /// is not known.
    async fn is_supported(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let until = if self.0.state == State::Active { self.support(ctx).await? } else { None };
        Ok(term::is_supported(self.0.state, until, ctx.now().day()))
    }

    /// Where the facts come from.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// Its seminars.
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
        Ok(seminar::of(ctx, self.0.id.uuid(), Parent::Column("pairing"), filter, order_by, &PageArgs::new(first, after, last, before))
            .await?)
    }

    /// The practices that come from it.
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
        Ok(practice::of(ctx, self.0.id.uuid(), Parent::Column("pairing"), filter, order_by, &PageArgs::new(first, after, last, before))
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

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}
