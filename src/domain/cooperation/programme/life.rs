//! What may be done to a programme, and what is told of it.
use super::{Programme, Row};
use crate::kernel::prelude::life::*;

events!(
    ADDED = "programmeAdded" Added "A programme was added." first,
    REVISED = "programmeRevised" Changed "A programme changed.",
    ; new ADDED, changed REVISED, texts of Programme
);

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::Govern, "Change what is told of it.");
pub static ADD_CITY: Move<Row> =
    Move::keeps("add_city", "joined by a city", &[Always], Act::Govern, "Have a city take part in it: `addProgrammeCity`.");
pub static REMOVE_CITY: Move<Row> =
    Move::keeps("remove_city", "left by a city", &[Always], Act::Govern, "Have a city take part in it no longer: `removeProgrammeCity`.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", &[Always], Act::Govern, "Add or replace a translation.");

// Its officers.
living!(Row in Always = |_row| Always, [UPDATE, ADD_CITY, REMOVE_CITY, TRANSLATE],
    owners: |row| Owners::of_programmes([row.id.uuid()]),
);
