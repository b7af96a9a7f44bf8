//! Withdrawing a practice.
use async_graphql::{ID, InputObject};

use super::super::{Practice, life::WITHDRAW, row::State};
use crate::{
    base::{Id, Result},
    kernel::life,
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
        let before = life::begin(tx, &WITHDRAW, self.id, self.input.expected_version).await?;
        let reason = life::reason(&self.input.reason, "withdrawn")?;
        let mut after = before.clone();
        after.state = State::Withdrawn;
        after.withdrawn_reason = Some(reason);
        after.successor = self.successor;
        tx.change(&before, after, &[]).await?;
        Ok(self.id)
    }
}
