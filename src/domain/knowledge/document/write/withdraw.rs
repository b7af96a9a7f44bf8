//! Withdrawing a document.
use async_graphql::{ID, InputObject};

use super::{
    super::{Document, Row, row::State},
    input::may_write,
};
use crate::{
    base::{Code, Id, Result, refuse_if},
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
        let before: Row = tx.seen(self.id, "input.id").await?;
        may_write(tx, &before).await?;
        tx.expect(&before, self.input.expected_version)?;
        refuse_if(before.state == State::Withdrawn, Code::WrongState, "input.id", "It is withdrawn already.")?;
        let reason = self.input.reason.trim();
        refuse_if(reason.is_empty(), Code::Required, "input.reason", "Say why it is withdrawn.")?;
        refuse_if(reason.chars().count() > 2_000, Code::TooLong, "input.reason", "A reason has at most 2,000 characters.")?;
        let after = Row { state: State::Withdrawn, withdrawn_reason: Some(reason.to_owned()), ..before.clone() };
        tx.change(&before, after, &[]).await?;
        Ok(self.id)
    }
}
