//! A practice in the graph: what its declarations do not say already.
use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use futures_util::future::try_join_all;

use super::{
    completeness::Completeness,
    form::{PracticeForm, PracticeInForm},
    key_date::KeyDateView,
    partners::PartnersSought,
    reviewing::{PracticeReview, ReviewProgress},
    row::{self, Indicator, Maturity, Money, State},
    told::{Part, Told, list_items, parts},
};
use crate::{
    access::rule,
    base::{Code, Error, Fault, Id, Kind, Result as Done, refuse},
    domain::{
        adoption::{self, Adoption, AdoptionByLikeCity, PracticeLineage},
        city,
        programme::Programme,
    },
    kernel::{
        prelude::node::*,
        text::{self, Chosen, Written},
    },
    relay::{Connection, PageArgs},
    search::{DocKey, SearchIndex},
};

node!(
    /// Something a city did that others can learn from.
    Practice = "practice", Texts, ViewerCan; {
        /// Where it is in its life.
        "state": State = |row| row.state,
        /// The day it was published; null for drafts.
        "publishedOn": Option<DateValue> = |row| row.published_on.as_ref().map(|day| DateValue(day.0)),
        /// The day it began.
        "startedOn": Option<DateValue> = |row| row.started_on.as_ref().map(|day| DateValue(day.0)),
        /// The day it ended; null while it goes on or where not known.
        "endedOn": Option<DateValue> = |row| row.ended_on.as_ref().map(|day| DateValue(day.0)),
        /// Why it was withdrawn; null unless it was.
        "withdrawnReason": Option<&str> = |row| row.withdrawn_reason.as_deref(),
        /// How far it has proved itself beyond its city: reckoned from the adoptions of it that everyone sees and that are concluded and work. None: promising. In
        /// another city at least: good. In three other cities at least, of two countries at least: institutionalised. That it changes is no save of the practice.
        "maturity": Maturity = |row| row.maturity,
    }
);

impl Practice {
    /// Whether it keeps from the viewer what it said: it was withdrawn, and is another city's.
    fn keeps_back(&self, ctx: &Context<'_>) -> bool {
        Self::withholds(&self.0, &ctx.viewer())
    }

    fn chosen(&self, ctx: &Context<'_>, languages: Option<Vec<LanguageTag>>) -> Chosen {
        text::choose(ctx, languages.as_deref(), &self.0.language, &self.0.languages)
    }

    /// The lines of a part of its text in the reader's language.
    async fn list(&self, ctx: &Context<'_>, languages: Option<Vec<LanguageTag>>, part: Part) -> Done<Vec<String>> {
        if self.keeps_back(ctx) {
            return Ok(Vec::new());
        }
        let text = text::load(ctx, self.0.id.uuid(), self.chosen(ctx, languages).language).await?;
        Ok(part.of(text.as_ref()).map(list_items).unwrap_or_default())
    }
}

/// Something a city did that others can learn from, told with its difficulties.
#[Object]
impl Practice {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
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

    /// What went wrong elsewhere: the adoptions of it that failed, or work in part only, the last recorded first; `lessons` tells what was learned.
    async fn failed_adoptions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Adoption>> {
        adoption::gone_wrong(ctx, self.0.id.uuid(), &PageArgs::new(first, after, last, before)).await
    }

