//! An announcement: dated news of a programme.
//!
//! Rules kept here: a correction keeps the old text in the past and is told as one; what an announcement says of a city
//! (“new city”) is a claim of that day, not a property of the city; the original text has a version, each translation
//! says which one it translates.
//! Others may use [`Announcement`], [`of`] and [`CITIES`]. The row stays in this folder.
mod import;
mod node;
mod read;
mod row;
mod search;
mod text;

pub use node::Announcement;
pub use read::{AnnouncementFilter, AnnouncementOrder, Query, of};
pub use row::CITIES;

use row::Model as Row;

crate::entry!(
    Announcement,
    docs: search::docs,
    import: Some(&crate::kernel::import::Of::<import::AnnouncementRecord>(std::marker::PhantomData))
);
