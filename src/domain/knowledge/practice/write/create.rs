//! Beginning a practice.
use async_graphql::{ID, InputObject};
use uuid::Uuid;

use super::{
    super::{
        Practice, Row,
        row::{self, State},
    },
    input::{IndicatorInput, MoneySpentInput, indicators, money},
};
use crate::{
    access::{Act, Owners},
    base::{Id, Moment, Result},
    domain::{city::City, goal::Goal, pairing::Pairing, sharing, theme::Theme},
    kernel::text::{self, PartsInput, Written},
    payload,
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

/// The command.
pub struct Create {
    input: CreatePracticeInput,
    city: Id<City>,
    pairing: Option<Id<Pairing>>,
    themes: Vec<Uuid>,
    goals: Vec<Uuid>,
}

impl Create {
    /// Reads the ids of the input.
    pub fn read(input: CreatePracticeInput) -> Result<Self> {
        Ok(Self {
            city: Id::parse(&input.city, "input.city")?,
            pairing: input.pairing.as_ref().map(|id| Id::parse(id, "input.pairing")).transpose()?,
            themes: refs::ids::<Theme>(&input.themes, "input.themes")?,
            goals: refs::ids::<Goal>(&input.goals, "input.goals")?,
            input,
        })
    }
}

impl Command for Create {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let input = &self.input;
        tx.may(Act::Write, &Owners { cities: vec![self.city.uuid()], programmes: vec![] })?;
        let original = input.text.fields();
        text::refuse::<Practice>(tx, &original)?;
        let audience = sharing::draft_of(tx, self.city, input.share_with.as_ref(), "input.shareWith").await?;
        let id: Id<Practice> = tx.id();
        let slug = tx.slug::<Row>(input.slug.as_deref(), input.text.get("title").unwrap_or_default(), id).await?;
        let saved = text::save_original(tx, id.uuid(), &input.language.0, original.clone(), &[]).await?;
        let mut row = Row {
            id,
            slug,
            version: 0,
            audience,
            created_at: Moment(0),
            updated_at: Moment(0),
            city: self.city,
            pairing: self.pairing,
            state: State::Draft,
            title: String::new(),
            folded: String::new(),
            summary: String::new(),
            language: input.language.0.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            published_on: None,
            published_at: tx.now(),
            year: None,
            started_on: input.started_on.map(|day| Json(day.0)),
            ended_on: input.ended_on.map(|day| Json(day.0)),
            money: money(&input.money),
            indicators: indicators(&input.indicators),
            stakeholders: Json(input.stakeholders.clone()),
            withdrawn_reason: None,
            successor: None,
        };
        Practice::keep(&mut row, saved, &original);
        let links = [Links { join: &row::THEMES, to: self.themes.clone() }, Links { join: &row::GOALS, to: self.goals.clone() }];
        Ok(tx.create(row.derived(), &links).await?.id)
    }
}
