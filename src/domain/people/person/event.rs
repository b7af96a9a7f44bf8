//! What happened to a person, told from their row before and after.
use super::{Row, row::State};
use crate::store::Fact;

/// What is told when roles or tokens changed and the row did not.
pub(super) const REVISED: Fact = Fact("personRevised");

/// The facts of one save.
pub(super) fn facts(before: Option<&Row>, after: &Row) -> Vec<Fact> {
    let left = after.state == State::Left && before.is_some_and(|before| before.state != State::Left);
    vec![match before {
        None => Fact("memberJoined"),
        Some(_) if left => Fact("memberLeft"),
        Some(_) => REVISED,
    }]
}
