//! Writing calls: the officers of the programme that calls.
use async_graphql::{ID, InputObject, MaybeUndefined};

use super::{Call, Row, life, row::Rules};
use crate::{
    access::{Act, Audience, Owners},
    base::{Id, Moment, Result as Done},
    domain::programme::Programme,
    kernel::life::{self as lives, Step},
    mutations, new_row, payload,
    relay::{ImpreciseDateInput, Target, put},
    store::{Command, Json, Tx},
};

/// The rules of a call. Months are calendar months, clamped to the month's end. What is left out is no rule.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct CallRulesInput {
    /// For how many months from the start cities promise to cooperate at least; 0 to 1,200, as all of these.
    pub minimum_cooperation_months: Option<i32>,
    /// For how many months from the start a pairing is supported at most.
    pub maximum_support_months: Option<i32>,
    /// How many months after the start the plan is due.
    pub plan_due_months: Option<i32>,
    /// How many months after the start the pilot is due.
    pub pilot_due_months: Option<i32>,
    /// How many inhabitants a city needs.
    pub minimum_population: Option<i64>,
}

impl CallRulesInput {
    fn of_version(self, version: i64) -> Rules {
        Rules {
            version,
            minimum_cooperation_months: self.minimum_cooperation_months,
            maximum_support_months: self.maximum_support_months,
            plan_due_months: self.plan_due_months,
            pilot_due_months: self.pilot_due_months,
            minimum_population: self.minimum_population,
        }
    }
}

/// What `createCall` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateCallInput {
    /// The programme that calls.
    pub programme: ID,
    /// 1 to 300 characters.
    pub name: String,
    /// Made of the name where not given.
    pub slug: Option<String>,
    /// Whom it invites, as the programme names its sides; all where not given.
    pub side: Option<String>,
    /// What it asks for, up to 20,000 characters, in the programme's language.
    pub description: Option<String>,
    /// When it opens.
    pub opens: Option<ImpreciseDateInput>,
    /// When it closes.
    pub closes: Option<ImpreciseDateInput>,
    /// The rules its pairings follow.
    pub rules: CallRulesInput,
    /// Where the facts come from.
    pub source: Option<String>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

/// What `updateCall` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCallInput {
    #[graphql(flatten)]
    pub target: Target<Call>,
    /// 1 to 300 characters.
    pub name: Option<String>,
    /// A new slug; the old one keeps working.
    pub slug: Option<String>,
    /// Whom it invites; null invites all.
    pub side: MaybeUndefined<String>,
    /// What it asks for; null forgets it.
    pub description: MaybeUndefined<String>,
    /// When it opens; null where not known.
    pub opens: MaybeUndefined<ImpreciseDateInput>,
    /// When it closes; null where not known.
    pub closes: MaybeUndefined<ImpreciseDateInput>,
    /// The rules, all anew: where they differ they are the next version.
    pub rules: Option<CallRulesInput>,
    /// Where the facts come from; null forgets it.
    pub source: MaybeUndefined<String>,
}

/// What `openCall` and `closeCall` take.
#[derive(Clone, Debug, InputObject)]
pub struct CallStepInput {
    #[graphql(flatten)]
    pub target: Target<Call>,
}

payload!(
    /// What the mutations of calls answer.
    CallPayload {
        /// The call as it is now.
        call: Call
    }
);

impl Command for CreateCallInput {
    type Output = Id<Call>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Call>> {
        let programme = Id::<Programme>::parse(&self.programme, "input.programme")?;
        tx.may(Act::Govern, &Owners { cities: vec![], programmes: vec![programme.uuid()] })?;
        let id: Id<Call> = tx.id();
        let row = new_row!(id, tx.slug::<Row>(self.slug.as_deref(), &self.name, id).await?, Audience::public(), {
            programme,
            name: self.name.trim().to_owned(),
            side: self.side.clone(),
            description: self.description.clone(),
            state: super::row::State::Announced,
            opens: self.opens.clone().map(|day| Json(day.into())),
            closes: self.closes.clone().map(|day| Json(day.into())),
            opens_at: Moment(0),
            opens_by: Moment(0),
            rules: Json(self.rules.of_version(1)),
            source: self.source.clone(),
        })
        .derived();
        Ok(tx.create(row, &[]).await?.id)
    }
}

impl Command for UpdateCallInput {
    type Output = Id<Call>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Call>> {
        let before = lives::begin(tx, &life::UPDATE, &self.target).await?;
        let mut after = before.clone();
        put(&mut after.name, self.name.as_ref().map(|name| name.trim().to_owned()));
        after.slug = tx.changed_slug(&before, self.slug.as_ref()).await?;
        self.side.clone().update_to(&mut after.side);
        self.description.clone().update_to(&mut after.description);
        self.opens.clone().map_value(|day| Json(day.into())).update_to(&mut after.opens);
        self.closes.clone().map_value(|day| Json(day.into())).update_to(&mut after.closes);
        if let Some(rules) = self.rules
            && rules.of_version(before.rules.version) != before.rules.0
        {
            after.rules = Json(rules.of_version(before.rules.version + 1));
        }
        self.source.clone().update_to(&mut after.source);
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

mutations!("CallMutation" {
    /// Announces a call. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    create_call(input: CreateCallInput) -> CallPayload = input.idempotency_key => input,
    /// Changes a call; what is left out stays as it is. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_call(input: UpdateCallInput) -> CallPayload = input.target.idempotency_key => input,
    /// Lets cities apply. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    open_call(input: CallStepInput) -> CallPayload = input.target.idempotency_key => Step(input.target, &life::OPEN),
    /// Takes no more applications. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    close_call(input: CallStepInput) -> CallPayload = input.target.idempotency_key => Step(input.target, &life::CLOSE),
});
