//! A seminar: a scheduled exchange of any kind, for which people register.
//!
//! Rules kept here:
//! - times are points in time with the time zone of the place beside them; the end comes after the start;
//! - a city, an organisation or a programme holds it: a city's representatives hold seminars of their city, a programme's officers those of its cities;
//! - any member proposes one to a host with whom they share a pairing or programme; the host accepts it, or calls it off;
//! - there are never more registrations than places, however many people register at once;
//! - registering twice is the same as once; a name on the list is seen by its person, the host's representatives, the
//!   programme's officers and administrators, and by nobody else;
//! - where all places are taken people wait; a place that becomes free goes to who waited longest, in the same transaction, and they are notified of it,
//!   whatever they follow;
//! - who hands on what they had to do hands on their places at seminars to come, and in their lists, too ([`hand_on`]); nobody has two;
//! - it is documented when minutes, a presentation or a recording are there;
//! - a cancelled seminar stays, with its reason.
//!
//! Others may use [`Seminar`], [`dated`], [`follow`], [`held_in_pairings`] and the joins. The rows stay in this folder.
mod calendar;
mod check;
mod fields;
mod hand_on;
mod held;
mod import;
mod life;
mod node;
mod read;
mod registration;
mod relations;
mod row;
mod search;
mod time;
mod write;

pub use calendar::{Dated, dated};
pub use held::held_in_pairings;
pub use node::Seminar;
pub use read::{SeminarFilter, SeminarOrder};
pub use row::{CITIES, GOALS, PRACTICES, THEMES};
pub use write::Mutation;

use crate::{
    access::Owners,
    base::{Id, Result},
    domain::about::{self, Change},
    kernel::{Living, entry::own_owners},
    store::{Json, Saving, Tx},
};
use row::Model as Row;

crate::entry!(Seminar, docs: search::docs, record: import::SeminarRecord, owners: own_owners, duties: hand_on::duties, handed_on: hand_on::hand_on, events: life::EVENTS);
crate::record!(Seminar {
    title: title,
    events: life::events,
    check: check::check,
    paragraphs: ["description", "place", "cancelled_reason"],
    ripple: ripple,
    counters: [row::Column::Registered, row::Column::Waiting],
});

/// The seminars of an organisation are of its people, whoever those are now.
pub async fn follow(tx: &mut Tx<'_>, organisation: uuid::Uuid, owners: &Owners) -> Result<()> {
    use sea_orm::{ColumnTrait, QueryFilter};
    for row in tx.all(tx.every::<row::Entity>().filter(row::Column::Organisation.eq(organisation))).await? {
        let after = Row { organisation_owners: Json(owners.clone()), ..row.clone() };
        tx.change(&row, after, &[]).await?;
    }
    Ok(())
}

/// What is about a seminar follows it.
async fn ripple(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    about::follow(
        tx,
        &Change {
            owner: saving.after.host.map(Id::uuid),
            owners: saving.sets(|row| (row.host, row.programme, row.organisation_owners.0.clone())).then(|| saving.after.owners()),
            ..Change::of(saving)
        },
    )
    .await
}