    /// Where it comes from and what came of it, by adoptions, as far as the viewer may see them. Null where it is refused.
    async fn lineage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many adoptions away at the most; 1 to 5.", default = 3)] depth: i32,
    ) -> Result<Option<Object<PracticeLineage>>> {
        adoption::lineage(ctx, self.0.id.uuid(), depth).await
    }

    /// What cities that are like this one made of it, the most alike first, each with what the two have in common; cities that have nothing in common with it are
    /// left out. Null where it is refused.
    async fn adopted_by_cities_like(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The city, by id: one that thinks about taking it up, say.")] city: ID,
        #[graphql(desc = "At most this many; 0 to 20.", default = 5)] first: i32,
    ) -> Result<Option<Vec<Object<AdoptionByLikeCity>>>> {
        adoption::by_cities_like(ctx, self.0.id.uuid(), &city, first).await
    }

    /// The programmes its city takes part in.
    async fn programmes(&self, ctx: &Context<'_>) -> Result<Vec<Object<Programme>>> {
        match ctx.load(self.0.city).await? {
            Some(_) => Ok(ctx.joined(&city::PROGRAMMES, self.0.city.uuid()).await?),
            None => Ok(Vec::new()),
        }
    }

    /// Where it is on its way through review; null where it is not in review.
    async fn review(&self) -> Option<Object<ReviewProgress>> {
        ReviewProgress::of(&self.0)
    }

    /// What reviewers said of it, the first first; of a withdrawn practice its city alone is told.
    async fn reviews(&self, ctx: &Context<'_>) -> Vec<Object<PracticeReview>> {
        if self.keeps_back(ctx) { Vec::new() } else { PracticeReview::all(&self.0) }
    }

    /// Whether more than a fifth of the words of the original changed since it was approved, so that it is to be reviewed again: changes add up, and what is changed back is
    /// another change.
    async fn needs_review(&self) -> bool {
        self.0.is_review_due
    }

    /// That its city seeks partner cities for it; null where it seeks none.
    async fn seeks_partners(&self) -> Option<Object<PartnersSought>> {
        PartnersSought::of(&self.0).map(Object)
    }

    /// What was spent; of a withdrawn practice its city alone is told.
    async fn money(&self, ctx: &Context<'_>) -> &[Money] {
        if self.keeps_back(ctx) { &[] } else { &self.0.money }
    }

    /// Results in figures; of a withdrawn practice its city alone is told.
    async fn indicators(&self, ctx: &Context<'_>) -> &[Indicator] {
        if self.keeps_back(ctx) { &[] } else { &self.0.indicators }
    }

    /// What happened when, in few words; of a withdrawn practice its city alone is told.
    async fn key_dates(&self, ctx: &Context<'_>) -> Vec<KeyDateView> {
        if self.keeps_back(ctx) { Vec::new() } else { self.0.key_dates.iter().map(KeyDateView::from).collect() }
    }

    /// The lines of `process`, without what numbers them.
    async fn process_steps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> Result<Vec<String>> {
        Ok(self.list(ctx, languages, parts::PROCESS).await?)
    }

    /// The lines of `transferConditions`, without what marks them: what another city checks before it takes it over.
    async fn transfer_checklist(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> Result<Vec<String>> {
        Ok(self.list(ctx, languages, parts::TRANSFER_CONDITIONS).await?)
    }

    /// What a reader would miss, by the original text. A text that only leads elsewhere (“see link”) is missing. Null of a withdrawn practice, but for its city.
    async fn completeness(&self, ctx: &Context<'_>) -> Result<Option<Completeness>> {
        if self.keeps_back(ctx) {
            return Ok(None);
        }
        let original = Chosen { language: self.0.language.clone(), is_original: true };
        Ok(Some(Completeness::of(&Told::of(ctx, &self.0, original).await?)))
    }

    /// It, as one of the usual forms for good practices asks for it: its parts in the form's order and within its lengths, with what is missing or too long, in
    /// the reader's best language. Null of a withdrawn practice, but for its city.
    async fn form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The form.")] form: PracticeForm,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> Result<Option<PracticeInForm>> {
        if self.keeps_back(ctx) {
            return Ok(None);
        }
        let chosen = self.chosen(ctx, languages);
        Ok(Some(form.filled(&Told::of(ctx, &self.0, chosen.clone()).await?, &chosen)))
    }

    /// Who took part and is no organisation of the hub.
    #[graphql(deprecation = "Organisations that take part are told by `involvements`; this is for those who are none.")]
    async fn stakeholders(&self, ctx: &Context<'_>) -> &[String] {
        if self.keeps_back(ctx) { &[] } else { &self.0.stakeholders }
    }
}
