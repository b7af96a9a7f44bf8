//! What a person's other devices are told of.
use crate::store::{EventType, Turn};

pub static CHANGED: EventType = EventType::new(
    "followsChanged",
    Turn::Changed,
    "A person follows something, or no longer. Told to that person alone, as is what follows.",
);
pub static READ: EventType = EventType::new("notificationsRead", Turn::Changed, "A person said up to where notifications were read.");

/// The sorts of events.
pub static EVENTS: [&EventType; 2] = [&CHANGED, &READ];
