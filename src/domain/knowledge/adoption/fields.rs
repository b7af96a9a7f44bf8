//! What people fill in of an adoption: its columns, and the parts of its texts.
use super::{Adoption, Row, row::State};
use crate::kernel::{
    life::{self, LONGEST_REASON},
    prelude::fields::*,
};

/// The longest of most parts, in characters.
const LONG: usize = 20_000;
/// The longest answer.
const LONGEST_ANSWER: usize = 2_000;

columns!(Adoption {
    outcome: "What came of it.".only_recorded(),
    concluded_on: "The day it was concluded.".only_recorded(),
    answer: "What the practice's city says of it.".only_recorded().longest(LONGEST_ANSWER),
    answered_on: "The day of the answer.".only_recorded(),
    owner_consented_on: "The day on which the practice's city consented that everyone may see it.".only_recorded(),
    city_consented_on: "The day on which the city that took it up consented that everyone may see it.".only_recorded(),
    withdrawn_reason: "Why it was withdrawn.".only_recorded().longest(LONGEST_REASON),
}, slug: "Made of the title where not given.");

texts!(Adoption {
    text: "AdoptionText", "An adoption's text in one language.",
    in_row: [title],
    parts: [
        TextPart::new("title", 300, "The title.").required().in_row().searched(Title),
        TextPart::new("changes", LONG, "What the city changed.").searched(Body),
        TextPart::new("reasons", LONG, "Why it changed that.").searched(Body),
        TextPart::new("lessons", LONG, "What was learned.")
            .at_node("What was learned. Never empty once there is an outcome, whichever it is.")
            .at_input(Use::Create, "What was learned; needed before it is concluded.")
            .at_input(Use::Update, "What was learned; may not be forgotten once it is concluded.")
            .searched(Body),
    ],
    // What was withdrawn is told by its title and its reason; what it said is its city's alone.
    withholds: |row, viewer| life::keeps_from(row, State::Withdrawn, viewer),
});
