//! A pairing: two or more cities that promised to learn from each other for a while.
//!
//! Rules kept here:
//! - a pairing joins at least two different cities, all of which take part in its programme; it ends once;
//! - how long it binds and how long it is supported is counted in calendar months from its start by the rules of its
//!   call; where the start or the call is unknown these days are unknown, never invented;
//! - it lives by the version of these rules that was the newest when it was made, until all of its cities have accepted a newer one ([`rules`]);
//! - what its cities share with each other is seen by their representatives and the stakeholders they invited.
//!
//! Others may use [`Pairing`], [`members`] and the join. The row stays in this folder.
mod check;
mod fields;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod rules;
mod search;
mod term;
mod write;

pub use node::Pairing;
pub use read::{PairingFilter, PairingOrder};
pub use row::{CITIES, is_paired, members};
pub use write::Mutation;

use std::collections::HashMap;

use uuid::Uuid;

use crate::{
    access::Owners,
    base::Result,
    domain::about::{self, Change},
    store::{Saving, Tx},
};
use row::Model as Row;

crate::entry!(Pairing, docs: search::docs, record: import::PairingRecord, owners: owners, events: life::EVENTS);
crate::record!(Pairing {
    title: name,
    events: life::events,
    tags: |row| vec![row.id.uuid()],
    check: check::check,
    paragraphs: ["summary"],
    ripple: ripple,
});

/// Whose they are: their member cities' and their programme's.
async fn owners(tx: &Tx<'_>, rows: &[Row]) -> Result<HashMap<Uuid, Owners>> {
    let mut found = HashMap::new();
    tx.know(&CITIES, &rows.iter().map(|row| row.id.uuid()).collect::<Vec<_>>()).await?;
    for row in rows {
        let cities = members(tx, row.id).await?;
        found.insert(row.id.uuid(), Owners { cities, programmes: vec![row.programme.uuid()] });
    }
    Ok(found)
}

/// What is about a pairing follows it.
async fn ripple(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    let cities = saving.links(&CITIES).map(<[Uuid]>::to_vec);
    let owners = cities.map(|cities| Owners { cities, programmes: vec![saving.after.programme.uuid()] });
    about::follow(tx, &Change { owners, ..Change::of(saving) }).await
}
