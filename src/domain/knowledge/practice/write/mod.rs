//! Writing practices: one command a file.
mod create;
mod input;
mod publish;
mod translate;
mod update;
mod withdraw;

use async_graphql::{Context, Object, Result};

use crate::relay::context::Asking;

use create::{Create, CreatePracticeInput, CreatePracticePayload};
use publish::{Publish, PublishPracticeInput, PublishPracticePayload};
use translate::{Translate, TranslatePracticeInput, TranslatePracticePayload};
use update::{Update, UpdatePracticeInput, UpdatePracticePayload};
use withdraw::{Withdraw, WithdrawPracticeInput, WithdrawPracticePayload};

/// The practices' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "PracticeMutation")]
impl Mutation {
    /// Begins a practice as a draft of a city. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    async fn create_practice(&self, ctx: &Context<'_>, input: CreatePracticeInput) -> Result<CreatePracticePayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("createPractice {input:?}"));
        CreatePracticePayload::of(ctx, ctx.attempt(Create::read(input), key, fingerprint).await).await
    }

    /// Changes a practice; what is left out stays as it is. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    async fn update_practice(&self, ctx: &Context<'_>, input: UpdatePracticeInput) -> Result<UpdatePracticePayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("updatePractice {input:?}"));
        UpdatePracticePayload::of(ctx, ctx.attempt(Update::read(input), key, fingerprint).await).await
    }

    /// Adds or replaces a translation. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn translate_practice(&self, ctx: &Context<'_>, input: TranslatePracticeInput) -> Result<TranslatePracticePayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("translatePractice {input:?}"));
        TranslatePracticePayload::of(ctx, ctx.attempt(Translate::read(input), key, fingerprint).await).await
    }

    /// Publishes a practice: everyone sees it from now on. For the city's representatives, officers of its programme who can see it, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn publish_practice(&self, ctx: &Context<'_>, input: PublishPracticeInput) -> Result<PublishPracticePayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("publishPractice {input:?}"));
        PublishPracticePayload::of(ctx, ctx.attempt(Publish::read(input), key, fingerprint).await).await
    }

    /// Takes a practice back. It stays as a tombstone with the reason and its successor. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn withdraw_practice(&self, ctx: &Context<'_>, input: WithdrawPracticeInput) -> Result<WithdrawPracticePayload> {
        let (key, fingerprint) = (input.idempotency_key.clone(), format!("withdrawPractice {input:?}"));
        WithdrawPracticePayload::of(ctx, ctx.attempt(Withdraw::read(input), key, fingerprint).await).await
    }
}
