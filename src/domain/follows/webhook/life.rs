//! What its person may do to a webhook, and what happened to it.
use super::{
    Row,
    row::State::{self, Active, Ended, Paused},
};
use crate::kernel::prelude::life::*;

events!(
    CREATED = "webhookCreated" Added "A webhook was made." reference,
    REVISED = "webhookRevised" Changed "A webhook changed, or was asked to send something again." reference,
    TESTED = "webhookTested" Changed "A webhook was asked for a test: this event is what it sends." reference,
    ENDED = "webhookEnded" Changed "The hub ended a webhook; its `endedReason` tells why.",
    DELETED = "webhookDeleted" Changed "A webhook was deleted." reference,
);

/// What may be done in every state.
const ALL: &[State] = &[Active, Paused, Ended];

pub static UPDATE: Move<Row> =
    Move::keeps("update", "changed", ALL, Act::Join, "Change where it leads and what it tells, pause it, or make it active again.");
pub static ROTATE_SECRET: Move<Row> =
    Move::keeps("rotate_secret", "given a new secret", ALL, Act::Join, "Make it a new secret: `rotateWebhookSecret`.");
pub static SEND_TEST: Move<Row> = Move::keeps("send_test", "tested", &[Active], Act::Join, "Send a test: `sendTestWebhook`.");
pub static REPLAY: Move<Row> =
    Move::keeps("replay", "replayed", &[Active], Act::Join, "Send again what it tells of the log behind a cursor.");
pub static RETRY: Move<Row> = Move::keeps("retry", "retried", &[Active], Act::Join, "Try dead letters again: `retryWebhookDeliveries`.");
pub static DELETE: Move<Row> = Move::keeps("delete", "deleted", ALL, Act::Join, "Let it go, with what it has to send.");

// Its person alone: an administrator sees others', and leaves them alone.
living!(Row in State = |row| row.state, [UPDATE, ROTATE_SECRET, SEND_TEST, REPLAY, RETRY, DELETE],
    permits: |row, viewer, _| viewer.person == Some(row.person.uuid()),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    vec![match before {
        None => &CREATED,
        Some(before) if before.state != State::Ended && after.state == State::Ended => &ENDED,
        Some(_) => &REVISED,
    }]
}
