//! Taking back what was decided by an assignment.
use async_graphql::InputObject;
use uuid::Uuid;

use super::super::{Assignment, Row, life, row::State};
use crate::{
    domain::{application, call, pairing},
    kernel::{
        Living,
        life::{begin, reason},
        prelude::write::*,
    },
};

/// What `undoAssignment` takes.
#[derive(Clone, Debug, InputObject)]
pub struct UndoAssignmentInput {
    #[graphql(flatten)]
    pub target: Target<Assignment>,
    /// Why, 1 to 2,000 characters; kept, and read as the reason for which its pairings ended.
    pub reason: String,
}

impl Command for UndoAssignmentInput {
    type Output = Id<Assignment>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Assignment>> {
        let before: Row = begin(tx, &life::UNDO, &self.target).await?;
        let reason = reason(&self.reason, life::UNDO.done)?;
        let pairings: Vec<Uuid> = before.outcome.pairs.iter().filter_map(|pair| pair.pairing).collect();
        pairing::end_matched(tx, &pairings, &reason).await?;
        application::reopen(tx, &before.outcome.applications(), &before.outcome.paired()).await?;
        call::reopen(tx, before.call).await?;
        let mut after = Row { undone_on: Some(Json(tx.now().day())), undone_reason: Some(reason), ..before.clone() };
        after.enter(State::Undone);
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}
