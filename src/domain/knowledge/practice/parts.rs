//! The parts of a practice's texts.
use super::{Practice, Row, row::State};
use crate::{
    access::{Act, Viewer, rule},
    kernel::{
        Living,
        text::{Fields, Saved, Searched::*, TextHead, TextPart, Use, Written},
    },
    store::Json,
};

/// The longest of most parts, in characters.
const LONG: usize = 20_000;

impl Written for Practice {
    const PARTS: &'static [TextPart] = &[
        TextPart::new("title", 300, "The title.").required().in_row().searched(Title),
        TextPart::new("summary", 3_000, "The summary.").required().in_row().searched(Summary),
        TextPart::new("challenge", LONG, "The challenge it answers.").searched(Body),
        TextPart::new("objectives", LONG, "What it aims at.").searched(Body),
        TextPart::new("body", 200_000, "What was done, in full.")
            .at_node("What was done, in full, in the reader's best language.")
            .searched(Body),
        TextPart::new("results", LONG, "What came of it.").searched(Body),
        TextPart::new("difficulties", LONG, "What was hard.")
            .at_node(
                "What was hard, in the city's own words. Never empty once published here; null only where an imported source tells none.",
            )
            .at_input(Use::Create, "What was hard; needed before it is published.")
            .at_input(Use::Update, "What was hard; may not be forgotten once published.")
            .searched(Body),
        TextPart::new("lessons", LONG, "What was learned.").searched(Body),
        TextPart::new("transfer_conditions", LONG, "What another city needs for it.").searched(Body),
        TextPart::new("financing", LONG, "The business or financing model.").searched(Body),
        TextPart::new("legal_basis", LONG, "The legal basis.").searched(Body),
    ];
    const TEXT: (&'static str, &'static str) = ("PracticeText", "A practice's text in one language.");

    /// What was withdrawn is told by its title, its reason and its successor; what it said is its city's alone.
    fn withholds(row: &Row, viewer: &Viewer) -> bool {
        row.state == State::Withdrawn && !rule::may(viewer, Act::Write, &row.owners())
    }

    fn head(row: &Row) -> TextHead<'_> {
        TextHead { language: &row.language, heads: &row.languages, version: row.text_version }
    }

    fn in_row<'r>(row: &'r Row, part: &str) -> Option<&'r str> {
        match part {
            "title" => Some(&row.title),
            "summary" => Some(&row.summary),
            _ => None,
        }
    }

    fn keep(row: &mut Row, saved: Saved, original: &Fields) {
        let words = |part: &str| original.get(part).map(|words| words.trim().to_owned()).unwrap_or_default();
        (row.title, row.summary) = (words("title"), words("summary"));
        (row.text_version, row.languages) = (saved.text_version, Json(saved.heads));
    }
}
