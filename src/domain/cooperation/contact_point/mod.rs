//! A contact point of a programme: where people turn to.
//!
//! Rules kept here: a source may name a contact and break off before its address; then the address is *unknown*, which the contact point says
//! ([`ContactPoint`]'s `isKnown`) in place of inventing one; the programme's officers write it; it is public, or of the programme's people.
//! Others may use [`ContactPoint`]. The row stays in this folder.
mod check;
mod fields;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use node::ContactPoint;
pub use read::{ContactPointFilter, ContactPointOrder};
pub use write::Mutation;

use crate::kernel::import::PlainRecord;
use row::Model as Row;

crate::entry!(ContactPoint, docs: search::docs, record: PlainRecord<ContactPoint>, events: life::EVENTS);
crate::record!(ContactPoint {
    title: name,
    events: life::events,
    derived: Row::derived,
    check: check::check,
    paragraphs: ["address", "verbatim"]
});
