//! An agreement of a pairing (a memorandum of understanding): what its members promise each other, in versions, each signed by every member.
//!
//! Rules kept here:
//! - that there is one, and who has signed it, is seen by whoever sees the pairing; what it says stands in a document about the pairing, which has its own audience;
//! - each member but observers signs each version once: who, in what office, on which day; signing again corrects what was noted;
//! - the state follows from the signatures: a draft that nobody has signed, partly signed, signed by every member. An amendment is a new version, and what was
//!   signed before it stays in force until every member has signed that, too; what was signed is not changed any more;
//! - when a member joins, its signature is missing until it signs; when one leaves, it is not waited for. The pairing is told how many agreements each member has
//!   signed, and nothing happens to it by itself.
//!
//! Others may use [`Agreement`], [`follow`], [`refuse_unsigned`], [`signed_of`] and the join. The row stays in this folder.
mod check;
mod fields;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod version;
mod write;

pub use node::Agreement;
pub use read::{AgreementFilter, AgreementOrder, Signed, refuse_unsigned, signed_of};
pub use row::DOCUMENTS;
pub use write::Mutation;

use sea_orm::{ColumnTrait, QueryFilter};

use crate::{
    base::{Id, Result},
    domain::{
        obligation,
        pairing::{self, Concern, Pairing},
    },
    store::{Json, Saving, Tx},
};
use row::Model as Row;

crate::entry!(Agreement, docs: search::docs, record: import::AgreementRecord, events: life::EVENTS);
crate::record!(Agreement {
    title: title,
    events: life::events,
    tags: |row| row.owners.cities.iter().chain(&row.owners.programmes).copied().collect(),
    check: check::check,
    paragraphs: ["ended_reason", "what"],
    ripple: ripple,
});

/// What the members of its pairing owe follows, and its pairing is told where it becomes one that each member has signed, or is one no more.
async fn ripple(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    let (was, is) = (saving.before.is_some_and(Row::is_signed), saving.after.is_signed());
    if was != is {
        pairing::count_signed(tx, saving.after.pairing, if is { 1 } else { -1 }).await?;
    }
    if saving.sets(|row| (row.state == row::State::Ended, row.versions.clone())) {
        obligation::derive(tx, &[saving.after.pairing.uuid()]).await?;
    }
    Ok(())
}

/// The agreements of a pairing follow it: who may see them, whose they are, and who has to sign.
pub async fn follow(tx: &mut Tx<'_>, pairing: Id<Pairing>, concern: &Concern) -> Result<()> {
    for row in tx.all(tx.every::<row::Entity>().filter(row::Column::Pairing.eq(pairing))).await? {
        let after = Row {
            audience: concern.audience.clone(),
            owners: Json(concern.owners.clone()),
            signatories: Json(concern.signatories.clone()),
            is_pairing_over: concern.is_over,
            ..row.clone()
        };
        tx.change(&row, after.derived(), &[]).await?;
    }
    Ok(())
}
