//! What happened to an agenda.
use super::Row;
use crate::store::{EventType, Turn};

pub static ADDED: EventType = EventType::new("agendaAdded", Turn::Added, "An agenda was added.").first();
pub static REVISED: EventType = EventType::new("agendaRevised", Turn::Changed, "An agenda changed.");

/// The sorts of events.
pub static EVENTS: [&EventType; 2] = [&ADDED, &REVISED];

/// The events of one save.
pub(super) fn events(before: Option<&Row>, _: &Row) -> Vec<&'static EventType> {
    vec![if before.is_none() { &ADDED } else { &REVISED }]
}
