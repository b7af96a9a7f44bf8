//! The parts of an organisation's texts.
use super::{Organisation, Row};
use crate::{
    kernel::text::{Fields, Saved, Searched, TextHead, TextPart, Written},
    store::Json,
};

impl Written for Organisation {
    const PARTS: &'static [TextPart] = &[TextPart::new("description", 20_000, "What it does.").in_row().searched(Searched::Summary)];
    const TEXT: (&'static str, &'static str) = ("OrganisationText", "An organisation's text in one language.");

    fn head(row: &Row) -> TextHead<'_> {
        TextHead { language: &row.language, heads: &row.languages, version: row.text_version }
    }

    fn in_row<'r>(row: &'r Row, part: &str) -> Option<&'r str> {
        row.description.as_deref().filter(|_| part == "description")
    }

    fn keep(row: &mut Row, saved: Saved, original: &Fields) {
        row.description = original.get("description").cloned();
        (row.text_version, row.languages) = (saved.text_version, Json(saved.heads));
    }
}
