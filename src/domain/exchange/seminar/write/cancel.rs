//! Cancelling a seminar.
use async_graphql::{ID, InputObject};

use super::{
    super::{Seminar, row::State},
    input::{Linked, to_change},
};
use crate::{
    base::{Code, Id, Result, refuse_if},
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
        let before = to_change(tx, self.id, self.input.expected_version).await?;
        refuse_if(!before.state.is_open(), Code::WrongState, "input.id", "It was held or cancelled already.")?;
        let reason = self.input.reason.trim();
        refuse_if(reason.is_empty(), Code::Required, "input.reason", "Say why it is cancelled.")?;
        refuse_if(reason.chars().count() > 2_000, Code::TooLong, "input.reason", "A reason has at most 2,000 characters.")?;
        let mut after = before.clone();
        after.state = State::Cancelled;
        after.cancelled_reason = Some(reason.to_owned());
        let links = Linked::default().links(tx, self.id).await?;
        tx.change(&before, after, &links).await?;
        Ok(self.id)
    }
}
