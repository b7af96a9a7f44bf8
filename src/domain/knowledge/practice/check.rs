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
    if saving.sets(|row| (row.state, row.review_programme, row.reviewer, row.review_step, row.words_changed)) {
        let is_handed_in = matches!(row.state, State::Submitted | State::InReview);
        let told = "Tell the programme that it was handed in to.";
        refusals.refuse_if(is_handed_in && row.review_programme.is_none(), Code::Required, "review_programme", told);
        let is_nobodys = row.state == State::InReview && row.reviewer.is_none();
        refusals.refuse_if(is_nobodys, Code::Required, "reviewer", "Tell who reviews it, or that it is “submitted”.");
        refusals.refuse_if(!(0..=1).contains(&row.review_step), Code::BadInput, "review_step", "One step is passed, or none: 0 or 1.");
        refusals.refuse_if(row.words_changed < 0, Code::BadInput, "words_changed", "A number of words is not negative.");
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
