//! What people fill in of a building block: its columns, and the parts of its texts.
use super::{
    BuildingBlock, Row,
    row::{Category, State},
};
use crate::kernel::{
    life::{self, LONGEST_REASON},
    prelude::fields::*,
};

/// The longest of most parts, in characters.
const LONG: usize = 20_000;

columns!(BuildingBlock {
    practice: "The practice it is part of.".fixed().unrecorded(),
    categories: "With which sides of the work it has to do, the most fitting first."
        .changed("With which sides of the work it has to do, all anew.")
        .rule(are_told_once, 0),
    position: "Its place among the building blocks of its practice, 0 to 1,000,000; behind all that have one where not given."
        .changed("Its place, 0 to 1,000,000; null puts it behind all that have one.")
        .up_to(1_000_000),
    withdrawn_reason: "Why it was withdrawn.".only_recorded().longest(LONGEST_REASON),
}, slug: "Made of the title where not given.");

fn are_told_once(categories: &Json<Vec<Category>>, field: &str, _: usize, refusals: &mut Refusals) -> Result<()> {
    let is_twice = categories.iter().enumerate().any(|(index, category)| categories[..index].contains(category));
    refusals.refuse_if(is_twice, Code::BadInput, field, "A category is named twice.");
    Ok(())
}

texts!(BuildingBlock {
    text: "BuildingBlockText", "A building block's text in one language.",
    in_row: [title],
    parts: [
        TextPart::new("title", 300, "The title.").required().in_row().searched(Title),
        TextPart::new("description", 5_000, "What it does.")
            .required()
            .at_node("What it does, in the reader's best language. Of a withdrawn one its city alone is told.")
            .searched(Summary),
        TextPart::new("enabling_factors", LONG, "What must be there for it to work.").searched(Body),
        TextPart::new("lessons", LONG, "What was learned.").searched(Body),
    ],
    // As of practices: what was withdrawn is told by its title and its reason.
    withholds: |row, viewer| life::keeps_from(row, State::Withdrawn, viewer),
});
