//! Beginning a practice.
use async_graphql::{ID, InputObject};
use uuid::Uuid;

use super::{
    super::{
        Practice, Row,
        row::{self, State},
        text as parts,
    },
    input::{IndicatorInput, MoneySpentInput, fields, in_order, indicators, money},
};
use crate::{
    access::{Act, Owners},
    base::{Code, Error, Id, Moment, Result, refuse},
    domain::{city::City, goal::Goal, pairing::Pairing, sharing, theme::Theme},
    kernel::text,
    payload,
    relay::{DateValue, LanguageTag, NodeType, refs},
    store::{Command, Json, Links, Tx},
};

/// What `createPractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreatePracticeInput {
    /// The city that did it.
    pub city: ID,
    /// The language of the texts.
    pub language: LanguageTag,
    /// 1 to 300 characters.
    pub title: String,
    /// 1 to 3,000 characters.
    pub summary: String,
    /// Made of the title where not given.
    pub slug: Option<String>,
    /// What was done, in full.
    pub body: Option<String>,
    /// The challenge it answers.
    pub challenge: Option<String>,
    /// What it aims at.
    pub objectives: Option<String>,
    /// What came of it.
    pub results: Option<String>,
    /// What was hard; needed before it is published.
    pub difficulties: Option<String>,
    /// What was learned.
    pub lessons: Option<String>,
    /// What another city needs for it.
    pub transfer_conditions: Option<String>,
    /// The business or financing model.
    pub financing: Option<String>,
    /// The legal basis.
    pub legal_basis: Option<String>,
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

    fn fields(&self) -> text::Fields {
        let input = &self.input;
        fields(&[
            ("title", Some(&input.title)),
            ("summary", Some(&input.summary)),
            ("body", input.body.as_ref()),
            ("challenge", input.challenge.as_ref()),
            ("objectives", input.objectives.as_ref()),
            ("results", input.results.as_ref()),
            ("difficulties", input.difficulties.as_ref()),
            ("lessons", input.lessons.as_ref()),
            ("transfer_conditions", input.transfer_conditions.as_ref()),
            ("financing", input.financing.as_ref()),
            ("legal_basis", input.legal_basis.as_ref()),
        ])
    }
}

impl Command for Create {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let input = &self.input;
        tx.may(Act::Write, &Owners { cities: vec![self.city.uuid()], programmes: vec![] })?;
        let _: <City as NodeType>::Row = tx.seen(self.city, "input.city").await?;
        if let Some(pairing) = self.pairing {
            let _: <Pairing as NodeType>::Row = tx.seen(pairing, "input.pairing").await?;
        }
        tx.all_seen::<<Theme as NodeType>::Row>(&self.themes, "input.themes").await?;
        tx.all_seen::<<Goal as NodeType>::Row>(&self.goals, "input.goals").await?;
        in_order(input.started_on, input.ended_on)?;
        let original = self.fields();
        let refusals = parts::check(&original, "input.");
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let audience = sharing::draft_of(tx, self.city, input.share_with.as_ref(), "input.shareWith").await?;
        let id: Id<Practice> = tx.id();
        let slug = tx.slug::<Row>(input.slug.as_deref(), &input.title, id).await?;
        let saved = text::save_original(tx, id.uuid(), &input.language.0, original, &[]).await?;
        let row = Row {
            id,
            slug,
            version: 0,
            audience,
            created_at: Moment(0),
            updated_at: Moment(0),
            city: self.city,
            pairing: self.pairing,
            state: State::Draft,
            title: input.title.trim().to_owned(),
            folded: String::new(),
            summary: input.summary.trim().to_owned(),
            language: input.language.0.clone(),
            languages: Json(saved.heads),
            text_version: saved.text_version,
            published_on: None,
            published_at: tx.now(),
            year: None,
            started_on: input.started_on.map(|day| Json(day.0)),
            ended_on: input.ended_on.map(|day| Json(day.0)),
            money: money(&input.money)?,
            indicators: indicators(&input.indicators),
            stakeholders: Json(input.stakeholders.clone()),
            withdrawn_reason: None,
            successor: None,
        }
        .derived();
        if row.stakeholders.len() > 200 {
            return refuse(Code::TooLong, "input.stakeholders", "At most 200 stakeholders are allowed.");
        }
        let links = [Links { join: &row::THEMES, to: self.themes.clone() }, Links { join: &row::GOALS, to: self.goals.clone() }];
        Ok(tx.create(row, &links)?.id)
    }
}
