//! The parts of a practice's text, and its text in one language.
use async_graphql::Object;

use crate::{
    base::{Code, Refusal},
    kernel::text::{Fields, Row},
    relay::LanguageTag,
};

/// The named parts, each with its longest length in characters.
pub(super) const PARTS: [(&str, usize); 11] = [
    ("title", 300),
    ("summary", 3_000),
    ("body", 200_000),
    ("challenge", 20_000),
    ("objectives", 20_000),
    ("results", 20_000),
    ("difficulties", 20_000),
    ("lessons", 20_000),
    ("transfer_conditions", 20_000),
    ("financing", 20_000),
    ("legal_basis", 20_000),
];

/// Refuses what is missing or too long; `at` comes before the part's name in the path.
pub(super) fn check(fields: &Fields, at: &str) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for part in ["title", "summary"] {
        if fields.get(part).is_none_or(|text| text.trim().is_empty()) {
            refusals.push(Refusal::new(Code::Required, format!("{at}{part}"), format!("“{part}” is empty; write one.")));
        }
    }
    for (part, longest) in PARTS {
        let length = fields.get(part).map_or(0, |text| text.chars().count());
        if length > longest {
            refusals.push(Refusal::new(
                Code::TooLong,
                format!("{at}{part}"),
                format!("“{part}” has {length} characters; at most {longest} are allowed."),
            ));
        }
    }
    refusals
}

/// A practice's text in one language.
pub struct PracticeText {
    pub(super) row: Row,
    pub(super) original_version: i64,
}

/// A practice's text in one language.
#[Object]
impl PracticeText {
    /// The language.
    async fn language(&self) -> LanguageTag {
        LanguageTag(self.row.language.clone())
    }

    /// Whether the others translate it.
    async fn is_original(&self) -> bool {
        self.row.is_original
    }

    /// Whether the original changed since it was translated.
    async fn is_stale(&self) -> bool {
        self.row.of_version < self.original_version
    }

    /// The version of the original it translates, or its own where it is the original.
    async fn of_version(&self) -> i64 {
        self.row.of_version
    }

    /// The title.
    async fn title(&self) -> &str {
        self.row.field("title").unwrap_or_default()
    }

    /// The summary.
    async fn summary(&self) -> &str {
        self.row.field("summary").unwrap_or_default()
    }

    /// What was done, in full.
    async fn body(&self) -> Option<&str> {
        self.row.field("body")
    }

    /// The challenge it answers.
    async fn challenge(&self) -> Option<&str> {
        self.row.field("challenge")
    }

    /// What it aims at.
    async fn objectives(&self) -> Option<&str> {
        self.row.field("objectives")
    }

    /// What came of it.
    async fn results(&self) -> Option<&str> {
        self.row.field("results")
    }

    /// What was hard.
    async fn difficulties(&self) -> Option<&str> {
        self.row.field("difficulties")
    }

    /// What was learned.
    async fn lessons(&self) -> Option<&str> {
        self.row.field("lessons")
    }

    /// What another city needs for it.
    async fn transfer_conditions(&self) -> Option<&str> {
        self.row.field("transfer_conditions")
    }

    /// The business or financing model.
    async fn financing(&self) -> Option<&str> {
        self.row.field("financing")
    }

    /// The legal basis.
    async fn legal_basis(&self) -> Option<&str> {
        self.row.field("legal_basis")
    }
}
