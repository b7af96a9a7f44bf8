//! A city, metropolitan area, association of municipalities or region.
//!
//! Rules kept here: a city has one official name and any number of aliases, each with its language and source, all
//! findable; population is told per boundary with year and source; a look-up by name answers candidates, never a silent
//! best guess; coordinates come in pairs; which place an imported name is stays in doubt where several are called so ([`doubts`]).
//! Others may use [`City`], [`facts`], [`in_countries`], [`called`] and [`places`]. The row stays in this folder.
mod check;
mod doubts;
mod event;
mod facts;
mod fields;
mod import;
mod join;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use facts::{Facts, facts, facts_of, facts_of_all, facts_read};
pub use import::{note_names, noted_name};
pub use join::{join, leave};
pub use node::City;
pub use read::{CityFilter, CityOrder, in_countries};
pub use row::{CityKind, PROGRAMMES, Population, THEMES, countries_of, country_of, names, names_of, programmes_of};
pub use search::{Place, called, places};
pub use write::Mutation;

use std::collections::HashMap;

use uuid::Uuid;

use crate::{
    access::Owners,
    base::Result,
    domain::{
        about::{self, Change},
        adoption, practice,
    },
    store::{Saving, Tx},
};
use row::Model as Row;

crate::entry!(City, docs: search::docs, record: import::CityRecord, owners: owners, events: event::EVENTS);
crate::record!(City {
    title: name,
    events: event::events,
    tags: |row| vec![row.id.uuid()],
    check: check::check,
    paragraphs: ["profile", "challenges", "strengths"],
    ripple: ripple,
});

/// Whose they are: their own, and their programmes'.
async fn owners(tx: &Tx<'_>, rows: &[Row]) -> Result<HashMap<Uuid, Owners>> {
    let mut found = HashMap::new();
    tx.know(&PROGRAMMES, &rows.iter().map(|row| row.id.uuid()).collect::<Vec<_>>()).await?;
    for row in rows {
        let programmes = programmes_of(tx, row.id).await?;
        found.insert(row.id.uuid(), Owners { cities: vec![row.id.uuid()], programmes });
    }
    Ok(found)
}

/// What is about a city follows it, and how mature the practices are that it took up.
async fn ripple(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    if saving.sets(|row| row.country.clone()) {
        adoption::follow_city(tx, saving.after.id).await?;
    }
    let programmes = saving.links(&PROGRAMMES).map(<[Uuid]>::to_vec);
    if let Some(programmes) = programmes.as_ref().filter(|_| saving.before.is_some()) {
        practice::leave_programmes(tx, saving.after.id, programmes).await?;
    }
    let owners = programmes.map(|programmes| Owners { cities: vec![saving.after.id.uuid()], programmes });
    about::follow(tx, &Change { owners, ..Change::of(saving) }).await
}
