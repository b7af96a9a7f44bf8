//! The ground everything stands on: ids, time, chance, errors, words, dates.
//!
//! Invariant: nothing here does I/O, is async, or names a kind of thing.
pub mod ambient;
pub mod counted;
pub mod country;
pub mod cursor;
pub mod date;
pub mod error;
pub mod id;
pub mod language;
pub mod language_name;
pub mod link;
mod lookup;
pub mod meant;
pub mod outbound;
pub mod slug;
pub mod tls;

pub use hansa_text as text;

pub use ambient::{Ambient, Moment};
pub use counted::Counted;
pub use error::{Code, Error, Fault, Refusal, Result, refuse, refuse_if, with_causes};
pub use id::{AnyId, Id, Kind};
pub use language::Language;
pub use language_name::language_name;
pub use meant::meant;
pub use outbound::Outbound;
