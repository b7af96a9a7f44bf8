//! What happened to a synonym.
use super::Row;
use crate::store::{EventType, Turn};

pub static ADDED: EventType =
    EventType::new("synonymAdded", Turn::Added, "A synonym was added: search heeds it from then on, as it does what follows.").first();
pub static REVISED: EventType = EventType::new("synonymRevised", Turn::Changed, "A synonym changed.");
pub static DELETED: EventType = EventType::new("synonymDeleted", Turn::Changed, "A synonym was deleted.");

/// The sorts of events.
pub static EVENTS: [&EventType; 3] = [&ADDED, &REVISED, &DELETED];

/// The events of one save.
pub(super) fn events(before: Option<&Row>, _: &Row) -> Vec<&'static EventType> {
    vec![if before.is_none() { &ADDED } else { &REVISED }]
}
