//! A pairing: two or more cities that promised to learn from each other for a while.
//!
//! Rules kept here:
//! - a pairing joins at least two different cities, all of which take part in its programme; it ends once;
//! - how long it binds and how long it is supported is counted in calendar months from its start by the rules of its
//!   call; where the start or the call is unknown these days are unknown, never invented;
//! - what its cities share with each other is seen by their representatives and the stakeholders they invited.
//!
//! Others may use [`Pairing`], [`members`] and the join. The row stays in this folder.
mod check;
mod import;
mod life;
mod node;
mod parent;
mod read;
mod relations;
mod row;
mod search;
mod term;
mod write;

pub use node::Pairing;
pub use read::{PairingFilter, PairingOrder};
pub use row::{CITIES, members};
pub use write::Mutation;

use crate::{
    base::Result,
    domain::document,
    kernel::{Relates, Root},
    store::Tx,
};
use row::Model as Row;

/// The pairings' part of the query root.
pub type Query = Root<Pairing>;

crate::entry!(Pairing, docs: search::docs, record: import::PairingRecord, parent: parent::of, events: &life::EVENTS);
crate::record!(Pairing {
    title: name,
    events: life::events,
    relations: Pairing::RELATIONS,
    tags: |row| vec![row.id.uuid()],
    check: check::check,
    ripple: ripple,
});

/// What belongs to a pairing may not be wider than it.
async fn ripple(before: &Row, after: &Row, tx: &mut Tx<'_>) -> Result<()> {
    document::follow_audience(tx, after.id.uuid(), None, &before.audience, &after.audience).await
}
