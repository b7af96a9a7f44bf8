//! What a kind’s `life.rs` is written with: its life and its events.
pub use crate::{
    access::{Act, Owners},
    events,
    kernel::{
        life,
        life::{Always, Move},
        text,
    },
    living,
    store::EventType,
};
