//! What may be done to a theme, and what is told of it.
use super::Row;
use crate::{
    access::Act,
    kernel::life::{self, Always, Move},
    living,
    store::{EventType, Turn},
};

pub static ADDED: EventType = EventType::new("themeAdded", Turn::Added, "A theme was added to the tree.").first();
pub static REVISED: EventType = EventType::new("themeRevised", Turn::Changed, "A theme changed.");

/// The sorts of events.
pub static EVENTS: [&EventType; 2] = [&ADDED, &REVISED];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::Administer, "Change its names and its place in the tree.");

// Everybody finds by the tree: administrators keep it.
living!(Row in Always = |_row| Always, [UPDATE]);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    life::events(before, after, &ADDED, &REVISED, false)
}
