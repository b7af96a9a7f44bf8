//! What a kind’s `row.rs` is written with: its table.
pub use crate::{
    access::Audience,
    base::{Id, Language, Moment, text::fold},
    column_enum,
    kernel::text,
    store::Join,
    table,
};
