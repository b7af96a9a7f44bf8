//! The parts of a seminar's text, and its text in one language.
use async_graphql::Object;

use crate::{
    base::{Code, Refusal},
    kernel::text::{Fields, Row},
    relay::LanguageTag,
};

/// The named parts, each with its longest length in characters.
const PARTS: [(&str, usize); 2] = [("title", 300), ("description", 20_000)];

/// The named parts of a text.
pub(super) fn fields(title: &str, description: Option<&str>) -> Fields {
    let description = description.map(|text| ("description".to_owned(), text.to_owned()));
    std::iter::once(("title".to_owned(), title.trim().to_owned())).chain(description).collect()
}

/// Refuses what is missing or too long; `at` comes before the part's name in the path.
pub(super) fn check(fields: &Fields, at: &str) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if fields.get("title").is_none_or(|text| text.trim().is_empty()) {
        refusals.push(Refusal::new(Code::Required, format!("{at}title"), "“title” is empty; write one."));
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

/// A seminar's text in one language.
pub struct SeminarText {
    pub(super) row: Row,
    pub(super) original_version: i64,
}

/// A seminar's text in one language.
#[Object]
impl SeminarText {
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

    /// What will happen there, or happened.
    async fn description(&self) -> Option<&str> {
        self.row.field("description")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seminar_needs_a_title_and_no_description() {
        assert!(check(&fields("Walk", None), "").is_empty());
        assert_eq!(check(&fields("  ", None), "input.")[0].path, "input.title");
        assert_eq!(check(&fields("Walk", Some(&"x".repeat(20_001))), "")[0].code, Code::TooLong);
    }
}
