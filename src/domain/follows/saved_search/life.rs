//! What its person may do to a saved search, and what happened to it.
use super::Row;
use crate::{
    access::Act,
    kernel::life::{Always, Move},
    living,
    store::{EventType, Turn},
};

pub static SAVED: EventType = EventType::new("searchSaved", Turn::Changed, "A search was saved.");
pub static REVISED: EventType = EventType::new("searchRevised", Turn::Changed, "A saved search changed.");
pub static DELETED: EventType = EventType::new("searchDeleted", Turn::Changed, "A saved search was deleted.");
pub static MATCHED: EventType = EventType::new("searchMatched", Turn::Changed, "Something answers a saved search.");

/// The sorts of events.
pub static EVENTS: [&EventType; 4] = [&SAVED, &REVISED, &DELETED, &MATCHED];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::Join, "Ask for something else, or call it otherwise.");
pub static DELETE: Move<Row> = Move::keeps("delete", "deleted", &[Always], Act::Join, "Let it go; its feed ends.");

// Its person alone: an administrator sees others', and leaves them alone.
living!(Row in Always = |_row| Always, [UPDATE, DELETE],
    permits: |row, viewer, _| viewer.person == Some(row.person.uuid()),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, _: &Row) -> Vec<&'static EventType> {
    vec![if before.is_none() { &SAVED } else { &REVISED }]
}
