//! What may be done to a city.
use super::Row;
use crate::kernel::prelude::life::*;

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::WriteOrGovern, "Change what is told of it.");

// Its own representatives; who governs it is the viewer's to know.
living!(Row in Always = |_row| Always, [UPDATE],
    owners: |row| Owners::of_cities([row.id.uuid()]),
);
