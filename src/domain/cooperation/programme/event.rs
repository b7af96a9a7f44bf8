//! What happened to a programme.
use super::{Programme, Row};
use crate::{
    kernel::text,
    store::{EventType, Turn, event::TRANSLATED},
};

pub static ADDED: EventType = EventType::new("programmeAdded", Turn::Added, "A programme was added.").first();
pub static REVISED: EventType = EventType::new("programmeRevised", Turn::Changed, "A programme changed.");

/// The sorts of events.
pub static EVENTS: [&EventType; 2] = [&ADDED, &REVISED];

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    vec![match before {
        None => &ADDED,
        _ if text::is_translation::<Programme>(before, after) => &TRANSLATED,
        Some(_) => &REVISED,
    }]
}
