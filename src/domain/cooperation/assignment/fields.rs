//! What people fill in of an assignment.
use super::{Assignment, Row};
use crate::kernel::{life::LONGEST_REASON, prelude::fields::*};

columns!(Assignment {
    note: "What its officers note, up to 2,000 characters.".longest(LONGEST_REASON),
    decided_on: "The day its call was decided by it.".only_recorded(),
    undone_on: "The day that was taken back.".only_recorded(),
    undone_reason: "Why it was taken back.".only_recorded().longest(LONGEST_REASON),
}, slug: "Made of the name of the call where not given.");
