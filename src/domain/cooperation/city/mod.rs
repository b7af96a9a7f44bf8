//! A city, metropolitan area, association of municipalities or region.
//!
//! Rules kept here: a city has one official name and any number of aliases, each with its language and source, all
//! findable; population is told per boundary with year and source; a look-up by name answers candidates, never a silent
//! best guess; coordinates come in pairs.
//! Others may use [`City`], [`in_countries`], [`called`] and [`places`]. The row stays in this folder.
mod check;
mod event;
mod import;
mod life;
mod node;
mod parent;
mod parts;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use import::{note_names, noted_name};
pub use node::City;
pub use read::{CityFilter, CityOrder, in_countries};
pub use row::{PROGRAMMES, names, programmes_of};
pub use search::{Place, called, places};
pub use write::Mutation;

use crate::kernel::{Relates, Root};
use row::Model as Row;

/// The cities' part of the query root.
pub type Query = Root<City>;

crate::entry!(City, docs: search::docs, record: import::CityRecord, parent: parent::of, events: &event::EVENTS);
crate::record!(City {
    title: name,
    events: event::events,
    relations: City::RELATIONS,
    tags: |row| vec![row.id.uuid()],
    check: check::check,
});
