//! Changing a practice.
use async_graphql::{ID, InputObject, MaybeUndefined};
use uuid::Uuid;

use super::{
    super::{
        Practice, Row,
        life::UPDATE,
        row::{self, State},
    },
    input::{IndicatorInput, MoneySpentInput, indicators, money},
};
use crate::{
    base::{Code, Id, Result, refuse_if},
    domain::{goal::Goal, sharing, theme::Theme},
    kernel::{
        life,
        text::{self, PartsInput},
    },
    payload,
    relay::{DateValue, refs},
    store::{Command, Json, Links, Tx},
};

/// What `updatePractice` takes; what is left out stays as it is. Texts are those of the original; for others use `translatePractice`.
#[derive(Clone, Debug, InputObject)]
pub struct UpdatePracticeInput {
    /// The practice.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
    /// What it tells.
    #[graphql(flatten)]
    pub text: PartsInput<Practice, text::Update>,
    /// Its themes, all anew.
    pub themes: Option<Vec<ID>>,
    /// The goals it serves, all anew.
    pub goals: Option<Vec<ID>>,
    /// The day it began; null forgets it.
    pub started_on: MaybeUndefined<DateValue>,
    /// The day it ended; null forgets it.
    pub ended_on: MaybeUndefined<DateValue>,
    /// What was spent, all anew.
    pub money: Option<Vec<MoneySpentInput>>,
    /// Results in figures, all anew.
    pub indicators: Option<Vec<IndicatorInput>>,
    /// Who took part, all anew.
    pub stakeholders: Option<Vec<String>>,
    /// Who may see it: a pairing of the city, a programme it takes part in, or the city alone (its own id). Narrowing hides it from the others at once,
    /// in lists, search, feeds and past events. Widening to everyone is `publishPractice`.
    pub share_with: Option<ID>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `updatePractice` answers.
    UpdatePracticePayload {
        /// The practice as it is now.
        practice: Practice
    }
);

/// The command.
pub struct Update {
    input: UpdatePracticeInput,
    id: Id<Practice>,
    themes: Option<Vec<Uuid>>,
    goals: Option<Vec<Uuid>>,
}

impl Update {
    /// Reads the ids of the input.
    pub fn read(input: UpdatePracticeInput) -> Result<Self> {
        Ok(Self {
            id: Id::parse(&input.id, "input.id")?,
            themes: input.themes.as_deref().map(|list| refs::ids::<Theme>(list, "input.themes")).transpose()?,
            goals: input.goals.as_deref().map(|list| refs::ids::<Goal>(list, "input.goals")).transpose()?,
            input,
        })
    }

    async fn change_text(&self, tx: &mut Tx<'_>, practice: &mut Row) -> Result<()> {
        let Some(revision) = text::revise::<Practice>(tx, practice, &self.input.text).await? else { return Ok(()) };
        let (was, now) = (revision.tells("difficulties"), revision.will_tell("difficulties"));
        refuse_if(
            practice.state == State::Published && was && !now,
            Code::Required,
            "input.difficulties",
            "A published practice tells what was hard.",
        )?;
        revision.save::<Practice>(tx, practice).await
    }
}

impl Command for Update {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let input = &self.input;
        let before = life::begin(tx, &UPDATE, self.id, input.expected_version).await?;
        let mut after = before.clone();
        if let Some(slug) = &input.slug {
            after.slug = tx.new_slug::<Row>(slug, before.id, "input.slug").await?;
        }
        if !input.started_on.is_undefined() {
            after.started_on = input.started_on.as_opt_ref().flatten().map(|day| Json(day.0));
        }
        if !input.ended_on.is_undefined() {
            after.ended_on = input.ended_on.as_opt_ref().flatten().map(|day| Json(day.0));
        }
        if let Some(list) = &input.money {
            after.money = money(list);
        }
        if let Some(list) = &input.indicators {
            after.indicators = indicators(list);
        }
        if let Some(list) = &input.stakeholders {
            after.stakeholders = Json(list.clone());
        }
        let mut links = Vec::new();
        if let Some(themes) = &self.themes {
            links.push(Links { join: &row::THEMES, to: themes.clone() });
        }
        if let Some(goals) = &self.goals {
            links.push(Links { join: &row::GOALS, to: goals.clone() });
        }
        if input.share_with.is_some() {
            after.audience = sharing::draft_of(tx, before.city, input.share_with.as_ref(), "input.shareWith").await?;
        }
        self.change_text(tx, &mut after).await?;
        tx.change(&before, after.derived(), &links).await?;
        Ok(self.id)
    }
}
