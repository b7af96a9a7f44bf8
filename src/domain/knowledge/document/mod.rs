//! A document: a file and its versions, about a practice, a seminar, a city, a pairing or a programme.
//!
//! Its bytes are kept by `files` under their checksum, before a row names them; the row tells the newest version, and
//! [`file`] every version there ever was. Its text is read from the bytes later, in a child process, and kept by checksum
//! too ([`text`]), so that the same file is never read twice; the index hears of it by the log.
//!
//! Rules kept here:
//! - a document is never wider than what it is about: checked on each save ([`sharing::below`]), and narrowed with it
//!   ([`follow_audience`]); it is published to those who may see that thing, or to fewer;
//! - whoever writes for that thing writes its documents;
//! - the media type is found from the content, whatever was claimed;
//! - replacing the file makes a new version and keeps the old ones; withdrawing keeps a tombstone with a reason, and its
//!   files are no longer handed out.
//!
//! Others may use [`Document`], [`of`], [`follow_audience`], [`extract_missing`] and [`handed_out`]. The rows stay here.
//!
//! [`sharing::below`]: crate::domain::sharing::below
mod about;
mod extract;
mod file;
mod import;
mod node;
mod read;
mod row;
mod search;
mod text;
mod write;

pub use about::DocumentAbout;
pub use extract::extract_missing;
pub use file::{Content, Handed, handed_out};
pub use node::Document;
pub use read::{DocumentFilter, DocumentOrder, Query, of};
pub use row::{DocumentKind, follow_audience};
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Document, docs: search::docs, import: Some(&crate::kernel::import::Of::<import::DocumentRecord>(std::marker::PhantomData)));

#[cfg(test)]
mod tests;
