//! Withdrawing a document.
use async_graphql::InputObject;

use super::super::{Document, Row, life::WITHDRAW, row::State};
use crate::{
    base::{Id, Result},
    kernel::life,
    payload,
    relay::Target,
    store::{Command, Tx},
};

/// What `withdrawDocument` takes.
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawDocumentInput {
    #[graphql(flatten)]
    pub target: Target<Document>,
    /// Why, 1 to 2,000 characters; everyone who could read the document reads it.
    pub reason: String,
}

payload!(
    /// What `withdrawDocument` answers.
    WithdrawDocumentPayload {
        /// The tombstone.
        document: Document
    }
);

impl Command for WithdrawDocumentInput {
    type Output = Id<Document>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Document>> {
        let before = life::begin(tx, &WITHDRAW, &self.target).await?;
        let reason = life::reason(&self.reason, "withdrawn")?;
        let after = Row { state: State::Withdrawn, withdrawn_reason: Some(reason), ..before.clone() };
        tx.change(&before, after, &[]).await?;
        Ok(before.id)
    }
}
