//! Deciding about obligations: officers waive and postpone, members say what is at risk. What is decided is kept by the pairing, and the obligation follows.
mod begin;
mod officer;
mod risk;

use super::Obligation;
use crate::kernel::prelude::write::*;

use officer::{PostponeObligationInput, ReinstateObligationInput, WaiveObligationInput};
use risk::{DeclareObligationAtRiskInput, WithdrawObligationRiskInput};

payload!(ObligationPayload { obligation: Obligation }, "What the mutations of obligations answer.", "The obligation as it is now.");

mutations!("ObligationMutation" {
    /// Does without an obligation; the reason is kept, and read by all who see it. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    waive_obligation(input: WaiveObligationInput) -> ObligationPayload = input.target.idempotency_key => input,
    /// Has an obligation owed again that was waived. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    reinstate_obligation(input: ReinstateObligationInput) -> ObligationPayload = input.target.idempotency_key => input,
    /// Gives more time for an obligation, three times at the most; each is kept. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    postpone_obligation(input: PostponeObligationInput) -> ObligationPayload = input.target.idempotency_key => input,
    /// Says for a member that an obligation may not be met in time: it is yellow where it was green or grey. Saying it again takes the place of what was said
    /// before. For representatives of a city of the pairing, of a signature that of the city that gives it, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    declare_obligation_at_risk(input: DeclareObligationAtRiskInput) -> ObligationPayload = input.target.idempotency_key => input,
    /// Takes back for a member that an obligation is at risk. For those who may say it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    withdraw_obligation_risk(input: WithdrawObligationRiskInput) -> ObligationPayload = input.target.idempotency_key => input,
});
