//! What happened to a synonym.
use super::Row;
use crate::store::Fact;

/// What is told of it when it is deleted.
pub(super) const DELETED: &str = "synonymDeleted";

/// The facts of one save.
pub(super) fn facts(before: Option<&Row>, _: &Row) -> Vec<Fact> {
    vec![Fact(if before.is_some() { "synonymRevised" } else { "synonymAdded" })]
}
