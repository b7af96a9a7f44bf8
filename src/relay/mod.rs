//! The manners of the graph: node ids, connections, batched loading, payloads, scalars.
//!
//! Invariant: nothing here names a kind. SQL is put together in `refs` alone, for what arguments name.
pub mod audience;
pub mod connection;
pub mod context;
pub mod dispatch;
pub mod imprecise;
pub mod lean;
pub mod loaders;
pub mod operations;
pub mod payload;
pub mod refs;
pub mod scalars;
pub mod upload;

pub use audience::AudienceView;
pub use connection::{Connection, PageArgs};
pub use context::{Asking, Face, Hub, Scope};
pub use imprecise::ImpreciseDateView;
pub use lean::Lean;
pub use operations::Operations;
pub use payload::{Outcome, UserError};
pub use refs::Refs;
pub use scalars::{DateTime, DateValue, LanguageTag, Position};
pub use upload::Upload;
