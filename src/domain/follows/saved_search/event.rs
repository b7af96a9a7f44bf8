//! What happened to a saved search.
use super::Row;
use crate::store::Fact;

/// What is told of it when it is changed or deleted, and when something answers it.
pub(super) const REVISED: &str = "searchRevised";
pub(super) const DELETED: &str = "searchDeleted";
pub(super) const MATCHED: &str = "searchMatched";

/// The facts of one save.
pub(super) fn facts(before: Option<&Row>, _: &Row) -> Vec<Fact> {
    vec![Fact(if before.is_some() { REVISED } else { "searchSaved" })]
}
