//! A call of a programme: which cities may apply, when, and by which rules.
//!
//! Rules kept here: the numbers (18 months of cooperation, 12 until the plan …) belong to the call, not to the code, and
//! have a version; a day that a source tells only roughly (“late summer 2017”) stays as it was told, with the days it can
//! be at the earliest and at the latest, is found by overlap and ordered by the earliest.
//! Others may use [`Call`], [`rules_of`] and [`programme_of`]. The row stays in this folder.
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

pub use node::Call;
pub use read::{CallFilter, CallOrder};
pub use row::Rules;
pub use write::Mutation;

use sea_orm::{ColumnTrait, QueryFilter};

use crate::{
    base::{Id, Result},
    domain::programme::Programme,
    store::Tx,
};
use row::Model as Row;

crate::entry!(Call, docs: search::docs, record: import::CallRecord, events: life::EVENTS);
crate::record!(Call { title: name, events: life::events, check: check::check, paragraphs: ["description", "verbatim"] });

/// The rules a pairing of this call lives by.
pub fn rules_of(call: &Call) -> &Rules {
    &call.0.rules
}

/// The programme of a call that the transaction's viewer sees.
pub async fn programme_of(tx: &Tx<'_>, call: Id<Call>) -> Result<Option<Id<Programme>>> {
    let found = tx.first(tx.rows::<row::Entity>().filter(row::Column::Id.eq(call))).await?;
    Ok(found.map(|call| call.programme))
}
