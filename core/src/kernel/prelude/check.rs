//! What a kind’s `check.rs` is written with: what may be saved of it.
pub use crate::{
    base::{Code, Result},
    store::{Refusals, Saving, Tx},
};
