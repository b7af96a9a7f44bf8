//! What a kind’s `read.rs` is written with: its lists.
pub use crate::{
    base::Result,
    filter,
    kernel::{Listed, Rooted},
    listed, orders,
    relay::LanguageTag,
    store::{Order, Reader, page::Sort},
};
