//! What happened to a webhook.
use super::{Row, row::State};
use crate::store::Fact;

/// What is told of it when it is deleted, when it is asked for a test, and when its deliveries or secrets change.
pub(super) const DELETED: &str = "webhookDeleted";
pub(super) const TESTED: &str = "webhookTested";
pub(super) const REVISED: &str = "webhookRevised";

/// The facts of one save.
pub(super) fn facts(before: Option<&Row>, after: &Row) -> Vec<Fact> {
    vec![Fact(match before {
        None => "webhookCreated",
        Some(before) if before.state != State::Ended && after.state == State::Ended => "webhookEnded",
        Some(_) => REVISED,
    })]
}
