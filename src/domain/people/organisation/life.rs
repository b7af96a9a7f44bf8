//! What may be done to an organisation, and what is told of it.
use super::{Organisation, Row};
use crate::{base::Id, kernel::prelude::life::*};

events!(
    ADDED = "organisationAdded" Added "An organisation was added." first,
    REVISED = "organisationRevised" Changed "An organisation changed.",
    ; new ADDED, changed REVISED, texts of Organisation
);

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::WriteOrGovern, "Change what is told of it.");
pub static TRANSLATE: Move<Row> = Move::keeps("translate", "translated", &[Always], Act::WriteOrGovern, "Add or replace a translation.");

// The people of its city, and the officers of the programme that keeps it.
living!(Row in Always = |_row| Always, [UPDATE, TRANSLATE],
    owners: |row| Owners { cities: row.city.map(Id::uuid).into_iter().collect(), programmes: row.programme.map(Id::uuid).into_iter().collect() },
);
