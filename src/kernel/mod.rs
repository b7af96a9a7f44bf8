//! What every kind of the graph is made of: its entry in the registry, its texts, its records in and out, countries and labels.
//!
//! Invariant: nothing here names a kind. What has to know them all is handed [`Kinds`].
pub mod country;
pub mod entry;
pub mod export;
pub mod import;
pub mod label;
pub mod text;

pub use entry::{Entry, Kinds, ParentFacts};
