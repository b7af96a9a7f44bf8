//! What happened to a saved search.
use super::Row;
use crate::store::{EventType, Turn};

pub static SAVED: EventType = EventType::new("searchSaved", Turn::Changed, "A search was saved.");
pub static REVISED: EventType = EventType::new("searchRevised", Turn::Changed, "A saved search changed.");
pub static DELETED: EventType = EventType::new("searchDeleted", Turn::Changed, "A saved search was deleted.");
pub static MATCHED: EventType = EventType::new("searchMatched", Turn::Changed, "Something answers a saved search.");

/// The sorts of events.
pub static EVENTS: [&EventType; 4] = [&SAVED, &REVISED, &DELETED, &MATCHED];

/// The events of one save.
pub(super) fn events(before: Option<&Row>, _: &Row) -> Vec<&'static EventType> {
    vec![if before.is_none() { &SAVED } else { &REVISED }]
}
