//! Noting that a seminar took place.
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

/// What `markSeminarHeld` takes.
#[derive(Clone, Debug, InputObject)]
pub struct MarkSeminarHeldInput {
    /// The seminar.
    pub id: ID,
    /// The version the change starts from; a stale one is `CONFLICT`.
    pub expected_version: Option<i32>,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(
    /// What `markSeminarHeld` answers.
    MarkSeminarHeldPayload {
        /// The seminar as it is now.
        seminar: Seminar
    }
);

/// The command.
pub struct Hold {
    input: MarkSeminarHeldInput,
    id: Id<Seminar>,
}

impl Hold {
    /// Reads the ids of the input.
    pub fn read(input: MarkSeminarHeldInput) -> Result<Self> {
        Ok(Self { id: Id::parse(&input.id, "input.id")?, input })
    }
}

impl Command for Hold {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let before = to_change(tx, self.id, self.input.expected_version).await?;
        refuse_if(!before.state.is_open(), Code::WrongState, "input.id", "It was held or cancelled already.")?;
        refuse_if(before.starts_at > tx.now(), Code::WrongState, "input.id", "It has not started yet.")?;
        let mut after = before.clone();
        after.state = State::Held;
        let links = Linked::default().links(tx, self.id).await?;
        tx.change(&before, after, &links).await?;
        Ok(self.id)
    }
}
