//! A digest: what a person is told of (`following`), by mail, daily or weekly. Not a kind: a wish of one person.
//!
//! Nobody gets one who did not ask: the default is never. What was read in the hub is not repeated. Whoever has the address in a mail can
//! end the digests, and nothing else: it holds a secret of its own, made anew when they are asked for again.
//!
//! A mail can't be sent in a transaction, so a crash can only choose between twice and never. The hub chooses twice, rarely: a digest is
//! *claimed* up to a place in the log, sent, and *settled*; one that was claimed and not settled is sent again up to the same place under the same
//! `Message-ID`, by which mail programs know it. The place and the next time move in one transaction.
//!
//! Others may use what stands below. The rows stay in this folder.
mod read;
mod row;
mod run;
mod words;
mod write;

pub use read::{Query, of_secret};
pub use row::Period;
pub use run::{Due, Settle, claim, due};
pub use words::Words;
pub use write::{End, Mutation, periods, settle};
