//! What may be done to an organisation, and what is told of it.
use super::Row;
use crate::{
    access::{Act, Owners},
    base::Id,
    kernel::life::{self, Always, Living, Move},
    store::{EventType, Turn},
};

pub static ADDED: EventType = EventType::new("organisationAdded", Turn::Added, "An organisation was added.").first();
pub static REVISED: EventType = EventType::new("organisationRevised", Turn::Changed, "An organisation changed.");

/// The sorts of events of organisations.
pub static EVENTS: [&EventType; 2] = [&ADDED, &REVISED];

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::WriteOrGovern, "Change what is told of it.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", &[Always], Act::WriteOrGovern, "Add or replace a translation.");

impl Living for Row {
    type State = Always;
    const MOVES: &'static [&'static Move<Self>] = &[&UPDATE, &TRANSLATE];

    fn state(&self) -> Always {
        Always
    }

    /// The people of its city, and the officers of the programme that keeps it.
    fn owners(&self) -> Owners {
        Owners { cities: self.city.map(Id::uuid).into_iter().collect(), programmes: self.programme.map(Id::uuid).into_iter().collect() }
    }
}

/// The events of one save.
pub(super) fn events(before: Option<&Row>, after: &Row) -> Vec<&'static EventType> {
    let is_translation = before.is_some_and(|before| before.languages != after.languages && before.text_version == after.text_version);
    life::events(before, after, &ADDED, &REVISED, is_translation)
}
