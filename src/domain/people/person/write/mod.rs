//! Writing people: accounts and their tokens, from the graph and from the command line.
mod add;
mod change;
mod hand_over;
mod made;
mod member;
mod role;
mod token;

use async_graphql::{Context, Object, Result};

use crate::relay::{Payload, context::Asking};

use add::{CreatePersonInput, CreatePersonPayload};
use change::{UpdatePersonInput, UpdatePersonPayload};
use hand_over::{HandOverInput, HandOverPayload};
use member::{AddMemberInput, AddMemberPayload, RemoveMemberInput, RemoveMemberPayload};
use token::{CreateTokenInput, CreateTokenPayload, RevokeTokenInput, RevokeTokenPayload};

pub use add::AddPerson;
pub use role::RoleWanted;
pub use token::{CreateToken, RevokeToken, Who, token_for};

/// The people's part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "PersonMutation")]
impl Mutation {
    /// Makes an account. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, KEY_REUSED.
    async fn create_person(&self, ctx: &Context<'_>, input: CreatePersonInput) -> Result<CreatePersonPayload> {
        CreatePersonPayload::submit(ctx, input.idempotency_key.clone(), AddPerson::read(input)).await
    }

    /// Gives somebody a role, by their address: the account that has it, or a new one. For representatives: of their city, and stakeholders of its pairings; for
    /// officers: of their programme, its cities and those cities' pairings; for administrators: any.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, WRONG_STATE, KEY_REUSED.
    async fn add_member(&self, ctx: &Context<'_>, input: AddMemberInput) -> Result<AddMemberPayload> {
        AddMemberPayload::submit(ctx, input.idempotency_key.clone(), input).await
    }

    /// Takes a role away. For the person themself, and for whoever may give it (`addMember`). The last administrator stays one.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    async fn remove_member(&self, ctx: &Context<'_>, input: RemoveMemberInput) -> Result<RemoveMemberPayload> {
        RemoveMemberPayload::submit(ctx, input.idempotency_key.clone(), input).await
    }

    /// Hands on what somebody has to do, all at once: their roles, what things name them for, their places at seminars to come, their saved searches
    /// and webhooks (`Person.responsibilities`). For the person themself, and for
    /// whoever may give all of their roles.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    async fn hand_over(&self, ctx: &Context<'_>, input: HandOverInput) -> Result<HandOverPayload> {
        HandOverPayload::submit(ctx, input.idempotency_key.clone(), input).await
    }

    /// Changes an account; what is left out stays as it is. Name, languages and who sees the address for the person themself, everything for administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    async fn update_person(&self, ctx: &Context<'_>, input: UpdatePersonInput) -> Result<UpdatePersonPayload> {
        UpdatePersonPayload::submit(ctx, input.target.idempotency_key.clone(), input).await
    }

    /// Makes a token; its secret is told now and kept nowhere. A retry with the same idempotency key answers the same token with another
    /// secret, and the first one ends. For the person themself and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    async fn create_token(&self, ctx: &Context<'_>, input: CreateTokenInput) -> Result<CreateTokenPayload> {
        CreateTokenPayload::of(ctx, ctx.attempt(input.idempotency_key.clone(), CreateToken::read(&input)).await).await
    }

    /// Ends a token at once, and every stream that was opened with it. For the person themself and administrators.
    /// Errors: UNAUTHENTICATED, BAD_INPUT, NOT_FOUND.
    async fn revoke_token(&self, ctx: &Context<'_>, input: RevokeTokenInput) -> Result<RevokeTokenPayload> {
        RevokeTokenPayload::of(ctx, ctx.attempt(None, RevokeToken::read(&input)).await).await
    }
}
