//! A theme: one branch of the tree by which practices, cities and seminars are found.
//!
//! Rules kept here: a theme's `path` is its parent's path and its own slug, so that a whole subtree is one prefix;
//! the tree has no cycles; labels stand in the row, one a language, with the English name beside them.
//! Others may use [`Theme`], [`ancestors`], [`together`] and [`called`]. The row stays in this folder.
mod import;
mod node;
mod read;
mod row;
mod search;

pub use node::Theme;
pub use read::{Query, called};
pub use row::Labels;
pub use search::{ancestors, together};

crate::entry!(Theme, docs: search::docs, import: Some(&crate::kernel::import::Of::<ThemeRecord>(std::marker::PhantomData)), dependents: search::dependents);

use import::ThemeRecord;
use row::Model as Row;
