//! Writing assignments: the officers of the programme. What takes long is reckoned before the transaction begins ([`reckoned`]), which holds what it was reckoned from.
mod decide;
mod propose;
mod reckoned;
mod undo;
mod update;

use async_graphql::{Context, Object, Result};

use super::Assignment;
use crate::{kernel::prelude::write::*, relay::Payload};

pub use decide::{AssignmentDecision, decide};
use propose::{Propose, ProposeAssignmentInput};
use undo::UndoAssignmentInput;
use update::{Revise, SwapAssignmentPairsInput, UpdateAssignmentInput};

payload!(AssignmentPayload { assignment: Assignment }, "What the mutations of assignments answer.", "The assignment as it is now.");

/// The assignments' part of the mutation root.
#[derive(Default)]
pub struct Mutation;

#[Object(name = "AssignmentMutation")]
impl Mutation {
    /// Finds the assignment of highest value of all applications of two sides of a call that wait for a decision and did not opt out, and keeps it as a draft: the sum
    /// of the scores of its pairs, less what each costs who has no partner. Each has as many partners as it can serve. A side has at most 400 applications. For
    /// officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn propose_assignment(&self, ctx: &Context<'_>, input: ProposeAssignmentInput) -> Result<AssignmentPayload> {
        let key = input.new.idempotency_key.clone();
        let command = Propose::of(ctx, input).await;
        AssignmentPayload::of(ctx, ctx.attempt(key, command).await).await
    }

    /// Changes a draft: which pairs must or must not be, the lowest score and the cost of staying alone, after which the best is found anew; or all its pairs, by
    /// hand. What that costs is `loss`, what it breaks `breaches`. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, TAKEN, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn update_assignment(&self, ctx: &Context<'_>, input: UpdateAssignmentInput) -> Result<AssignmentPayload> {
        let key = input.change.target.idempotency_key.clone();
        let command = Revise::<UpdateAssignmentInput>::of(ctx, input).await;
        AssignmentPayload::of(ctx, ctx.attempt(key, command).await).await
    }

    /// Exchanges the partners of two pairs of a draft by hand: the left of the first gets the right of the second, and the other way round. What that costs is
    /// `loss`, what it breaks `breaches`. For officers of the programme and administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn swap_assignment_pairs(&self, ctx: &Context<'_>, input: SwapAssignmentPairsInput) -> Result<AssignmentPayload> {
        let key = input.target.idempotency_key.clone();
        let command = Revise::<SwapAssignmentPairsInput>::of(ctx, input).await;
        AssignmentPayload::of(ctx, ctx.attempt(key, command).await).await
    }

    /// Takes back what was decided by an assignment, all at once: its pairings, which are still matched, end with the reason; its applications wait for a decision
    /// again, but those taken back since; the call is closed again. Refused, with names, where a pairing has gone on. For officers of the programme and
    /// administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, REQUIRED, TOO_LONG, NOT_FOUND, CONFLICT, WRONG_STATE, KEY_REUSED.
    async fn undo_assignment(&self, ctx: &Context<'_>, input: UndoAssignmentInput) -> Result<AssignmentPayload> {
        AssignmentPayload::submit(ctx, input.target.idempotency_key.clone(), input).await
    }
}
