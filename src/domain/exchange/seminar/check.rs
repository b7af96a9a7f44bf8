//! Whether a seminar may be saved as it is.
use super::{
    Row,
    time::{self, Times},
};
use crate::{
    base::{Code, Result, link::may_lead},
    domain::{city, pairing},
    kernel::life::LONGEST_REASON,
    store::{Refusals, Saving, Tx},
};

/// The longest place, in characters.
const LONGEST_PLACE: usize = 2_000;

/// Its times are in order, its places are enough, its link leads somewhere; its host belongs to its programme and its pairing.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| (row.starts_at, row.ends_at, row.registration_closes_at)) {
        let times = Times { starts_at: row.starts_at, ends_at: row.ends_at, registration_closes_at: row.registration_closes_at };
        refusals.take(times.check(&refusals.path("ends_at"), &refusals.path("registration_closes_at")))?;
    }
    if saving.sets(|row| row.capacity) {
        refusals.take(time::places(row.capacity, row.registered, &refusals.path("capacity")))?;
    }
    if saving.sets(|row| row.place.clone()) {
        refusals.too_long("place", row.place.as_deref(), LONGEST_PLACE);
    }
    if saving.sets(|row| row.cancelled_reason.clone()) {
        refusals.too_long("cancelled_reason", row.cancelled_reason.as_deref(), LONGEST_REASON);
    }
    if saving.sets(|row| row.link.clone()) {
        refusals.take(may_lead(row.link.as_deref(), &refusals.path("link")))?;
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
