//! The parts of a city's texts.
use super::{City, Row};
use crate::{
    kernel::text::{Fields, Saved, Searched::*, TextHead, TextPart, Use, Written},
    store::Json,
};

impl Written for City {
    const PARTS: &'static [TextPart] = &[TextPart::new("profile", 20_000, "The profile.")
        .in_row()
        .at_input(Use::Update, "The profile in its original language; null forgets it.")
        .searched(Summary)];
    const IS_TOLD: bool = false;
    const TEXT: (&'static str, &'static str) = ("CityText", "A city's profile in one language.");

    fn head(row: &Row) -> TextHead<'_> {
        TextHead { language: &row.language, heads: &row.languages, version: row.text_version }
    }

    fn in_row<'r>(row: &'r Row, part: &str) -> Option<&'r str> {
        match part {
            "profile" => row.profile.as_deref(),
            _ => None,
        }
    }

    fn keep(row: &mut Row, saved: Saved, original: &Fields) {
        row.profile = original.get("profile").cloned();
        (row.text_version, row.languages) = (saved.text_version, Json(saved.heads));
    }
}
