//! Deciding a call, and taking that back.
use async_graphql::InputObject;

use super::{Call, Row, life, row::State, terms::Terms};
use crate::{
    domain::{
        application,
        assignment::{self, AssignmentDecision},
    },
    kernel::{Living, life::begin, prelude::write::*},
};

/// What `decideCall` takes.
#[derive(Clone, Debug, InputObject)]
pub struct DecideCallInput {
    #[graphql(flatten)]
    pub target: Target<Call>,
    #[graphql(flatten)]
    pub decision: AssignmentDecision,
}

impl Command for DecideCallInput {
    type Output = Id<Call>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Done<Id<Call>> {
        let before: Row = begin(tx, &life::DECIDE, &self.target).await?;
        match self.decision.assignment()? {
            Some(assignment) => assignment::decide(tx, &Terms::of_row(&before), assignment, &self.decision).await?,
            None => {
                let waiting = application::undecided(tx, before.id).await?;
                let message = format!("Applications that wait for a decision: {waiting}. Select, reserve or decline each first.");
                refuse_if(waiting > 0, Code::WrongState, "input.id", message)?;
            }
        }
        let mut after = before.clone();
        after.enter(State::Decided);
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}

/// Takes back that a call was decided: it is closed again.
pub async fn reopen(tx: &mut Tx<'_>, call: Id<Call>) -> Done<()> {
    let before: Row = tx.locked(call, "input.id").await?;
    refuse_if(before.state != State::Decided, Code::WrongState, "input.id", "Its call is not decided.")?;
    let mut after = before.clone();
    after.enter(State::Closed);
    tx.change(&before, after, &[]).await?;
    Ok(())
}
