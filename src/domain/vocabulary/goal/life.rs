//! What may be done to a goal, and what is told of it.
use super::Row;
use crate::kernel::prelude::life::*;

events!(
    ADDED = "goalAdded" Added "A goal was added." first reference,
    REVISED = "goalRevised" Changed "A goal changed." reference,
    ; new ADDED, changed REVISED
);

pub static NOTE: Move<Row> = Move::keeps("note", "noted", &[Always], Act::Administer, "Keep a note at it, or change the one there is.");

// An agenda is the world's: only the note is the hub's own.
living!(Row in Always = |_row| Always, [NOTE]);
