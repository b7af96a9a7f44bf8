//! What may be done to an account, and what happened to a person.
use super::{
    Row,
    row::State::{self, Active, Left},
};
use crate::{
    access::{Act, Owners, rule},
    kernel::life::Move,
    living,
    store::{EventType, Turn},
};

pub static JOINED: EventType = EventType::new("memberJoined", Turn::Added, "A person joined.");
pub static LEFT: EventType = EventType::new("memberLeft", Turn::Changed, "A person left.");
pub static REVISED: EventType = EventType::new("personRevised", Turn::Changed, "A person's account or roles changed.");

/// The sorts of events.
pub static EVENTS: [&EventType; 3] = [&JOINED, &LEFT, &REVISED];

pub static UPDATE: Move<Row> = Move::keeps(
    "update",
    "changed",
    &[Active, Left],
    Act::Administer,
    "Change name and languages; administrators also address, roles and whether they left.",
);

// The person, and administrators.
living!(Row in State = |row| row.state, [UPDATE],
    permits: |row, viewer, right| viewer.person == Some(row.id.uuid()) || rule::may(viewer, right, &Owners::default()),
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    vec![match before {
        None => &JOINED,
        Some(before) if after.state == State::Left && before.state != State::Left => &LEFT,
        Some(_) => &REVISED,
    }]
}
