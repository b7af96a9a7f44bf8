//! What a kind’s `search.rs` is written with: what the index holds of it.
pub use crate::{
    base::{Kind, Result},
    kernel::text,
    search::{DocKey, SearchDoc, SearchText},
    store::Reader,
};
