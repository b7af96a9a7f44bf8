//! What a kind’s `fields.rs` is written with: what people fill in of it.
pub use crate::{
    base::{Code, Result},
    columns, item,
    kernel::import::{NoTexts, Recorded, TextsRecord},
    kernel::text::{Searched::*, TextPart, Use},
    store::{Json, Refusals},
    texts,
};
