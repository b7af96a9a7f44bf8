//! The manners of the graph: node ids, connections, batched loading, payloads, scalars.
//!
//! Invariant: nothing here names a kind. SQL is put together in `refs` alone, for what arguments name.
pub mod audience;
pub mod connection;
pub mod context;
pub mod dispatch;
mod error_code;
pub mod field;
pub mod imprecise;
pub mod loaders;
pub mod object;
pub mod operations;
pub mod payload;
pub mod reach;
pub mod refs;
pub mod roots;
pub mod scalars;
pub mod target;
pub mod upload;

pub use audience::AudienceView;
pub use connection::{Connection, PageArgs};
pub use context::{Asking, Hub, NodeType, Scope};
pub use imprecise::{ImpreciseDateInput, ImpreciseDateView};
pub use object::{AnyNode, Object};
pub use operations::Operations;
pub use payload::{Outcome, Payload, UserError};
pub use refs::Refs;
pub use scalars::{DateTime, DateValue, LanguageTag, Position};
pub use target::{Target, put};
pub use upload::Upload;
