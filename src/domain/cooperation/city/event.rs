//! What happened to a city.
use super::Row;
use crate::store::{EventType, Turn, event::TRANSLATED};

pub static ADDED: EventType = EventType::new("cityAdded", Turn::Added, "A city was added.").first();
pub static REVISED: EventType = EventType::new("cityRevised", Turn::Changed, "A city changed.");

/// The sorts of events.
pub static EVENTS: [&EventType; 2] = [&ADDED, &REVISED];

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    vec![match before {
        None => &ADDED,
        Some(before) if before.languages != after.languages => &TRANSLATED,
        Some(_) => &REVISED,
    }]
}
