//! What people fill in of an announcement: its columns, and the parts of its texts.
use super::{Announcement, Row, row::State};
use crate::kernel::prelude::fields::*;

columns!(Announcement { source: "Where it was published." }, slug: "Made of the title where not given.");

texts!(Announcement {
    text: "AnnouncementText", "An announcement's text in one language.",
    in_row: [title],
    parts: [
        TextPart::new("title", 300, "The title.").required().in_row().searched(Title),
        TextPart::new("body", 200_000, "The news itself.")
            .required()
            .at_node("The news itself in the reader's best language.")
            .searched(Body),
    ],
    // An announcement whose text changes was corrected.
    keeping: |row, saved| {
        if row.text_version > 0 && saved.text_version > row.text_version {
            row.state = State::Corrected;
        }
    },
});
