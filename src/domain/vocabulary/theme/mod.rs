//! A theme: one branch of the tree by which practices, cities and seminars are found.
//!
//! Rules kept here: a theme's `path` is its parent's path and its own slug, so that a whole subtree is one prefix;
//! the tree has no cycles; labels stand in the row, one a language, with the English name beside them.
//! Others may use [`Theme`], [`ancestors`], [`together`], [`called`] and [`tree`]. The row stays in this folder.
mod fields;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use node::Theme;
pub use read::{called, tree};
pub use search::{ancestors, together};
pub use write::Mutation;

use std::future::ready;

use crate::kernel::{import::tree, label};
use row::Model as Row;

crate::entry!(Theme, docs: search::docs, record: import::ThemeRecord, events: life::EVENTS);
crate::record!(Theme {
    title: name,
    events: life::events,
    check: |saving, refusals, _| ready(label::check(saving, refusals)),
    ripple: tree::move_below::<Row>
});
