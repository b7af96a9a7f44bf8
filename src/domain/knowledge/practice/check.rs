//! Whether a practice may be saved as it is.
use super::{
    Row,
    row::{BLOCKS_USED, State},
};
use crate::{
    domain::{building_block, pairing},
    kernel::prelude::check::*,
};

/// Building blocks of others that a practice uses, at the most.
const MOST_BLOCKS: usize = 50;

/// Its days are in order, it comes from a pairing of its city; partners are sought for what is published, and for a number of places; the building blocks that
/// it points to are those of others.
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
    if let Some(blocks) = saving.links(&BLOCKS_USED) {
        let field = refusals.either("building_blocks", "used_by");
        let told = format!("“{}” would use {} building blocks of others; at most {MOST_BLOCKS} are allowed.", row.title, blocks.len());
        refusals.refuse_if(blocks.len() > MOST_BLOCKS, Code::TooLong, field, told);
        let is_own = building_block::facts_of_all(tx, blocks).await?.iter().any(|block| block.practice == row.id);
        refusals.refuse_if(is_own, Code::BadInput, field, "One of them is part of this practice itself; name those of others.");
    }
    Ok(())
}
