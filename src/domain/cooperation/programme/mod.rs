//! A programme: who brings cities together, and what it says of itself.
//!
//! Rules kept here: what a source states of the programme (“sixteen pairs”) is kept with that source beside what the hub
//! counts, and neither corrects the other (`cooperation::stated`), as are the groups of cities it speaks of, in its spelling ([`cohort`]); the original text has a version, each translation says which one it
//! translates.
//! Others may use [`Programme`], [`slugs_of`], [`called`] and [`frames`]. The row stays in this folder.
mod cohort;
mod fields;
mod import;
mod life;
mod node;
mod pairing_count;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use node::Programme;
pub use read::{ProgrammeFilter, ProgrammeOrder, Reviewing, reach, reviewing};
pub use row::THEMES;
pub use search::{Frame, called, frames, slugs_of};
pub use write::Mutation;

use std::collections::HashMap;

use uuid::Uuid;

use crate::{access::Owners, base::Result, store::Tx};
use row::Model as Row;

crate::entry!(Programme, docs: search::docs, record: import::ProgrammeRecord, owners: owners, events: life::EVENTS);
crate::record!(Programme { title: name, events: life::events, tags: |row| vec![row.id.uuid()], paragraphs: ["description", "verbatim"] });

/// Whose they are: their own.
async fn owners(_: &Tx<'_>, rows: &[Row]) -> Result<HashMap<Uuid, Owners>> {
    let own = |row: &Row| (row.id.uuid(), Owners::of_programmes([row.id.uuid()]));
    Ok(rows.iter().map(own).collect())
}
