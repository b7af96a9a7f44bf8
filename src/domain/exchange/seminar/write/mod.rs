//! Writing seminars: one command a file.
mod cancel;
mod hold;
mod input;
mod register;
mod relocate;
mod schedule;
mod translate;
mod unregister;
mod update;

use async_graphql::{Context, Object, Result};

use crate::relay::context::Asking;

use cancel::{Cancel, CancelSeminarInput, CancelSeminarPayload};
use hold::{Hold, MarkSeminarHeldInput, MarkSeminarHeldPayload};
use register::{Register, RegisterForSeminarInput, RegisterForSeminarPayload};
use relocate::{Move, MoveSeminarInput, MoveSeminarPayload};
use schedule::{Schedule, ScheduleSeminarInput, ScheduleSeminarPayload};
use translate::{Translate, TranslateSeminarInput, TranslateSeminarPayload};
use unregister::{Unregister, UnregisterFromSeminarInput, UnregisterFromSeminarPayload};
use update::{Update, UpdateSeminarInput, UpdateSeminarPayload};

pub(super) use input::somewhere;

/// The seminars' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "SeminarMutation")]
impl Mutation {
    /// Schedules a seminar of a city. For the city's representatives, officers of the programme it is given to, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    async fn schedule_seminar(&self, ctx: &Context<'_>, input: ScheduleSeminarInput) -> Result<ScheduleSeminarPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("scheduleSeminar {input:?}"));
        ScheduleSeminarPayload::of(ctx, ctx.attempt(Schedule::read(input), key, fingerprint).await).await
    }

    /// Changes a seminar; what is left out stays as it is. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    async fn update_seminar(&self, ctx: &Context<'_>, input: UpdateSeminarInput) -> Result<UpdateSeminarPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("updateSeminar {input:?}"));
        UpdateSeminarPayload::of(ctx, ctx.attempt(Update::read(input), key, fingerprint).await).await
    }

    /// Gives a seminar another time or place. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn move_seminar(&self, ctx: &Context<'_>, input: MoveSeminarInput) -> Result<MoveSeminarPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("moveSeminar {input:?}"));
        MoveSeminarPayload::of(ctx, ctx.attempt(Move::read(input), key, fingerprint).await).await
    }

    /// Cancels a seminar; it stays with its reason. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn cancel_seminar(&self, ctx: &Context<'_>, input: CancelSeminarInput) -> Result<CancelSeminarPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("cancelSeminar {input:?}"));
        CancelSeminarPayload::of(ctx, ctx.attempt(Cancel::read(input), key, fingerprint).await).await
    }

    /// Notes that a seminar took place. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn mark_seminar_held(&self, ctx: &Context<'_>, input: MarkSeminarHeldInput) -> Result<MarkSeminarHeldPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("markSeminarHeld {input:?}"));
        MarkSeminarHeldPayload::of(ctx, ctx.attempt(Hold::read(input), key, fingerprint).await).await
    }

    /// Adds or replaces a translation. For the host's representatives, officers of its programme, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn translate_seminar(&self, ctx: &Context<'_>, input: TranslateSeminarInput) -> Result<TranslateSeminarPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("translateSeminar {input:?}"));
        TranslateSeminarPayload::of(ctx, ctx.attempt(Translate::read(input), key, fingerprint).await).await
    }

    /// Takes a place for the viewer. Registering again changes nothing but the city. For everyone with an account who sees the seminar.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, WRONG_STATE, FULL, KEY_REUSED.
    async fn register_for_seminar(&self, ctx: &Context<'_>, input: RegisterForSeminarInput) -> Result<RegisterForSeminarPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("registerForSeminar {input:?}"));
        RegisterForSeminarPayload::of(ctx, ctx.attempt(Register::read(input), key, fingerprint).await).await
    }

    /// Gives the viewer's place back; without one it changes nothing. For everyone with an account who sees the seminar.
    /// Errors: UNAUTHENTICATED, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    async fn unregister_from_seminar(&self, ctx: &Context<'_>, input: UnregisterFromSeminarInput) -> Result<UnregisterFromSeminarPayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("unregisterFromSeminar {input:?}"));
        UnregisterFromSeminarPayload::of(ctx, ctx.attempt(Unregister::read(input), key, fingerprint).await).await
    }
}
