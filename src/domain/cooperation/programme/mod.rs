//! A programme: who brings cities together, and what it says of itself.
//!
//! Rules kept here: what a source states of the programme (“sixteen pairs”) is kept with that source beside what the hub
//! counts, and neither corrects the other; the original text has a version, each translation says which one it
//! translates.
//! Others may use [`Programme`], [`slugs_of`], [`called`] and [`frames`]. The row stays in this folder.
mod import;
mod node;
mod parent;
mod read;
mod row;
mod search;
mod stated;
mod text;

pub use node::Programme;
pub use parent::of as parent_facts;
pub use read::{ProgrammeFilter, ProgrammeOrder, Query, reach};
pub use search::{Frame, called, frames, slugs_of};

use row::Model as Row;

crate::entry!(Programme, docs: search::docs, import: Some(&crate::kernel::import::Of::<import::ProgrammeRecord>(std::marker::PhantomData)), parent: parent::of);
