//! An organisation: a university, a company, an authority, a newspaper … that takes part in what cities do.
//!
//! Rules kept here: it has one official name and any number of aliases, each with its language and source, all findable; it is kept by the
//! people of its city, or by the officers of a programme where it is of no city; it is public, or seen by those it is shared with.
//! Others may use [`Organisation`] and [`names_of`], [`titles`], [`kinds_of`], and, where they are imported, [`note_names`] and [`noted_name`]. The row stays in this folder.
mod check;
mod fields;
mod import;
mod life;
mod node;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use import::{note_names, noted_name};
pub use node::Organisation;
pub use read::{OrganisationFilter, OrganisationOrder, kinds_of, names_of, public_names, titles};
pub use row::OrganisationKind;
pub use write::Mutation;

use crate::{
    base::Result,
    domain::{about::Change, involvement, seminar},
    kernel::{Living, entry::own_owners, import::PlainRecord},
    store::{Saving, Tx},
};
use row::Model as Row;

crate::entry!(Organisation, docs: search::docs, record: PlainRecord<Organisation>, owners: own_owners, events: life::EVENTS);
crate::record!(Organisation {
    title: name,
    events: life::events,
    derived: Row::derived,
    check: check::check,
    paragraphs: ["description"],
    ripple: follow
});

/// What it takes part in is never wider than itself; the seminars it holds are of its people.
async fn follow(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    if saving.before.is_some() && saving.sets(|row| (row.city, row.programme)) {
        seminar::follow(tx, saving.after.id.uuid(), &saving.after.owners()).await?;
    }
    involvement::follow(tx, "organisation", &Change::of(saving)).await
}
