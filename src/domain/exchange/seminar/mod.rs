//! A seminar: a scheduled exchange of any kind, for which people register.
//!
//! Rules kept here:
//! - times are points in time with the time zone of the place beside them; the end comes after the start;
//! - a city's representatives hold seminars of their city, a programme's officers those of its cities;
//! - there are never more registrations than places, however many people register at once;
//! - registering twice is the same as once; a name on the list is seen by its person, the host's representatives, the
//!   programme's officers and administrators, and by nobody else;
//! - a cancelled seminar stays, with its reason.
//!
//! Others may use [`Seminar`], [`dated`] and the joins. The rows stay in this folder.
mod calendar;
mod check;
mod import;
mod life;
mod node;
mod parent;
mod parts;
mod read;
mod registration;
mod relations;
mod row;
mod search;
mod time;
mod write;

pub use calendar::{Dated, dated};
pub use node::Seminar;
pub use read::{SeminarFilter, SeminarOrder};
pub use row::{CITIES, PRACTICES, THEMES};
pub use write::Mutation;

use crate::{
    base::Result,
    domain::document,
    kernel::{Relates, Root},
    store::Tx,
};
use row::Model as Row;

/// The seminars' part of the query root.
pub type Query = Root<Seminar>;

crate::entry!(Seminar, docs: search::docs, record: import::SeminarRecord, parent: parent::of, events: &life::EVENTS);
crate::record!(Seminar {
    title: title,
    events: life::events,
    relations: Seminar::RELATIONS,
    check: check::check,
    ripple: ripple,
    counters: [row::Column::Registered],
});

/// What belongs to a seminar may not be wider than it.
async fn ripple(before: &Row, after: &Row, tx: &mut Tx<'_>) -> Result<()> {
    document::follow_audience(tx, after.id.uuid(), Some(after.host.uuid()), &before.audience, &after.audience).await
}
