//! Writing calls: the officers of the programme that calls.
use async_graphql::{ID, InputObject};

use super::{
    Call, Row, life,
    row::{Rules, State},
};
use crate::{domain::programme::Programme, kernel::prelude::write::*};

/// What `createCall` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CreateCallInput {
    /// The programme that calls.
    pub programme: ID,
    #[graphql(flatten)]
    pub new: New<Call>,
    /// The rules its pairings follow.
    pub rules: Rules,
}

/// What `updateCall` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCallInput {
    #[graphql(flatten)]
    pub change: Change<Call>,
    /// The rules, all anew: where they differ they are the next version.
    pub rules: Option<Rules>,
}

payload!(CallPayload { call: Call }, "What the mutations of calls answer.", "The call as it is now.");

impl Command for CreateCallInput {
    type Output = Id<Call>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Call>> {
        let programme = Id::<Programme>::parse(&self.programme, "input.programme")?;
        tx.may(Act::Govern, &Owners::of_programmes([programme.uuid()]))?;
        let id: Id<Call> = tx.id();
        let mut row = new_row!(id, String::new(), Audience::public(), {
            programme,
            state: State::Announced,
            rules: Json(self.rules.clone().of_version(1)),
        });
        self.new.fill(tx, &mut row, None).await?;
        Ok(tx.create(row.derived(), &[]).await?.id)
    }
}

impl Command for UpdateCallInput {
    type Output = Id<Call>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Call>> {
        let (before, mut after) = self.change.begin(tx, &life::UPDATE).await?;
        if let Some(rules) = &self.rules
            && rules.clone().of_version(before.rules.version) != before.rules.0
        {
            after.rules = Json(rules.clone().of_version(before.rules.version + 1));
        }
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

mutations!("CallMutation" {
    /// Announces a call. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    create_call(input: CreateCallInput) -> CallPayload = input.new.idempotency_key => input,
    /// Changes a call; what is left out stays as it is. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_call(input: UpdateCallInput) -> CallPayload = input.change.target.idempotency_key => input,
    /// Lets cities apply. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    open_call(input: StepInput<Call>) -> CallPayload = input.target.idempotency_key => Step(input.target, &life::OPEN),
    /// Takes no more applications. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    close_call(input: StepInput<Call>) -> CallPayload = input.target.idempotency_key => Step(input.target, &life::CLOSE),
});
