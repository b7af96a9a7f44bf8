//! Cancelling a seminar.
use async_graphql::InputObject;

use super::{
    super::{Seminar, life::CANCEL, row::State},
    input::Linked,
};
use crate::{
    base::{Id, Result},
    kernel::life,
    payload,
    relay::Target,
    store::{Command, Tx},
};

/// What `cancelSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct CancelSeminarInput {
    #[graphql(flatten)]
    pub target: Target<Seminar>,
    /// Why, 1 to 2,000 characters; everyone who sees the seminar reads it.
    pub reason: String,
}

payload!(
    /// What `cancelSeminar` answers.
    CancelSeminarPayload {
        /// The cancelled seminar.
        seminar: Seminar
    }
);

impl Command for CancelSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let before = life::begin(tx, &CANCEL, &self.target).await?;
        let reason = life::reason(&self.reason, "cancelled")?;
        let mut after = before.clone();
        after.state = State::Cancelled;
        after.cancelled_reason = Some(reason);
        let links = Linked::default().links(tx, before.id).await?;
        tx.change(&before, after, &links).await?;
        Ok(before.id)
    }
}
