//! The parts of an announcement's texts.
use super::{Announcement, Row, row::State};
use crate::{
    kernel::text::{Fields, Saved, Searched::*, TextHead, TextPart, Written},
    store::Json,
};

impl Written for Announcement {
    const PARTS: &'static [TextPart] = &[
        TextPart::new("title", 300, "The title.").required().in_row().searched(Title),
        TextPart::new("body", 200_000, "The news itself.")
            .required()
            .at_node("The news itself in the reader's best language.")
            .searched(Body),
    ];
    const TEXT: (&'static str, &'static str) = ("AnnouncementText", "An announcement's text in one language.");

    fn head(row: &Row) -> TextHead<'_> {
        TextHead { language: &row.language, heads: &row.languages, version: row.text_version }
    }

    fn in_row<'r>(row: &'r Row, part: &str) -> Option<&'r str> {
        match part {
            "title" => Some(&row.title),
            _ => None,
        }
    }

    fn keep(row: &mut Row, saved: Saved, original: &Fields) {
        // An announcement whose text changes was corrected.
        if row.text_version > 0 && saved.text_version > row.text_version {
            row.state = State::Corrected;
        }
        row.title = original.get("title").map(|title| title.trim().to_owned()).unwrap_or_default();
        (row.text_version, row.languages) = (saved.text_version, Json(saved.heads));
    }
}
