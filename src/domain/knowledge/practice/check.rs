//! Whether a practice may be saved as it is.
use super::Row;
use crate::{domain::pairing, kernel::prelude::check::*};

/// Its days are in order, it comes from a pairing of its city.
pub(super) async fn check(saving: &Saving<'_, Row>, refusals: &mut Refusals, tx: &Tx<'_>) -> Result<()> {
    let row = saving.after;
    refusals.days(saving, ("started_on", |row| row.started_on.as_deref()), ("ended_on", |row| row.ended_on.as_deref()));
    if saving.sets(|row| (row.city, row.pairing))
        && let Some(pairing) = row.pairing
    {
        let is_member = pairing::members(tx, pairing).await?.contains(&row.city.uuid());
        refusals.refuse_if(!is_member, Code::BadInput, "pairing", "The city is not a city of this pairing.");
    }
    if saving.sets(|row| row.successor) {
        refusals.refuse_if(row.successor == Some(row.id), Code::BadInput, "successor", "A practice does not succeed itself.");
    }
    Ok(())
}
