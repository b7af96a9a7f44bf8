//! What a kind’s `node.rs` is written with: its type in the graph.
pub use crate::{
    kernel::NodeFields,
    node, node_object,
    relay::{DateValue, LanguageTag, Object, context::Asking},
};
