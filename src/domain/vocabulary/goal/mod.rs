//! A goal, target, commitment or article of a global agenda: one branch of that agenda's tree.
//!
//! Rules kept here: what stands below a goal belongs to the same agenda; a goal's `path` is the agenda's slug, then the
//! slugs from the root to itself, so that a whole subtree is one prefix; the tree has no circles; `position` is the
//! place in the whole agenda as it is read from top to bottom; labels stand in the row, one a language.
//! Others may use [`Goal`], [`called`], [`names`] and [`slugs_of`]. The row stays in this folder.
mod check;
mod fields;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use node::Goal;
pub use read::{GoalFilter, GoalOrder};
pub use search::{called, names, slugs_of};
pub use write::Mutation;

use crate::kernel::import::tree;
use row::Model as Row;

crate::entry!(Goal, docs: search::docs, record: import::GoalRecord, events: life::EVENTS);
crate::record!(Goal { title: name, events: life::events, check: check::check, paragraphs: ["note"], ripple: tree::move_below::<Row> });
