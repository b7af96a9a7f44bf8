//! An involvement: an organisation takes part in a programme, city, pairing, practice or seminar.
//!
//! Rules kept here: it is never wider than what it is about, and whoever writes for that thing writes it; the organisation accepts or
//! declines by the people who keep it, or by whoever invited it; what it has left stays readable.
//! Others may use [`Involvement`], [`follow`] and the [`grid`]. The row stays in this folder.
mod check;
pub mod grid;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use node::Involvement;
pub use read::{InvolvementFilter, InvolvementOrder};
pub use row::follow;
pub use write::Mutation;

use crate::kernel::{Relates, Root};
use row::Model as Row;

/// The involvements' part of the query root.
pub type Query = Root<Involvement>;

crate::entry!(Involvement, docs: search::docs, record: import::InvolvementRecord, events: &life::EVENTS);
crate::record!(Involvement {
    title: name,
    events: life::events,
    relations: Involvement::RELATIONS,
    tags: |row| row.belongs.0.clone(),
    check: check::check,
});
