//! A city, metropolitan area, association of municipalities or region.
//!
//! Rules kept here: a city has one official name and any number of aliases, each with its language and source, all
//! findable; population is told per boundary with year and source; a look-up by name answers candidates, never a silent
//! best guess; coordinates come in pairs.
//! Others may use [`City`], [`in_countries`], [`called`] and [`places`]. The row stays in this folder.
mod import;
mod node;
mod parent;
mod read;
mod row;
mod search;
mod write;

pub use import::{note_names, noted_name};
pub use node::City;
pub use read::{CityFilter, CityOrder, Query, in_countries, of};
pub use row::{PROGRAMMES, names, programmes_of};
pub use search::{Place, called, places};
pub use write::Mutation;

use row::Model as Row;

crate::entry!(City, docs: search::docs, import: Some(&crate::kernel::import::Of::<import::CityRecord>(std::marker::PhantomData)), dependents: search::dependents, parent: parent::of);
