//! Whether a practice may be saved as it is.
use super::{Row, row::State};
use crate::{domain::pairing, kernel::prelude::check::*};

/// Its days are in order, it comes from a pairing of its city; partners are sought for what is published, and for a number of places.
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
    if saving.sets(|row| (row.state, row.seeks_places, row.seeks_until.clone(), row.seeks_note.clone())) {
        let places = refusals.either("places", "seeks_places");
        let is_countless = row.seeks_places.is_none() && (row.seeks_until.is_some() || row.seeks_note.is_some());
        refusals.refuse_if(is_countless, Code::Required, places, "Say for how many partner cities there are places.");
        let is_hidden = row.seeks_places.is_some() && row.state != State::Published;
        refusals.refuse_if(is_hidden, Code::WrongState, places, "Only what is published seeks partners.");
    }
    Ok(())
}
