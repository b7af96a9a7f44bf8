//! Writing webhooks: each person their own.
mod change;
mod create;
mod payload_query;
mod send;

use async_graphql::{Context, Object, Result};

use crate::relay::{Payload, context::Asking};
use change::{
    DeleteWebhookInput, DeleteWebhookPayload, Rotate, RotateWebhookSecretInput, RotateWebhookSecretPayload, Update, UpdateWebhookInput,
    UpdateWebhookPayload,
};
use create::{Create, CreateWebhookInput, CreateWebhookPayload};
use send::{
    ReplayWebhookInput, ReplayWebhookPayload, RetryWebhookDeliveriesInput, RetryWebhookDeliveriesPayload, Send, SendTestWebhookInput,
    SendTestWebhookPayload,
};

/// The webhooks' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "WebhookMutation")]
impl Mutation {
    /// Makes a webhook: from now on its address is sent what happens, signed by Standard Webhooks. Its secret is told now and never again, so there is
    /// no idempotency key. For everyone with an account.
    /// Errors: UNAUTHENTICATED, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND.
    async fn create_webhook(&self, ctx: &Context<'_>, input: CreateWebhookInput) -> Result<CreateWebhookPayload> {
        let command = Create::read(ctx, input).await;
        CreateWebhookPayload::of(ctx, ctx.attempt(None, command).await).await
    }

    /// Changes a webhook; what is left out stays as it is. For its person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn update_webhook(&self, ctx: &Context<'_>, input: UpdateWebhookInput) -> Result<UpdateWebhookPayload> {
        let key = input.target.idempotency_key.clone();
        let command = Update::read(ctx, input).await;
        UpdateWebhookPayload::of(ctx, ctx.attempt(key, command).await).await
    }

    /// Lets a webhook go, with what it has to send. For its person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, KEY_REUSED.
    async fn delete_webhook(&self, ctx: &Context<'_>, input: DeleteWebhookInput) -> Result<DeleteWebhookPayload> {
        DeleteWebhookPayload::submit(ctx, input.target.idempotency_key.clone(), input).await
    }

    /// Makes a new secret; the one before signs as well for a day, so that the receiver can change over. It is told now and never again. For the
    /// webhook's person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND.
    async fn rotate_webhook_secret(&self, ctx: &Context<'_>, input: RotateWebhookSecretInput) -> Result<RotateWebhookSecretPayload> {
        RotateWebhookSecretPayload::of(ctx, ctx.attempt(None, Rotate::read(&input)).await).await
    }

    /// Sends a test: an event of the type WEBHOOK_TESTED about the webhook itself, whatever its filter. For its person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    async fn send_test_webhook(&self, ctx: &Context<'_>, input: SendTestWebhookInput) -> Result<SendTestWebhookPayload> {
        SendTestWebhookPayload::of(ctx, ctx.attempt(input.idempotency_key.clone(), Send::test(&input)).await).await
    }

    /// Sends again what a webhook tells of the log behind a cursor, in its order, under the same message ids; what its person may not see today is left
    /// out. For its person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    async fn replay_webhook(&self, ctx: &Context<'_>, input: ReplayWebhookInput) -> Result<ReplayWebhookPayload> {
        ReplayWebhookPayload::of(ctx, ctx.attempt(input.idempotency_key.clone(), Send::replay(&input)).await).await
    }

    /// Tries dead letters again, with a new day of attempts. For the webhook's person.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    async fn retry_webhook_deliveries(
        &self,
        ctx: &Context<'_>,
        input: RetryWebhookDeliveriesInput,
    ) -> Result<RetryWebhookDeliveriesPayload> {
        RetryWebhookDeliveriesPayload::of(ctx, ctx.attempt(input.idempotency_key.clone(), Send::retry(&input)).await).await
    }
}
