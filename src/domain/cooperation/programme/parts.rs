//! The parts of a programme's texts.
use super::{Programme, Row};
use crate::{
    kernel::text::{Fields, Saved, Searched::*, TextHead, TextPart, Written},
    store::Json,
};

impl Written for Programme {
    const PARTS: &'static [TextPart] = &[
        TextPart::new("name", 300, "The name.").required().in_row().searched(Title),
        TextPart::new("description", 20_000, "The description.").in_row().searched(Body),
    ];
    const TEXT: (&'static str, &'static str) = ("ProgrammeText", "A programme's text in one language.");

    fn head(row: &Row) -> TextHead<'_> {
        TextHead { language: &row.language, heads: &row.languages, version: row.text_version }
    }

    fn in_row<'r>(row: &'r Row, part: &str) -> Option<&'r str> {
        match part {
            "name" => Some(&row.name),
            "description" => row.description.as_deref(),
            _ => None,
        }
    }

    fn keep(row: &mut Row, saved: Saved, original: &Fields) {
        row.name = original.get("name").map(|name| name.trim().to_owned()).unwrap_or_default();
        row.description = original.get("description").cloned();
        (row.text_version, row.languages) = (saved.text_version, Json(saved.heads));
    }
}
