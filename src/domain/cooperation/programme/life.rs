//! What may be done to a programme, and what is told of it.
use super::{Programme, Row};
use crate::{
    access::{Act, Owners},
    kernel::{
        life::{self, Always, Move},
        text,
    },
    living,
    store::{EventType, Turn},
};

pub static ADDED: EventType = EventType::new("programmeAdded", Turn::Added, "A programme was added.").first();
pub static REVISED: EventType = EventType::new("programmeRevised", Turn::Changed, "A programme changed.");

/// The sorts of events.
pub static EVENTS: [&EventType; 2] = [&ADDED, &REVISED];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::Govern, "Change what is told of it.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", &[Always], Act::Govern, "Add or replace a translation.");

// Its officers.
living!(Row in Always = |_row| Always, [UPDATE, TRANSLATE],
    owners: |row| Owners { cities: vec![], programmes: vec![row.id.uuid()] },
);

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_translation = text::is_translation::<Programme>(before, after);
    life::events(before, after, &ADDED, &REVISED, is_translation)
}
