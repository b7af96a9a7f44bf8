//! What happened to a person.
use super::{Row, row::State};
use crate::store::{EventType, Turn};

pub static JOINED: EventType = EventType::new("memberJoined", Turn::Added, "A person joined.");
pub static LEFT: EventType = EventType::new("memberLeft", Turn::Changed, "A person left.");
pub static REVISED: EventType = EventType::new("personRevised", Turn::Changed, "A person's account or roles changed.");

/// The sorts of events.
pub static EVENTS: [&EventType; 3] = [&JOINED, &LEFT, &REVISED];

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    vec![match before {
        None => &JOINED,
        Some(before) if after.state == State::Left && before.state != State::Left => &LEFT,
        Some(_) => &REVISED,
    }]
}
