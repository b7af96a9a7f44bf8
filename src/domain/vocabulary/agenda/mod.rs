//! A global agenda: the SDGs, the New Urban Agenda, the Sendai Framework, the Paris Agreement.
//!
//! Rules kept here: an agenda is reference data, so its labels stand in its row, one a language, with the English name
//! beside them; its goals are a tree of their own kind.
//! Others may use [`Agenda`]. The row stays in this folder.
mod check;
mod event;
mod import;
mod node;
mod read;
mod relations;
mod row;
mod search;

pub use node::Agenda;
pub use read::AgendaOrder;

use row::Model as Row;

crate::entry!(Agenda, docs: search::docs, record: import::AgendaRecord, events: event::EVENTS);
crate::record!(Agenda { title: name, events: event::events, columns: &[], check: check::check, paragraphs: ["description"] });
