//! What a kind’s `relations.rs` is written with: its relations.
pub use crate::{
    base::Id,
    kernel::relation::{Relates, Relation, list, many, many_listed, one},
    store::reader::Parent,
};
