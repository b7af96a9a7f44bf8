//! Writing practices: one command a file.
mod create;
mod input;
mod publish;
mod update;
mod withdraw;

use async_graphql::{Context, Object, Result};

use super::{Practice, life};
use crate::{
    kernel::text::{TranslateCommand, TranslateInput},
    payload,
    relay::context::Asking,
};

use create::{Create, CreatePracticeInput, CreatePracticePayload};
use publish::{Publish, PublishPracticeInput, PublishPracticePayload};
use update::{Update, UpdatePracticeInput, UpdatePracticePayload};
use withdraw::{Withdraw, WithdrawPracticeInput, WithdrawPracticePayload};

payload!(
    /// What `translatePractice` answers.
    TranslatePracticePayload {
        /// The practice as it is now.
        practice: Practice
    }
);

/// The practices' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "PracticeMutation")]
impl Mutation {
    /// Begins a practice as a draft of a city. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    async fn create_practice(&self, ctx: &Context<'_>, input: CreatePracticeInput) -> Result<CreatePracticePayload> {
        let done = ctx.submit("createPractice", input.idempotency_key.clone(), input, Create::read).await;
        CreatePracticePayload::of(ctx, done).await
    }

    /// Changes a practice; what is left out stays as it is. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    async fn update_practice(&self, ctx: &Context<'_>, input: UpdatePracticeInput) -> Result<UpdatePracticePayload> {
        let done = ctx.submit("updatePractice", input.idempotency_key.clone(), input, Update::read).await;
        UpdatePracticePayload::of(ctx, done).await
    }

    /// Adds or replaces a translation. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn translate_practice(&self, ctx: &Context<'_>, input: TranslateInput<Practice>) -> Result<TranslatePracticePayload> {
        let done = ctx
            .submit("translatePractice", input.idempotency_key.clone(), input, |input| TranslateCommand::read(input, &life::TRANSLATE))
            .await;
        TranslatePracticePayload::of(ctx, done).await
    }

    /// Publishes a practice: everyone sees it from now on. For the city's representatives, officers of its programme who can see it, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn publish_practice(&self, ctx: &Context<'_>, input: PublishPracticeInput) -> Result<PublishPracticePayload> {
        let done = ctx.submit("publishPractice", input.idempotency_key.clone(), input, Publish::read).await;
        PublishPracticePayload::of(ctx, done).await
    }

    /// Takes a practice back. It stays as a tombstone with the reason and its successor. For the city's representatives and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn withdraw_practice(&self, ctx: &Context<'_>, input: WithdrawPracticeInput) -> Result<WithdrawPracticePayload> {
        let done = ctx.submit("withdrawPractice", input.idempotency_key.clone(), input, Withdraw::read).await;
        WithdrawPracticePayload::of(ctx, done).await
    }
}
