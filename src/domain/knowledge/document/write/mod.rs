//! Writing documents: one command a file.
mod add;
mod input;
mod replace;
mod update;

use async_graphql::{Context, InputObject, Object, Result};

use super::{Document, life};
use crate::{
    kernel::{life::ReasonedStep, prelude::write::*},
    relay::Payload,
};

use add::{LinkDocumentInput, LinkDocumentPayload, UploadDocumentInput, UploadDocumentPayload};
use replace::{ReplaceDocumentFileInput, ReplaceDocumentFilePayload};
use update::{UpdateDocumentInput, UpdateDocumentPayload};

/// What `withdrawDocument` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawDocumentInput {
    #[graphql(flatten)]
    pub target: Target<Document>,
    /// Why, 1 to 2,000 characters; everyone who could read the document reads it.
    pub reason: String,
}

payload!(WithdrawDocumentPayload { document: Document }, "What `withdrawDocument` answers.", "The tombstone.");

/// The documents' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "DocumentMutation")]
impl Mutation {
    /// Adds a document about a city, pairing, practice, programme or seminar, with its file. For those who may write about
    /// that thing: representatives of its cities, officers of its programmes, and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    async fn upload_document(&self, ctx: &Context<'_>, input: UploadDocumentInput) -> Result<UploadDocumentPayload> {
        UploadDocumentPayload::of(ctx, add::run(ctx, input).await).await
    }

    /// Adds a document that is on another site, about a city, pairing, practice, programme or seminar, by its address. The hub does not fetch it. For those
    /// who may write about that thing.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, TOO_WIDE, KEY_REUSED.
    async fn link_document(&self, ctx: &Context<'_>, input: LinkDocumentInput) -> Result<LinkDocumentPayload> {
        LinkDocumentPayload::submit(ctx, input.document.new.idempotency_key.clone(), input).await
    }

    /// Gives a document a new version of its file; the earlier ones stay. A link becomes a file. For those who may write about the thing it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn replace_document_file(&self, ctx: &Context<'_>, input: ReplaceDocumentFileInput) -> Result<ReplaceDocumentFilePayload> {
        ReplaceDocumentFilePayload::of(ctx, replace::run(ctx, input).await).await
    }

    /// Changes what is said of a document, or publishes it; what is left out stays as it is. For those who may write about the thing it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, TOO_WIDE, KEY_REUSED.
    async fn update_document(&self, ctx: &Context<'_>, input: UpdateDocumentInput) -> Result<UpdateDocumentPayload> {
        UpdateDocumentPayload::submit(ctx, input.change.target.idempotency_key.clone(), input).await
    }

    /// Takes a document back. It stays as a tombstone with the reason; its files are no longer handed out. For those who may write about the thing it is about.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn withdraw_document(&self, ctx: &Context<'_>, input: WithdrawDocumentInput) -> Result<WithdrawDocumentPayload> {
        let key = input.target.idempotency_key.clone();
        let WithdrawDocumentInput { target, reason } = input;
        let step = ReasonedStep { target, what: &life::WITHDRAW, reason, column: |row| &mut row.withdrawn_reason };
        WithdrawDocumentPayload::submit(ctx, key, step).await
    }
}
