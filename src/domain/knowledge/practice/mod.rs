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
//! Others may use [`Practice`], [`of`] and [`GOALS`]. The row stays in this folder.
mod event;
mod import;
mod node;
mod parent;
mod read;
mod row;
mod search;
mod text;
mod write;

pub use node::Practice;
pub use read::{PracticeFilter, PracticeOrder, Query, of};
pub use row::GOALS;
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Practice, docs: search::docs, import: Some(&crate::kernel::import::Of::<import::PracticeRecord>(std::marker::PhantomData)), dependents: search::dependents, parent: parent::of);
