//! Writing notes at goals: administrators.
use async_graphql::InputObject;

use super::{Goal, life};
use crate::kernel::{column::ColumnsInput, life::begin, prelude::write::*};

/// What `noteGoal` takes; what is left out stays as it is.
#[derive(Clone, Debug, InputObject)]
pub struct NoteGoalInput {
    #[graphql(flatten)]
    pub target: Target<Goal>,
    /// The note.
    #[graphql(flatten)]
    pub columns: ColumnsInput<Goal, text::Update>,
}

payload!(NoteGoalPayload { goal: Goal }, "What `noteGoal` answers.", "The goal as it is now.");

impl Command for NoteGoalInput {
    type Output = Id<Goal>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Goal>> {
        let before = begin(tx, &life::NOTE, &self.target).await?;
        let mut after = before.clone();
        self.columns.put(&mut after)?;
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

mutations!("GoalMutation" {
    /// Keeps a note at a goal of an agenda: what the hub's programmes make of it. For administrators.
    /// Errors: UNAUTHENTICATED, FORBIDDEN, BAD_INPUT, TOO_LONG, NOT_FOUND, CONFLICT, KEY_REUSED.
    note_goal(input: NoteGoalInput) -> NoteGoalPayload = input.target.idempotency_key => input,
});
