//! Scheduling a seminar.
use async_graphql::{ID, InputObject};

use super::super::Seminar;
use super::input::{Holder, Outline, audience};
use crate::kernel::prelude::write::*;

/// What `scheduleSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct ScheduleSeminarInput {
    #[graphql(flatten)]
    pub outline: Outline,
    /// Who may see it: a pairing of the host, a programme it takes part in, or the host alone (its own id). Everyone where not given.
    pub share_with: Option<ID>,
}

payload!(ScheduleSeminarPayload { seminar: Seminar }, "What `scheduleSeminar` answers.", "The seminar.");

impl Command for ScheduleSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let holder = Holder::read(tx, &self.outline.host, self.outline.programme.as_ref()).await?;
        let owners = holder.owners();
        tx.may(Act::Write, &owners)?;
        let audience = audience(tx, &owners, self.share_with.as_ref()).await?;
        self.outline.begin(tx, holder, audience, None).await
    }
}
