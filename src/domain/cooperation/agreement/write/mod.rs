//! Writing agreements: the representatives of the pairing's members, and the programme's officers.
mod amend;
mod begin;
mod create;
mod sign;
mod update;

use async_graphql::InputObject;

use super::{Agreement, Row, life};
use crate::{
    kernel::{life as lives, prelude::write::*},
    relay::DateValue,
};

use amend::AmendAgreementInput;
use begin::begin;
use create::CreateAgreementInput;
use sign::SignAgreementInput;
use update::UpdateAgreementInput;

/// What `endAgreement` takes.
#[derive(Clone, Debug, InputObject)]
pub struct EndAgreementInput {
    #[graphql(flatten)]
    pub target: Target<Agreement>,
    /// Why, 1 to 2,000 characters; everyone who sees the pairing reads it.
    pub reason: String,
    /// The day it ended, not before it was last signed; today where not given.
    pub ended_on: Option<DateValue>,
}

payload!(AgreementPayload { agreement: Agreement }, "What the mutations of agreements answer.", "The agreement as it is now.");

impl Command for EndAgreementInput {
    type Output = Id<Agreement>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Agreement>> {
        let (before, pairing) = begin(tx, &life::END, &self.target).await?;
        if before.is_signed() {
            pairing.refuse_bare("input.id")?;
        }
        let day = self.ended_on.map_or_else(|| tx.now().day(), |day| day.0);
        let ended_reason = Some(lives::reason(&self.reason, life::END.done)?);
        let mut after = Row { ended_on: Some(Json(day)), ended_reason, ..before.clone() };
        life::END.to.into_iter().for_each(|state| after.state = state);
        tx.change(&before, after.derived(), &[]).await?;
        Ok(before.id)
    }
}

mutations!("AgreementMutation" {
    /// Begins an agreement of a pairing, with or without its document. For representatives of the pairing's cities, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, WRONG_STATE, KEY_REUSED.
    create_agreement(input: CreateAgreementInput) -> AgreementPayload = input.new.idempotency_key => input,
    /// Changes what is told of an agreement; what is left out stays as it is. What was signed stays as it was signed. For those who may begin it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    update_agreement(input: UpdateAgreementInput) -> AgreementPayload = input.change.target.idempotency_key => input,
    /// Notes that a member has signed; signing again corrects what was noted. Whether it is partly signed or signed follows. For representatives of the city that
    /// signs, of an organisation's city, officers of the programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    sign_agreement(input: SignAgreementInput) -> AgreementPayload = input.target.idempotency_key => input,
    /// Begins an amendment of an agreement that every member has signed, which stays in force until every member has signed the amendment. For those who may begin it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    amend_agreement(input: AmendAgreementInput) -> AgreementPayload = input.target.idempotency_key => input,
    /// Ends an agreement; it stays with its reason. Refused where its pairing is active or pauses and rests on no other that every member has signed. For officers of its programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    end_agreement(input: EndAgreementInput) -> AgreementPayload = input.target.idempotency_key => input,
});
