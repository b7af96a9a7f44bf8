//! Noting that a seminar took place.
use async_graphql::InputObject;

use super::{
    super::{Seminar, life::HOLD, row::State},
    input::Linked,
};
use crate::{
    base::{Id, Result},
    kernel::life,
    payload,
    relay::Target,
    store::{Command, Tx},
};

/// What `markSeminarHeld` takes.
#[derive(Clone, Debug, InputObject)]
pub struct MarkSeminarHeldInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
}

payload!(
    /// What `markSeminarHeld` answers.
    MarkSeminarHeldPayload {
        /// The seminar as it is now.
        seminar: Seminar
    }
);

impl Command for MarkSeminarHeldInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let before = life::begin(tx, &HOLD, &self.target).await?;
        let mut after = before.clone();
        after.state = State::Held;
        let links = Linked::default().links(tx, before.id).await?;
        tx.change(&before, after, &links).await?;
        Ok(before.id)
    }
}
