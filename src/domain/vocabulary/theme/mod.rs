//! A theme: one branch of the tree by which practices, cities and seminars are found.
//!
//! Rules kept here: a theme's `path` is its parent's path and its own slug, so that a whole subtree is one prefix;
//! the tree has no cycles; labels stand in the row, one a language, with the English name beside them.
//! Others may use [`Theme`], [`ancestors`], [`together`] and [`called`]. The row stays in this folder.
mod check;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use check::check_labels;
pub use node::Theme;
pub use read::called;
pub use row::Labels;
pub use search::{ancestors, together};
pub use write::Mutation;

/// The themes' part of the query root.
pub type Query = Root<Theme>;

crate::entry!(Theme, docs: search::docs, record: import::ThemeRecord, events: &life::EVENTS);
crate::record!(Theme { title: name, events: life::events, relations: Theme::RELATIONS, check: check::check, ripple: import::move_below });

use crate::kernel::{Relates, Root};
use row::Model as Row;
