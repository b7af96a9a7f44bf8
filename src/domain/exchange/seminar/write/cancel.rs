//! Cancelling a seminar.
use async_graphql::{ID, InputObject};

use super::{
    super::{Seminar, life::CANCEL, row::State},
    input::Linked,
};
use crate::{
    base::{Id, Result},
    kernel::life,
    payload,
    store::{Command, Tx},
};

/// What `cancelSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CancelSeminarInput {
    /// The seminar.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// Why, 1 to 2,000 characters; everyone who sees the seminar reads it.
    pub reason: String,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `cancelSeminar` answers.
    CancelSeminarPayload {
        /// The cancelled seminar.
        seminar: Seminar
    }
);

/// The command.
pub struct Cancel {
    input: CancelSeminarInput,
    id: Id<Seminar>,
}

impl Cancel {
    /// Reads the ids of the input.
    pub fn read(input: CancelSeminarInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }
}

impl Command for Cancel {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let before = life::begin(tx, &CANCEL, self.id, self.input.expected_version).await?;
        let reason = life::reason(&self.input.reason, "cancelled")?;
        let mut after = before.clone();
        after.state = State::Cancelled;
        after.cancelled_reason = Some(reason);
        let links = Linked::default().links(tx, self.id).await?;
        tx.change(&before, after, &links).await?;
        Ok(self.id)
    }
}
