//! Writing people: accounts and their tokens, from the graph and from the command line.
mod add;
mod change;
mod role;
mod token;

use async_graphql::{Context, Object, Result};

use crate::relay::context::Asking;

use add::{CreatePersonInput, CreatePersonPayload};
use change::{Change, UpdatePersonInput, UpdatePersonPayload};
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
        let done = ctx.submit("createPerson", input.idempotency_key.clone(), input, AddPerson::read).await;
        CreatePersonPayload::of(ctx, done).await
    }

    /// Changes an account; what is left out stays as it is. Name and languages for the person themself, everything for administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, KEY_REUSED.
    async fn update_person(&self, ctx: &Context<'_>, input: UpdatePersonInput) -> Result<UpdatePersonPayload> {
        let done = ctx.submit("updatePerson", input.idempotency_key.clone(), input, Change::read).await;
        UpdatePersonPayload::of(ctx, done).await
    }

    /// Makes a token; its secret is told now and kept nowhere. A retry with the same idempotency key answers the same token with another
    /// secret, and the first one ends. For the person themself and administrators.
    /// Errors: UNAUTHENTICATED, BAD_INPUT, NOT_FOUND, WRONG_STATE, KEY_REUSED.
    async fn create_token(&self, ctx: &Context<'_>, input: CreateTokenInput) -> Result<CreateTokenPayload> {
        let done = ctx.submit("createToken", input.idempotency_key.clone(), input, |input| CreateToken::read(&input)).await;
        CreateTokenPayload::of(ctx, done).await
    }

    /// Ends a token at once, and every stream that was opened with it. For the person themself and administrators.
    /// Errors: UNAUTHENTICATED, BAD_INPUT, NOT_FOUND.
    async fn revoke_token(&self, ctx: &Context<'_>, input: RevokeTokenInput) -> Result<RevokeTokenPayload> {
        RevokeTokenPayload::of(ctx, ctx.attempt(RevokeToken::read(&input), None, String::new()).await).await
    }
}
