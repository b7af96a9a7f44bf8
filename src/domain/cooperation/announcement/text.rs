//! An announcement's text in one language.
use async_graphql::Object;

use crate::{kernel::text::Row, relay::LanguageTag};

/// An announcement's text in one language.
pub struct AnnouncementText {
    pub(super) row: Row,
    pub(super) original_version: i64,
}

/// An announcement's text in one language.
#[Object]
impl AnnouncementText {
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
    async fn title(&self) -> Option<&str> {
        self.row.field("title")
    }

    /// The news itself.
    async fn body(&self) -> Option<&str> {
        self.row.field("body")
    }
}
