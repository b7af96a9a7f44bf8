//! What administrators may do to a synonym, and what happened to it.
use super::Row;
use crate::{
    access::Act,
    kernel::life::{Always, Move},
    living,
    store::{EventType, Turn},
};

pub static ADDED: EventType =
    EventType::new("synonymAdded", Turn::Added, "A synonym was added: search heeds it from then on, as it does what follows.").first();
pub static REVISED: EventType = EventType::new("synonymRevised", Turn::Changed, "A synonym changed.");
pub static DELETED: EventType = EventType::new("synonymDeleted", Turn::Changed, "A synonym was deleted.");

/// The sorts of events.
pub static EVENTS: [&EventType; 3] = [&ADDED, &REVISED, &DELETED];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::Administer, "Change what finds what.");
pub static DELETE: Move<Row> = Move::keeps("delete", "deleted", &[Always], Act::Administer, "Let it go.");

living!(Row in Always = |_row| Always, [UPDATE, DELETE]);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, _: &Row) -> Vec<&'static EventType> {
    vec![if before.is_none() { &ADDED } else { &REVISED }]
}
