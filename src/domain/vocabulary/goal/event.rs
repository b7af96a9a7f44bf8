//! What happened to a goal.
use super::Row;
use crate::events;

events!(
    ADDED = "goalAdded" Added "A goal was added." first,
    REVISED = "goalRevised" Changed "A goal changed.",
    ; only new ADDED, changed REVISED
);
