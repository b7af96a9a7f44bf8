//! Writing adoptions: the city that took a practice up tells of it, the one that gave it answers, and both consent that everyone may see it.
mod answer;
mod begin;
mod conclude;
mod consent;
mod record;
mod update;

use async_graphql::InputObject;

use super::{Adoption, Row, life};
use crate::kernel::{life::reason, prelude::write::*};

use answer::AnswerAdoptionInput;
use begin::begin;
use conclude::ConcludeAdoptionInput;
use consent::{ConsentToAdoptionInput, WithdrawAdoptionConsentInput};
use record::RecordAdoptionInput;
use update::{ReachAdoptionPhaseInput, UpdateAdoptionInput};

pub(super) use begin::{UNTOLD, is_of_city, version_of};

/// What `reopenAdoption` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ReopenAdoptionInput {
    #[graphql(flatten)]
    pub target: Target<Adoption>,
}

/// What `withdrawAdoption` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawAdoptionInput {
    #[graphql(flatten)]
    pub target: Target<Adoption>,
    /// Why, 1 to 2,000 characters; everyone who could read the adoption reads it.
    pub reason: String,
}

payload!(AdoptionPayload { adoption: Adoption }, "What the mutations of adoptions answer.", "The adoption as it is now.");

impl Command for ReopenAdoptionInput {
    type Output = Id<Adoption>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Adoption>> {
        let before = begin(tx, &life::REOPEN, &self.target).await?;
        let after = Row { outcome: None, concluded_on: None, ..life::REOPEN.applied(&before) };
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

impl Command for WithdrawAdoptionInput {
    type Output = Id<Adoption>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Adoption>> {
        let before = begin(tx, &life::WITHDRAW, &self.target).await?;
        let mut after = before.clone();
        after.take_back(reason(&self.reason, life::WITHDRAW.done)?);
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

mutations!("AdoptionMutation" {
    /// Tells that a city took up a practice of another one, which its representatives see, and which version of it. The two cities see it, until both have consented
    /// that everyone may (`consentToAdoption`); the people of the city that gave the practice are told. For the representatives of the city that took it up and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, WRONG_STATE, KEY_REUSED.
    record_adoption(input: RecordAdoptionInput) -> AdoptionPayload = input.new.idempotency_key => input,
    /// Changes what is told of an adoption; what is left out stays as it is. For those who may record it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_adoption(input: UpdateAdoptionInput) -> AdoptionPayload = input.change.target.idempotency_key => input,
    /// Adds or replaces a translation. For those who may record it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    translate_adoption(input: TranslateInput<Adoption>) -> AdoptionPayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
    /// Says that the city has come further: to one of the phases after the present one. For those who may record it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    reach_adoption_phase(input: ReachAdoptionPhaseInput) -> AdoptionPayload = input.target.idempotency_key => input,
    /// Says what came of it and what was learned, in whichever phase; the people of the city that gave the practice are told. For those who may record it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    conclude_adoption(input: ConcludeAdoptionInput) -> AdoptionPayload = input.target.idempotency_key => input,
    /// Says that the city is busy with it anew: the outcome is open again. For those who may record it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    reopen_adoption(input: ReopenAdoptionInput) -> AdoptionPayload = input.target.idempotency_key => input,
    /// Says something of it as the city whose practice it is; said anew it is so from then on. The people of the city that took it up are told. For the
    /// representatives of the practice's city and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    answer_adoption(input: AnswerAdoptionInput) -> AdoptionPayload = input.target.idempotency_key => input,
    /// Consents for one of the two cities that everyone may see it; once both have, everyone does, as long as everyone sees the practice. For the
    /// representatives of that city and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    consent_to_adoption(input: ConsentToAdoptionInput) -> AdoptionPayload = input.target.idempotency_key => input,
    /// Takes the consent of one of the two cities back: it is hidden from the others at once, in lists, search, feeds and past events. For the
    /// representatives of that city and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    withdraw_adoption_consent(input: WithdrawAdoptionConsentInput) -> AdoptionPayload = input.target.idempotency_key => input,
    /// Takes an adoption back. It stays as a tombstone with the reason. For those who may record it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    withdraw_adoption(input: WithdrawAdoptionInput) -> AdoptionPayload = input.target.idempotency_key => input,
});
