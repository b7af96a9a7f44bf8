//! What happened to a theme.
use super::Row;
use crate::store::{EventType, Turn};

pub static ADDED: EventType = EventType::new("themeAdded", Turn::Added, "A theme was added to the tree.").first();
pub static REVISED: EventType = EventType::new("themeRevised", Turn::Changed, "A theme changed.");

/// The sorts of events.
pub static EVENTS: [&EventType; 2] = [&ADDED, &REVISED];

/// The events of one save.
pub(super) fn events(before: Option<&Row>, _: &Row) -> Vec<&'static EventType> {
    vec![if before.is_none() { &ADDED } else { &REVISED }]
}
