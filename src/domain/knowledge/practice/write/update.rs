//! Changing a practice.
use async_graphql::{ID, InputObject, MaybeUndefined};
use uuid::Uuid;

use super::{
    super::{
        Practice, Row,
        row::{self, State},
        text as parts,
    },
    input::{IndicatorInput, MoneySpentInput, in_order, indicators, may_write, money},
};
use crate::{
    base::{Code, Error, Id, Result, refuse_if},
    domain::{goal::Goal, sharing, theme::Theme},
    kernel::text,
    payload,
    relay::{DateValue, NodeType, refs},
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
    /// 1 to 300 characters.
    pub title: Option<String>,
    /// 1 to 3,000 characters.
    pub summary: Option<String>,
    /// What was done, in full; null forgets it.
    pub body: MaybeUndefined<String>,
    /// The challenge it answers; null forgets it.
    pub challenge: MaybeUndefined<String>,
    /// What it aims at; null forgets it.
    pub objectives: MaybeUndefined<String>,
    /// What came of it; null forgets it.
    pub results: MaybeUndefined<String>,
    /// What was hard; may not be forgotten once published.
    pub difficulties: MaybeUndefined<String>,
    /// What was learned; null forgets it.
    pub lessons: MaybeUndefined<String>,
    /// What another city needs for it; null forgets it.
    pub transfer_conditions: MaybeUndefined<String>,
    /// The business or financing model; null forgets it.
    pub financing: MaybeUndefined<String>,
    /// The legal basis; null forgets it.
    pub legal_basis: MaybeUndefined<String>,
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

    /// The parts of the text the input changes.
    fn changed(&self) -> Vec<(&'static str, Option<String>)> {
        let input = &self.input;
        let given = |part, text: &Option<String>| text.clone().map(|text| (part, Some(text)));
        let maybe = |part, text: &MaybeUndefined<String>| (!text.is_undefined()).then(|| (part, text.as_opt_ref().flatten().cloned()));
        [
            given("title", &input.title),
            given("summary", &input.summary),
            maybe("body", &input.body),
            maybe("challenge", &input.challenge),
            maybe("objectives", &input.objectives),
            maybe("results", &input.results),
            maybe("difficulties", &input.difficulties),
            maybe("lessons", &input.lessons),
            maybe("transfer_conditions", &input.transfer_conditions),
            maybe("financing", &input.financing),
            maybe("legal_basis", &input.legal_basis),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    async fn change_text(&self, tx: &mut Tx<'_>, practice: &mut Row) -> Result<()> {
        let changed = self.changed();
        if changed.is_empty() {
            return Ok(());
        }
        let texts = text::translations_of(tx, self.id.uuid()).await?;
        let mut fields = texts.iter().find(|text| text.is_original).map(|text| text.fields.0.clone()).unwrap_or_default();
        for (part, text) in changed {
            match text {
                Some(text) => fields.insert(part.to_owned(), text),
                None => fields.remove(part),
            };
        }
        let refusals = parts::check(&fields, "input.");
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let tells = fields.get("difficulties").is_some_and(|text| !text.trim().is_empty());
        let told = texts.iter().any(|text| text.is_original && text.field("difficulties").is_some());
        refuse_if(
            practice.state == State::Published && told && !tells,
            Code::Required,
            "input.difficulties",
            "A published practice tells what was hard.",
        )?;
        practice.title = fields.get("title").map(|text| text.trim().to_owned()).unwrap_or_default();
        practice.summary = fields.get("summary").map(|text| text.trim().to_owned()).unwrap_or_default();
        let saved = text::save_original(tx, self.id.uuid(), &practice.language.clone(), fields, &texts).await?;
        practice.text_version = saved.text_version;
        Ok(())
    }
}

impl Command for Update {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let input = &self.input;
        let before: Row = tx.seen(self.id, "input.id").await?;
        may_write(tx, &before)?;
        tx.expect(&before, input.expected_version)?;
        refuse_if(before.state == State::Withdrawn, Code::WrongState, "input.id", "It was withdrawn; a tombstone does not change.")?;
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
        in_order(after.started_on.as_ref().map(|day| DateValue(day.0)), after.ended_on.as_ref().map(|day| DateValue(day.0)))?;
        if let Some(list) = &input.money {
            after.money = money(list)?;
        }
        if let Some(list) = &input.indicators {
            after.indicators = indicators(list);
        }
        if let Some(list) = &input.stakeholders {
            after.stakeholders = Json(list.clone());
        }
        let mut links = Vec::new();
        if let Some(themes) = &self.themes {
            tx.all_seen::<<Theme as NodeType>::Row>(themes, "input.themes").await?;
            links.push(Links { join: &row::THEMES, to: themes.clone() });
        }
        if let Some(goals) = &self.goals {
            tx.all_seen::<<Goal as NodeType>::Row>(goals, "input.goals").await?;
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
