//! What people fill in of an agreement.
use super::{Agreement, Row};
use crate::kernel::{life::LONGEST_REASON, prelude::fields::*};

columns!(Agreement {
    title: "The title, 1 to 300 characters.".named(300),
    language: "The language of the title.",
    ended_on: "The day it ended.".only_recorded(),
    ended_reason: "Why it ended.".only_recorded().longest(LONGEST_REASON),
    source: "Where the facts come from.",
}, slug: "Made of the title where not given.");
