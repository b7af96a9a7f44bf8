//! An involvement: an organisation takes part in a programme, application, city, pairing, practice or seminar.
//!
//! Rules kept here: it is never wider than what it is about nor than its organisation, whose name it tells; whoever writes for that thing writes it; they note
//! what the organisation answered, too; what it has left stays readable.
//! Others may use [`Involvement`], [`follow`] and the [`grid`]. The row stays in this folder.
mod fields;
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
pub use read::{InvolvementFilter, InvolvementOrder, names_about};
pub use row::follow;
pub use write::Mutation;

use row::Model as Row;

/// What an organisation can take part in, as a refusal says it.
const TAKES: &str = "An organisation takes part in an application, city, pairing, practice, programme or seminar; give its id.";

crate::entry!(Involvement, docs: search::docs, record: import::InvolvementRecord, events: life::EVENTS);
crate::record!(Involvement { title: name, events: life::events, tags: |row| row.belongs.0.clone(), check: fields::check });
