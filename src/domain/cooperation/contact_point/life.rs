//! What may be done to a contact point, and what is told of it.
use super::Row;
use crate::kernel::prelude::life::*;

events!(
    ADDED = "contactPointAdded" Added "A contact point was named.",
    REVISED = "contactPointRevised" Changed "A contact point changed.",
    ; new ADDED, changed REVISED
);

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::Govern, "Change what is told of it.");

// The programme's officers.
living!(Row in Always = |_row| Always, [UPDATE], owners: |row| Owners::of_programmes([row.programme.uuid()]));
