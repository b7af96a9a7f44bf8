//! A saved search: a question a person keeps, to be told of what answers it from then on.
//!
//! It is its person's alone. What it finds is what its person may see when it is found; each thing is told of once, at the first event
//! after the search was saved at which it answers (`follow/saved_searches.rs`). A match is an entry of the event log that only the person sees, so
//! that streams, cursors, hubs and retention treat it like any other. It is also told as an Atom feed, at an address that nobody can
//! guess.
//!
//! Where its person hands on what they had to do, it is the successor's, who is told of what it finds from then on; its feed has another address.
//!
//! Others may use [`SavedSearch`], [`Kept`] and what [`matched`] offers. The rows stay in this folder.
mod check;
mod import;
mod life;
pub mod matched;
mod node;
mod read;
mod relations;
mod row;
mod write;

pub use node::SavedSearch;
pub use read::{Kept, every_kept, ids_of_person, is_of, of_secret};
pub use write::Mutation;

use row::Model as Row;

crate::entry!(SavedSearch, record: import::SavedSearchRecord, events: life::EVENTS);
crate::record!(SavedSearch { title: name, events: life::events, columns: &[], check: check::check, paragraphs: ["text"] });
