//! Whether a seminar may be saved as it is.
use super::{
    Row,
    time::{self, Times},
};
use crate::{
    domain::{city, pairing},
    kernel::prelude::check::*,
};

/// Its times are in order, its places are enough; its host belongs to its programme and its pairing.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| (row.starts_at, row.ends_at, row.registration_closes_at)) {
        let times = Times { starts_at: row.starts_at, ends_at: row.ends_at, registration_closes_at: row.registration_closes_at };
        refusals.take(times.check(&refusals.path("ends_at"), &refusals.path("registration_closes_at")))?;
    }
    if saving.sets(|row| row.capacity) {
        refusals.take(time::places(row.capacity, row.registered, &refusals.path("capacity")))?;
    }
    if saving.sets(|row| (row.host, row.programme))
        && let Some(programme) = row.programme
    {
        let takes_part = city::programmes_of(tx, row.host).await?.contains(&programme.uuid());
        refusals.refuse_if(!takes_part, Code::BadInput, "programme", "The host does not take part in this programme.");
    }
    if saving.sets(|row| (row.host, row.pairing))
        && let Some(pairing) = row.pairing
    {
        let is_member = pairing::members(tx, pairing).await?.contains(&row.host.uuid());
        refusals.refuse_if(!is_member, Code::BadInput, "pairing", "The host is not a city of this pairing.");
    }
    Ok(())
}
