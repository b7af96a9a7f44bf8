//! A practice: something a city did that others can learn from, told honestly, difficulties included.
//!
//! It begins as a draft that only the city's own representatives see. Sharing it with a pairing or a programme, and at
//! last publishing it, widens its audience; each step is a save of its own with an event. A withdrawn practice stays as
//! a tombstone with its reason and, where there is one, its successor.
//!
//! Rules kept here:
//! - what is published through the graph tells its difficulties; an imported record may come without (a source that
//!   tells none is not made to), and then answers null;
//! - the original text has a version, each translation says which one it translates;
//! - a practice is found under its themes and everything above them.
//!
//! Others may use [`Practice`] and [`GOALS`]. The row stays in this folder.
mod check;
mod import;
mod life;
mod node;
mod parent;
mod parts;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use life::EVENTS;
pub use node::Practice;
pub use read::{PracticeFilter, PracticeOrder};
pub use row::GOALS;
pub use write::Mutation;

use crate::{
    base::Result,
    domain::document,
    kernel::{Relates, Root},
    store::Tx,
};
use row::Model as Row;

/// The practices' part of the query root.
pub type Query = Root<Practice>;

crate::entry!(Practice, docs: search::docs, record: import::PracticeRecord, parent: parent::of, events: &EVENTS);
crate::record!(Practice { title: title, events: life::events, relations: Practice::RELATIONS, check: check::check, ripple: ripple });

/// What belongs to a practice may not be wider than it.
async fn ripple(before: &Row, after: &Row, tx: &mut Tx<'_>) -> Result<()> {
    document::follow_audience(tx, after.id.uuid(), Some(after.city.uuid()), &before.audience, &after.audience).await
}
