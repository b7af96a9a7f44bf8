//! What may be done to an organisation, and what is told of it.
use super::{Organisation, Row};
use crate::{
    access::{Act, Owners},
    base::Id,
    kernel::{
        life::{self, Always, Move},
        text,
    },
    living,
    store::{EventType, Turn},
};

pub static ADDED: EventType = EventType::new("organisationAdded", Turn::Added, "An organisation was added.").first();
pub static REVISED: EventType = EventType::new("organisationRevised", Turn::Changed, "An organisation changed.");

/// The sorts of events of organisations.
pub static EVENTS: [&EventType; 2] = [&ADDED, &REVISED];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::WriteOrGovern, "Change what is told of it.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", &[Always], Act::WriteOrGovern, "Add or replace a translation.");

// The people of its city, and the officers of the programme that keeps it.
living!(Row in Always = |_row| Always, [UPDATE, TRANSLATE],
    owners: |row| Owners { cities: row.city.map(Id::uuid).into_iter().collect(), programmes: row.programme.map(Id::uuid).into_iter().collect() },
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_translation = text::is_translation::<Organisation>(before, after);
    life::events(before, after, &ADDED, &REVISED, is_translation)
}
