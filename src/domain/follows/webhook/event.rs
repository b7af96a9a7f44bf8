//! What happened to a webhook.
use super::{Row, row::State};
use crate::store::{EventType, Turn};

pub static CREATED: EventType = EventType::new("webhookCreated", Turn::Added, "A webhook was made.");
pub static REVISED: EventType = EventType::new("webhookRevised", Turn::Changed, "A webhook changed, or was asked to send something again.");
pub static TESTED: EventType =
    EventType::new("webhookTested", Turn::Changed, "A webhook was asked for a test: this event is what it sends.");
pub static ENDED: EventType = EventType::new("webhookEnded", Turn::Changed, "The hub ended a webhook; its `endedReason` tells why.");
pub static DELETED: EventType = EventType::new("webhookDeleted", Turn::Changed, "A webhook was deleted.");

/// The sorts of events.
pub static EVENTS: [&EventType; 5] = [&CREATED, &REVISED, &TESTED, &ENDED, &DELETED];

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    vec![match before {
        None => &CREATED,
        Some(before) if before.state != State::Ended && after.state == State::Ended => &ENDED,
        Some(_) => &REVISED,
    }]
}
