//! Withdrawing a practice.
use async_graphql::{ID, InputObject};

use super::{
    super::{Practice, Row, row::State},
    input::may_write,
};
use crate::{
    base::{Code, Id, Result, refuse_if},
    payload,
    store::{Command, Tx},
};

/// What `withdrawPractice` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawPracticeInput {
    /// The practice.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// Why, 1 to 2,000 characters; everyone who could read the practice reads it.
    pub reason: String,
    /// What to read instead.
    pub successor: Option<ID>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `withdrawPractice` answers.
    WithdrawPracticePayload {
        /// The tombstone.
        practice: Practice
    }
);

/// The command.
pub struct Withdraw {
    input: WithdrawPracticeInput,
    id: Id<Practice>,
    successor: Option<Id<Practice>>,
}

impl Withdraw {
    /// Reads the ids of the input.
    pub fn read(input: WithdrawPracticeInput) -> Result<Self> {
        Ok(Self {
            id: Id::parse(&input.id, "input.id")?,
            successor: input.successor.as_ref().map(|id| Id::parse(id, "input.successor")).transpose()?,
            input,
        })
    }
}

impl Command for Withdraw {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let before: Row = tx.seen(self.id, "input.id").await?;
        may_write(tx, &before)?;
        tx.expect(&before, self.input.expected_version)?;
        refuse_if(before.state == State::Withdrawn, Code::WrongState, "input.id", "It is withdrawn already.")?;
        let reason = self.input.reason.trim();
        refuse_if(reason.is_empty(), Code::Required, "input.reason", "Say why it is withdrawn.")?;
        refuse_if(reason.chars().count() > 2_000, Code::TooLong, "input.reason", "A reason has at most 2,000 characters.")?;
        refuse_if(self.successor == Some(self.id), Code::BadInput, "input.successor", "A practice does not succeed itself.")?;
        if let Some(successor) = self.successor {
            let _: Row = tx.seen(successor, "input.successor").await?;
        }
        let mut after = before.clone();
        after.state = State::Withdrawn;
        after.withdrawn_reason = Some(reason.to_owned());
        after.successor = self.successor;
        tx.change(&before, after, &[]).await?;
        Ok(self.id)
    }
}
