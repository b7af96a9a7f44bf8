//! Writing practices: one command a file.
mod building_blocks;
mod create;
mod partners;
mod publish;
mod update;
mod withdraw;

use super::{Practice, life};
use crate::kernel::prelude::write::*;

use building_blocks::{UseBuildingBlocksInput, UseBuildingBlocksPayload};
use create::{CreatePracticeInput, CreatePracticePayload};
use partners::{SeekPartnersInput, SeekPartnersPayload, StopSeekingPartnersInput, StopSeekingPartnersPayload};
use publish::{PublishPracticeInput, PublishPracticePayload};
use update::{UpdatePracticeInput, UpdatePracticePayload};
use withdraw::{WithdrawPracticeInput, WithdrawPracticePayload};

payload!(TranslatePracticePayload { practice: Practice }, "What `translatePractice` answers.", "The practice as it is now.");

mutations!("PracticeMutation" {
    /// Begins a practice as a draft of a city. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    create_practice(input: CreatePracticeInput) -> CreatePracticePayload = input.new.idempotency_key => input,
    /// Changes a practice; what is left out stays as it is. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    update_practice(input: UpdatePracticeInput) -> UpdatePracticePayload = input.change.target.idempotency_key => input,
    /// Adds or replaces a translation. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    translate_practice(input: TranslateInput<Practice>) -> TranslatePracticePayload = input.target.idempotency_key => input.by(&life::TRANSLATE),
    /// Publishes a practice: everyone sees it from now on. For the city's representatives, officers of its programme who can see it, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    publish_practice(input: PublishPracticeInput) -> PublishPracticePayload = input.target.idempotency_key => input,
    /// Says that the city seeks partner cities for a published practice, for how many and until when; said anew it is so from then on. Others answer by
    /// `expressInterest`. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    seek_partners(input: SeekPartnersInput) -> SeekPartnersPayload = input.target.idempotency_key => input,
    /// Says that the city seeks no more partner cities for a practice; those that were accepted stay. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    stop_seeking_partners(input: StopSeekingPartnersInput) -> StopSeekingPartnersPayload = input.target.idempotency_key => input,
    /// Says which building blocks of other practices a practice uses, all anew. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    use_building_blocks(input: UseBuildingBlocksInput) -> UseBuildingBlocksPayload = input.target.idempotency_key => input,
    /// Takes a practice back. It stays as a tombstone with the reason and its successor. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    withdraw_practice(input: WithdrawPracticeInput) -> WithdrawPracticePayload = input.target.idempotency_key => input,
});
