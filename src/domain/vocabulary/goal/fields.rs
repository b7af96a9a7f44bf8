//! What people fill in of a goal: the note, as the rest is the agenda's own.
use super::{Goal, Row};
use crate::kernel::prelude::fields::*;

columns!(Goal {
    code: "The number in the agenda.".only_recorded(),
    name: "The English name.".only_recorded(),
    position: "The place in the whole agenda.".only_recorded(),
    note: "What the hub's programmes make of it, in English, up to 5,000 characters.".longest(5_000),
});
