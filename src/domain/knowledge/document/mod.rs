//! A document: a file and its versions, or a link to one on another site, about a practice, a seminar, a city, a pairing, a programme or an application.
//!
//! Its bytes are kept by `files` under their checksum, before a row names them; the row tells the newest version, and
//! [`file`] every version there ever was. Its text is read from the bytes later, in a child process, and kept by checksum
//! too ([`text`]), so that the same file is never read twice; the index hears of it by the log.
//!
//! What is said of a link is kept here, and what it leads to is never fetched; [`link`] knows whether it still leads anywhere.
//!
//! Rules kept here:
//! - a document is never wider than what it is about: checked on each save ([`sharing::below`]), and narrowed with it
//!   ([`about::follow`]); it is published to those who may see that thing, or to fewer;
//! - whoever writes for that thing writes its documents;
//! - the media type is found from the content, whatever was claimed;
//! - replacing the file makes a new version and keeps the old ones; withdrawing keeps a tombstone with a reason, and its
//!   files are no longer handed out.
//!
//! Others may use [`Document`], [`follow`], [`about_of`], [`extract_missing`], [`handed_out`], [`kinds_published_about`] and the checks of links. The rows stay here.
//!
//! [`about::follow`]: crate::domain::about::follow
//! [`sharing::below`]: crate::domain::sharing::below
mod about;
mod check;
mod extract;
mod fields;
mod file;
mod follow;
mod import;
mod life;
mod link;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod text;
mod write;

pub use about::DocumentAbout;
pub use extract::extract_missing;
pub use file::{Content, Handed, handed_out};
pub use follow::{follow, published_titles, published_titles_in, widen};
pub use link::{Due, LinkCheck, links_due, note_link_checks};
pub use node::Document;
pub use read::{DocumentFilter, DocumentOrder, about_of, kinds_published_about};
pub use row::DocumentKind;
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Document, docs: search::docs, record: import::DocumentRecord, events: life::EVENTS);
crate::record!(Document {
    title: title,
    events: life::events,
    tags: |row| row.belongs.0.clone(),
    check: check::check,
    paragraphs: ["description", "withdrawn_reason"]
});

#[cfg(test)]
mod tests;
