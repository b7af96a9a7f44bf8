//! What may be done to an account, and what happened to a person.
use super::{
    Row,
    row::State::{self, Active, Left},
};
use crate::{access::rule, kernel::prelude::life::*};

events!(
    JOINED = "memberJoined" Added "A person joined.",
    LEFT = "memberLeft" Changed "A person left.",
    REVISED = "personRevised" Changed "A person's account or roles changed.",
);

pub static UPDATE: Move<Row> = Move::keeps(
    "update",
    "changed",
    &[Active, Left],
    Act::Administer,
    "Change name, languages and who sees the address; administrators also address, roles and whether they left.",
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
