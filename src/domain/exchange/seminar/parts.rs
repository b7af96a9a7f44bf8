//! The parts of a seminar's texts.
use super::{Row, Seminar};
use crate::{
    kernel::text::{Fields, Saved, Searched::*, TextHead, TextPart, Use, Written},
    store::Json,
};

impl Written for Seminar {
    const PARTS: &'static [TextPart] = &[
        TextPart::new("title", 300, "The title.").required().in_row().searched(Title),
        TextPart::new("description", 20_000, "What will happen there, or happened.")
            .in_row()
            .at_input(Use::Create, "What will happen there, up to 20,000 characters.")
            .at_input(Use::Update, "What will happen there, up to 20,000 characters; null forgets it.")
            .at_input(Use::Translate, "What will happen there, up to 20,000 characters.")
            .searched(Summary),
    ];
    const TEXT: (&'static str, &'static str) = ("SeminarText", "A seminar's text in one language.");

    fn head(row: &Row) -> TextHead<'_> {
        TextHead { language: &row.language, heads: &row.languages, version: row.text_version }
    }

    fn in_row<'r>(row: &'r Row, part: &str) -> Option<&'r str> {
        match part {
            "title" => Some(&row.title),
            "description" => Some(&row.description),
            _ => None,
        }
    }

    fn keep(row: &mut Row, saved: Saved, original: &Fields) {
        let words = |part: &str| original.get(part).cloned().unwrap_or_default();
        (row.title, row.description) = (words("title").trim().to_owned(), words("description"));
        (row.text_version, row.languages) = (saved.text_version, Json(saved.heads));
    }
}
