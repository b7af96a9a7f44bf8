//! An announcement: dated news of a programme.
//!
//! Rules kept here: a correction keeps the old text in the past and is told as one; what an announcement says of a city
//! (“new city”) is a claim of that day, not a property of the city; the original text has a version, each translation
//! says which one it translates.
//! Others may use [`Announcement`], [`CITIES`], [`new_claim`] and [`new_since`]. The row stays in this folder.
mod check;
mod earlier;
mod fields;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use node::{Announcement, Claim, new_claim};
pub use read::{AnnouncementFilter, AnnouncementOrder, new_since};
pub use row::CITIES;
pub use write::Mutation;

use row::Model as Row;

crate::entry!(Announcement, docs: search::docs, record: import::AnnouncementRecord, events: life::EVENTS);
crate::record!(Announcement {
    title: title,
    events: life::events,
    tags: |row| row.claims.iter().map(|claim| claim.city.uuid()).collect(),
    check: check::check,
    paragraphs: ["verbatim"]
});
