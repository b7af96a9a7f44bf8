//! Writing practices: one command a file.
mod building_blocks;
mod create;
mod partners;
mod publish;
mod ready;
mod review;
mod submit;
mod update;
mod withdraw;

use super::{Practice, life};
use crate::kernel::prelude::write::*;

use building_blocks::{UseBuildingBlocksInput, UseBuildingBlocksPayload};
use create::{CreatePracticeInput, CreatePracticePayload};
use partners::{SeekPartnersInput, SeekPartnersPayload, StopSeekingPartnersInput, StopSeekingPartnersPayload};
use publish::{PublishPracticeInput, PublishPracticePayload};
use review::{ApprovePracticeInput, BeginPracticeReviewInput, PracticeReviewPayload, ReleasePracticeReviewInput, ReturnPracticeInput};
use submit::{SubmitPracticeInput, SubmitPracticePayload};
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
    /// Hands a practice in for review to a programme that wants it: its officers see it from now on. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    submit_practice(input: SubmitPracticeInput) -> SubmitPracticePayload = input.target.idempotency_key => input,
    /// Begins to review a practice that was handed in, or that changed so much since it was approved that it is to be reviewed again: nobody else does from now on.
    /// For officers of the programme and administrators who do not speak for its city; of two steps each is somebody else's.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    begin_practice_review(input: BeginPracticeReviewInput) -> PracticeReviewPayload = input.target.idempotency_key => input,
    /// Gives a practice that somebody reviews back to those that wait. For those who may review it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    release_practice_review(input: ReleasePracticeReviewInput) -> PracticeReviewPayload = input.target.idempotency_key => input,
    /// Sends a practice back to its city, with a reason. For whoever reviews it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    return_practice(input: ReturnPracticeInput) -> PracticeReviewPayload = input.target.idempotency_key => input,
    /// Approves a practice as it is now, with a verdict by each criterion. The first of two steps shows it to the programme; the last one has its city publish it.
    /// For whoever reviews it.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    approve_practice(input: ApprovePracticeInput) -> PracticeReviewPayload = input.target.idempotency_key => input,
    /// Publishes a practice: everyone sees it from now on. Where a programme of its city reviews practices it is approved before. For the city's representatives, officers of its programme who can see it, and administrators.
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
