//! What its person may do to a saved search, and what happened to it.
use super::Row;
use crate::kernel::prelude::life::*;

events!(
    SAVED = "searchSaved" Changed "A search was saved." reference,
    REVISED = "searchRevised" Changed "A saved search changed." reference,
    DELETED = "searchDeleted" Changed "A saved search was deleted." reference,
    MATCHED = "searchMatched" Changed "Something answers a saved search.",
);

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
