//! What may be done to a city.
use super::Row;
use crate::{
    access::{Act, Owners},
    kernel::life::{Always, Move},
    living,
};

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::WriteOrGovern, "Change what is told of it.");

// Its own representatives; who governs it is the viewer's to know.
living!(Row in Always = |_row| Always, [UPDATE],
    owners: |row| Owners { cities: vec![row.id.uuid()], programmes: vec![] },
);
