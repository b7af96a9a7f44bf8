//! The only SQL kernel: reads start at [`Reader`], writes run through [`Writer`], what happened stands in the [`log`].
//!
//! Invariant: nothing here mentions GraphQL or names a kind; no unscoped select leaves this folder but by `Reader::parts`,
//! `Tx::every` and the methods on ids and slugs, each of which says who may call it.
mod bulk;
pub mod check;
mod columns;
pub mod condition;
pub mod db;
pub mod event;
pub mod isolation;
pub mod join;
pub mod lease;
pub mod log;
pub mod page;
mod pending;
mod postgres;
pub mod reader;
pub mod record;
pub mod row;
mod sqlite;
mod taken;
pub mod tx;
pub mod wake;
pub mod writer;

pub use check::{Refusals, Saving, Surface, in_line};
pub use columns::Json;
pub use db::{Db, Tap};
pub use event::{EventType, Turn};
pub use isolation::Isolation;
pub use join::{Join, Links};
pub use lease::Leases;
pub use log::{Log, Logged, Retention};
pub use page::{List, Order, Page, Slice};
pub use reader::Reader;
pub use record::{Blank, Part, Record};
pub use row::Row;
pub use tx::Tx;
pub use writer::{Command, Done, Request, Writer};
