//! A goal, target, commitment or article of a global agenda: one branch of that agenda's tree.
//!
//! Rules kept here: what stands below a goal belongs to the same agenda; a goal's `path` is the agenda's slug, then the
//! slugs from the root to itself, so that a whole subtree is one prefix; the tree has no circles; `position` is the
//! place in the whole agenda as it is read from top to bottom; labels stand in the row, one a language.
//! Others may use [`Goal`], [`of`], [`called`] and [`slugs_of`]. The row stays in this folder.
mod import;
mod node;
mod read;
mod row;
mod search;

pub use node::Goal;
pub use read::{GoalFilter, GoalOrder, Query, of};
pub use search::{called, slugs_of};

use row::Model as Row;

crate::entry!(Goal, docs: search::docs, import: Some(&crate::kernel::import::Of::<import::GoalRecord>(std::marker::PhantomData)), dependents: search::dependents);
