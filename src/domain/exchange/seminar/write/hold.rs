//! Noting that a seminar took place.
use async_graphql::{ID, InputObject};

use super::{
    super::{Seminar, life::HOLD, row::State},
    input::Linked,
};
use crate::{
    base::{Id, Result},
    kernel::life,
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
        let before = life::begin(tx, &HOLD, self.id, self.input.expected_version).await?;
        let mut after = before.clone();
        after.state = State::Held;
        let links = Linked::default().links(tx, self.id).await?;
        tx.change(&before, after, &links).await?;
        Ok(self.id)
    }
}
