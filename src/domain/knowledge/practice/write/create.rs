//! Beginning a practice.
use async_graphql::{ID, InputObject};

use super::{
    super::{
        Practice, Row,
        row::{self, State},
    },
    input::{IndicatorInput, MoneySpentInput, indicators, money},
};
use crate::{
    access::{Act, Owners},
    base::{Id, Result},
    domain::{city::City, goal::Goal, pairing::Pairing, sharing, theme::Theme},
    kernel::text::{self, PartsInput},
    new_row, payload,
    relay::{DateValue, LanguageTag, refs},
    store::{Command, Json, Links, Tx},
};

/// What `createPractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreatePracticeInput {
    /// The city that did it.
    pub city: ID,
    /// The language of the texts.
    pub language: LanguageTag,
    /// Made of the title where not given.
    pub slug: Option<String>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Practice, text::Create>,
    /// Its themes, the most fitting first.
    #[graphql(default)]
    pub themes: Vec<ID>,
    /// The goals of the agendas it serves.
    #[graphql(default)]
    pub goals: Vec<ID>,
    /// The pairing it comes from.
    pub pairing: Option<ID>,
    /// The day it began.
    pub started_on: Option<DateValue>,
    /// The day it ended.
    pub ended_on: Option<DateValue>,
    /// What was spent.
    #[graphql(default)]
    pub money: Vec<MoneySpentInput>,
    /// Results in figures.
    #[graphql(default)]
    pub indicators: Vec<IndicatorInput>,
    /// Who took part.
    #[graphql(default)]
    pub stakeholders: Vec<String>,
    /// Who may see the draft, beside the city itself: a pairing of the city or a programme it takes part in. Only the city where not given.
    pub share_with: Option<ID>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `createPractice` answers.
    CreatePracticePayload {
        /// The draft.
        practice: Practice
    }
);

impl Command for CreatePracticeInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let city = Id::<City>::parse(&self.city, "input.city")?;
        let pairing = refs::given::<Pairing>(self.pairing.as_ref(), "input.pairing")?;
        let themes = refs::ids::<Theme>(&self.themes, "input.themes")?;
        let goals = refs::ids::<Goal>(&self.goals, "input.goals")?;
        tx.may(Act::Write, &Owners { cities: vec![city.uuid()], programmes: vec![] })?;
        let audience = sharing::draft_of(tx, city, self.share_with.as_ref(), "input.shareWith").await?;
        let id: Id<Practice> = tx.id();
        let slug = tx.slug::<Row>(self.slug.as_deref(), self.text.get("title").unwrap_or_default(), id).await?;
        let mut row = new_row!(id, slug, audience, {
            city,
            pairing,
            state: State::Draft,
            title: String::new(),
            folded: String::new(),
            summary: String::new(),
            language: self.language.0.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            published_on: None,
            published_at: tx.now(),
            year: None,
            started_on: self.started_on.map(|day| Json(day.0)),
            ended_on: self.ended_on.map(|day| Json(day.0)),
            money: money(&self.money),
            indicators: indicators(&self.indicators),
            stakeholders: Json(self.stakeholders.clone()),
            withdrawn_reason: None,
            successor: None,
        });
        text::begin(tx, &mut row, &self.text).await?;
        let links = [Links { join: &row::THEMES, to: themes }, Links { join: &row::GOALS, to: goals }];
        Ok(tx.create(row.derived(), &links).await?.id)
    }
}
