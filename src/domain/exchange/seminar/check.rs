//! Whether a seminar may be saved as it is.
use super::{
    Row,
    time::{self, Times},
};
use crate::{
    domain::{city, pairing},
    kernel::prelude::check::*,
};

/// Its times are in order, its places are enough; somebody holds it; its host belongs to its programme and its pairing.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    if saving.sets(|row| (row.starts_at, row.ends_at, row.registration_closes_at)) {
        let times = Times { starts_at: row.starts_at, ends_at: row.ends_at, registration_closes_at: row.registration_closes_at };
        refusals.take(times.check(&refusals.path("ends_at"), &refusals.path("registration_closes_at")))?;
    }
    let is_counted = row.walk_ins.is_none_or(|count| (0..=1_000_000).contains(&count));
    refusals.refuse_if(!is_counted, Code::BadInput, "walk_ins", "0 to 1,000,000 people come without a place.");
    if saving.sets(|row| row.capacity) {
        refusals.take(time::places(row.capacity, row.registered, &refusals.path("capacity")))?;
    }
    if saving.sets(|row| (row.host, row.organisation, row.programme)) {
        let is_held = row.host.is_some() || row.organisation.is_some() || row.programme.is_some();
        refusals.refuse_if(!is_held, Code::Required, "host", "Say who holds it: a city, an organisation or a programme.");
        let is_twice = row.host.is_some() && row.organisation.is_some();
        refusals.refuse_if(is_twice, Code::BadInput, "organisation", "A city or an organisation holds it, not both.");
    }
    if saving.sets(|row| (row.host, row.programme))
        && let (Some(host), Some(programme)) = (row.host, row.programme)
    {
        let takes_part = city::programmes_of(tx, host).await?.contains(&programme.uuid());
        refusals.refuse_if(!takes_part, Code::BadInput, "programme", "The host does not take part in this programme.");
    }
    if saving.sets(|row| (row.host, row.pairing))
        && let Some(pairing) = row.pairing
    {
        let members = pairing::members(tx, pairing).await?;
        let is_member = row.host.is_some_and(|host| members.contains(&host.uuid()));
        refusals.refuse_if(!is_member, Code::BadInput, "pairing", "The host is not a city of this pairing.");
    }
    Ok(())
}
