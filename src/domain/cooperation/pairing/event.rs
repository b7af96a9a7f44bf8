//! What happened to a pairing, told from its row before and after.
use super::{Row, row::State};
use crate::store::Fact;

/// The facts of one save.
pub(super) fn facts(before: Option<&Row>, after: &Row) -> Vec<Fact> {
    let became_active = after.state == State::Active && before.is_some_and(|before| before.state != State::Active);
    vec![Fact(match before {
        None => "pairingMatched",
        Some(_) if became_active => "pairingActivated",
        Some(_) => "pairingRevised",
    })]
}
