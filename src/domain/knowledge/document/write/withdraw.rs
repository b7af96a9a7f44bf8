//! Withdrawing a document.
use async_graphql::{ID, InputObject};

use super::super::{Document, Row, life::WITHDRAW, row::State};
use crate::{
    base::{Id, Result},
    kernel::life,
    payload,
    store::{Command, Tx},
};

/// What `withdrawDocument` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawDocumentInput {
    /// The document.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// Why, 1 to 2,000 characters; everyone who could read the document reads it.
    pub reason: String,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `withdrawDocument` answers.
    WithdrawDocumentPayload {
        /// The tombstone.
        document: Document
    }
);

/// The command.
pub struct Withdraw {
    input: WithdrawDocumentInput,
    id: Id<Document>,
}

impl Withdraw {
    /// Reads the ids of the input.
    pub fn read(input: WithdrawDocumentInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }
}

impl Command for Withdraw {
    type Output = Id<Document>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Document>> {
        let before = life::begin(tx, &WITHDRAW, self.id, self.input.expected_version).await?;
        let reason = life::reason(&self.input.reason, "withdrawn")?;
        let after = Row { state: State::Withdrawn, withdrawn_reason: Some(reason), ..before.clone() };
        tx.change(&before, after, &[]).await?;
        Ok(self.id)
    }
}
