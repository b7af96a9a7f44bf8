//! What administrators may do to a synonym, and what happened to it.
use super::Row;
use crate::kernel::prelude::life::*;

events!(
    ADDED = "synonymAdded" Added "A synonym was added: search heeds it from then on, as it does what follows." first reference,
    REVISED = "synonymRevised" Changed "A synonym changed." reference,
    DELETED = "synonymDeleted" Changed "A synonym was deleted." reference,
    ; only new ADDED, changed REVISED
);

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::Administer, "Change what finds what.");
pub static DELETE: Move<Row> = Move::keeps("delete", "deleted", &[Always], Act::Administer, "Let it go.");

living!(Row in Always = |_row| Always, [UPDATE, DELETE]);
