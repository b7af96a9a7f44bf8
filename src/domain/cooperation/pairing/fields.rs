//! What people fill in of a pairing.
use super::{Pairing, Row};
use crate::kernel::{life::LONGEST_REASON, prelude::fields::*};

columns!(Pairing {
    call: "The call whose rules it follows; one of the programme."
        .changed("The call whose rules it follows; null where not known.")
        .unrecorded(),
    theme: "The theme the cities chose."
        .changed("The theme the cities chose; null where they have none. To tell since when and why use `choosePairingPriority`.")
        .unrecorded(),
    summary: "What it is about, up to 3,000 characters.".longest(3_000),
    started_on: "The day it began, where it is known.".changed("The day it began; null where not known."),
    matched_on: "The day its cities were matched.".only_recorded(),
    state_reason: "Why it pauses or ended.".only_recorded().longest(LONGEST_REASON),
    ended_on: "The day it was completed or ended.".only_recorded(),
    source: "Where the facts come from.",
});
