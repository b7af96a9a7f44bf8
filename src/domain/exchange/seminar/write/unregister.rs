//! Giving a place at a seminar back.
use async_graphql::{ID, InputObject};

use super::{
    super::{
        Row, Seminar,
        registration::{self, Stand},
        row,
    },
    input::oneself,
};
use crate::kernel::prelude::write::*;

/// What `unregisterFromSeminar` takes.
#[derive(Clone, Debug, InputObject)]
pub struct UnregisterFromSeminarInput {
    /// The seminar.
    pub id: ID,
    /// Makes a retry harmless.
    pub idempotency_key: Option<String>,
}

payload!(UnregisterFromSeminarPayload { seminar: Seminar }, "What `unregisterFromSeminar` answers.", "The seminar with the place free.");

impl Command for UnregisterFromSeminarInput {
    type Output = Id<Seminar>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Seminar>> {
        let id = Id::<Seminar>::parse(&self.id, "input.id")?;
        let person = oneself(tx)?;
        let seminar: Row = tx.locked(id, "input.id").await?;
        let Some(before) = registration::of_person(tx, id, person).await? else { return Ok(id) };
        if before.state == Stand::Withdrawn {
            return Ok(id);
        }
        // Registration may have closed; a place that is not needed is given back until the seminar begins.
        let is_over = !matches!(seminar.state, row::State::Proposed | row::State::Scheduled) || tx.now() >= seminar.starts_at;
        refuse_if(is_over, Code::WrongState, "input.id", "The seminar has begun, was held or was cancelled; the list stays as it is.")?;
        tx.part(Some(&before), registration::Model { state: Stand::Withdrawn, ..before.clone() }).await?;
        if before.state == Stand::Waiting {
            tx.count(&seminar, row::Column::Waiting, -1).await?;
            return Ok(id);
        }
        tx.count(&seminar, row::Column::Registered, -1).await?;
        registration::move_up(tx, &seminar, Some(1)).await?;
        Ok(id)
    }
}
