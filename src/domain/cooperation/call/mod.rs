//! A call of a programme: which cities may apply, when, and by which rules.
//!
//! Rules kept here: the numbers (18 months of cooperation, 12 until the plan …) belong to the call, not to the code, and
//! have a version; a day that a source tells only roughly (“late summer 2017”) stays as it was told, with the days it can
//! be at the earliest and at the latest, is found by overlap and ordered by the earliest.
//! Others may use [`Call`], [`of`], [`rules_of`] and [`programme_of`]. The row stays in this folder.
mod import;
mod node;
mod read;
mod row;
mod search;

pub use node::Call;
pub use read::{CallFilter, CallOrder, Query, of};
pub use row::Rules;

use crate::{base::Id, domain::programme::Programme};
use row::Model as Row;

crate::entry!(Call, docs: search::docs, import: Some(&crate::kernel::import::Of::<import::CallRecord>(std::marker::PhantomData)));

/// The rules a pairing of this call lives by.
pub fn rules_of(call: &Call) -> &Rules {
    &call.0.rules
}

/// The programme of a call.
pub const fn programme_of(call: &Call) -> Id<Programme> {
    call.0.programme
}
