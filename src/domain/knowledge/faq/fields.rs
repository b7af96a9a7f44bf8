//! What people fill in of a frequently asked question: its columns, and the parts of its texts.
use super::{Faq, Row};
use crate::kernel::prelude::fields::*;

columns!(Faq {
    programme: "The programme that is asked.".fixed().unrecorded(),
    edition: "The edition of the questions that it belongs to: “2018”; up to 100 characters.".changed("The edition it belongs to; null where it is of none.").longest(100),
    position: "Its place among the questions of its programme, 0 to 1,000,000; behind all that have one where not given."
        .changed("Its place, 0 to 1,000,000; null puts it behind all that have one.")
        .up_to(1_000_000),
    source: "Where it was published.".longest(2_000),
}, slug: "Made of the question where not given.");

texts!(Faq {
    text: "FaqText", "A frequently asked question and its answer in one language.",
    in_row: [question],
    parts: [
        TextPart::new("question", 500, "The question.").required().in_row().searched(Title),
        TextPart::new("answer", 20_000, "The answer.").required().at_node("The answer in the reader's best language.").searched(Body),
    ],
});

impl Recorded for Faq {
    type Texts = TextsRecord<Self>;
}
