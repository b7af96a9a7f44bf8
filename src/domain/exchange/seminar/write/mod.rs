//! Writing seminars: one command a file.
mod cancel;
mod hold;
mod input;
mod register;
mod relocate;
mod schedule;
mod unregister;
mod update;

use async_graphql::{Context, Object, Result};

use super::{Seminar, life};
use crate::{
    kernel::text::{TranslateCommand, TranslateInput},
    payload,
    relay::context::Asking,
};

use cancel::{Cancel, CancelSeminarInput, CancelSeminarPayload};
use hold::{Hold, MarkSeminarHeldInput, MarkSeminarHeldPayload};
use register::{Register, RegisterForSeminarInput, RegisterForSeminarPayload};
use relocate::{Move, MoveSeminarInput, MoveSeminarPayload};
use schedule::{Schedule, ScheduleSeminarInput, ScheduleSeminarPayload};
use unregister::{Unregister, UnregisterFromSeminarInput, UnregisterFromSeminarPayload};
use update::{Update, UpdateSeminarInput, UpdateSeminarPayload};

payload!(
    /// What `translateSeminar` answers.
    TranslateSeminarPayload {
        /// The seminar as it is now.
        seminar: Seminar
    }
);

/// The seminars' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "SeminarMutation")]
impl Mutation {
    /// Schedules a seminar of a city. For the city's representatives, officers of the programme it is given to, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    async fn schedule_seminar(&self, ctx: &Context<'_>, input: ScheduleSeminarInput) -> Result<ScheduleSeminarPayload> {
        let done = ctx.submit("scheduleSeminar", input.idempotency_key.clone(), input, Schedule::read).await;
        ScheduleSeminarPayload::of(ctx, done).await
    }

    /// Changes a seminar; what is left out stays as it is. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    async fn update_seminar(&self, ctx: &Context<'_>, input: UpdateSeminarInput) -> Result<UpdateSeminarPayload> {
        let done = ctx.submit("updateSeminar", input.idempotency_key.clone(), input, Update::read).await;
        UpdateSeminarPayload::of(ctx, done).await
    }

    /// Gives a seminar another time or place. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn move_seminar(&self, ctx: &Context<'_>, input: MoveSeminarInput) -> Result<MoveSeminarPayload> {
        let done = ctx.submit("moveSeminar", input.idempotency_key.clone(), input, Move::read).await;
        MoveSeminarPayload::of(ctx, done).await
    }

    /// Cancels a seminar; it stays with its reason. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn cancel_seminar(&self, ctx: &Context<'_>, input: CancelSeminarInput) -> Result<CancelSeminarPayload> {
        let done = ctx.submit("cancelSeminar", input.idempotency_key.clone(), input, Cancel::read).await;
        CancelSeminarPayload::of(ctx, done).await
    }

    /// Notes that a seminar took place. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn mark_seminar_held(&self, ctx: &Context<'_>, input: MarkSeminarHeldInput) -> Result<MarkSeminarHeldPayload> {
        let done = ctx.submit("markSeminarHeld", input.idempotency_key.clone(), input, Hold::read).await;
        MarkSeminarHeldPayload::of(ctx, done).await
    }

    /// Adds or replaces a translation. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn translate_seminar(&self, ctx: &Context<'_>, input: TranslateInput<Seminar>) -> Result<TranslateSeminarPayload> {
        let done = ctx
            .submit("translateSeminar", input.idempotency_key.clone(), input, |input| TranslateCommand::read(input, &life::TRANSLATE))
            .await;
        TranslateSeminarPayload::of(ctx, done).await
    }

    /// Takes a place for the viewer. Registering again changes nothing but the city. For everyone with an account who sees the seminar.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, WRONG_STATE, FULL, KEY_REUSED.
    async fn register_for_seminar(&self, ctx: &Context<'_>, input: RegisterForSeminarInput) -> Result<RegisterForSeminarPayload> {
        let done = ctx.submit("registerForSeminar", input.idempotency_key.clone(), input, Register::read).await;
        RegisterForSeminarPayload::of(ctx, done).await
    }

    /// Gives the viewer's place back; without one it changes nothing. For everyone with an account who sees the seminar.
    /// Errors: UNAUTHENTICATED, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    async fn unregister_from_seminar(&self, ctx: &Context<'_>, input: UnregisterFromSeminarInput) -> Result<UnregisterFromSeminarPayload> {
        let done = ctx.submit("unregisterFromSeminar", input.idempotency_key.clone(), input, Unregister::read).await;
        UnregisterFromSeminarPayload::of(ctx, done).await
    }
}
