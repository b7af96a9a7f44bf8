//! An adoption: a city took up a practice of another one, told with what it changed, how far it came and whether it worked.
//!
//! Rules kept here:
//! - another city than the practice's own takes it up, once at a time; which version of the original it took is kept, as the practice goes on changing;
//! - its phases are reached one after another and never backwards, on days that are in order and not to come;
//! - it is concluded with an outcome and with what was learned, whichever the outcome: a failure is as welcome as a success. Taken up again it has none;
//! - the city that took it up writes; the practice's city, which gave it, is told when it is recorded and concluded, whatever its people follow, and may answer;
//! - the two cities alone see it ([`Audience::between`](crate::access::Audience::between)) until both have consented that everyone may; each consents for itself and
//!   takes that back for itself, which hides it again. It is never seen by more than see the practice: where that is hidden, it is between the two again;
//! - what the practice became in the city that took it up is a practice of that city (`becomes`), which may be taken up in its turn: so there is a lineage;
//! - withdrawn it stays as a tombstone with its title and its reason; what it said is its city's alone, and it has no outcome any more;
//! - how mature a practice is follows from the adoptions of it that everyone sees ([`maturity`]), in the transaction that changes one of them.
//!
//! It follows its practice ([`follow`]): of another city from then on, that city is asked for its consent anew. A withdrawn practice keeps its adoptions.
//!
//! Others may use [`Adoption`], [`follow`], [`follow_city`], and what a practice tells of its adoptions: [`gone_wrong`], [`lineage`] and [`by_cities_like`]. The row stays in this folder.
mod check;
mod fields;
mod follow;
mod import;
mod life;
mod like;
mod lineage;
mod maturity;
mod node;
mod path;
mod read;
mod relations;
mod row;
mod search;
mod write;

pub use follow::{follow, follow_city};
pub use like::{AdoptionByLikeCity, by_cities_like};
pub use lineage::{PracticeLineage, lineage};
pub use node::{Adoption, gone_wrong};
pub use path::Query;
pub use read::{AdoptionFilter, AdoptionOrder};
pub use write::Mutation;

use crate::{
    base::Result,
    store::{Saving, Tx},
};
use row::Model as Row;

crate::entry!(Adoption, docs: search::docs, record: import::AdoptionRecord, events: life::EVENTS);
crate::record!(Adoption {
    title: title,
    events: life::events,
    derived: Row::derived,
    check: check::check,
    paragraphs: ["answer", "withdrawn_reason"],
    ripple: ripple,
});

/// Its practice is as mature as its adoptions say.
async fn ripple(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    if saving.sets(Row::works_for_all_to_see) { maturity::reckon(tx, &[saving.after.practice.uuid()]).await } else { Ok(()) }
}
