//! What may be done to a theme, and what is told of it.
use super::Row;
use crate::kernel::prelude::life::*;

events!(
    ADDED = "themeAdded" Added "A theme was added to the tree." first reference,
    REVISED = "themeRevised" Changed "A theme changed." reference,
    ; new ADDED, changed REVISED
);

pub static UPDATE: Move<Row> = Move::keeps("update", "changed", &[Always], Act::Administer, "Change its names and its place in the tree.");

// Everybody finds by the tree: administrators keep it.
living!(Row in Always = |_row| Always, [UPDATE]);
