//! The table of documents.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Document;
use crate::{access::Owners, kernel::prelude::row::*, store::Json};

column_enum!(
    /// Where a document is in its life.
    State as "DocumentState" in "snake_case" {
        /// Not yet published.
        Draft,
        /// Published.
        Published,
        /// Replaced by another document.
        Superseded,
        /// Taken back; a tombstone with a reason remains.
        Withdrawn,
    }
);

column_enum!(
    /// What sort of document it is.
    #[derive(Default)]
    DocumentKind as "DocumentKind" in "SCREAMING_SNAKE_CASE" {
        /// What parties agreed on.
        Agreement,
        /// What is to be done.
        Plan,
        /// Slides.
        Presentation,
        /// What was said at a meeting.
        Minutes,
        /// What was said and shown at a meeting, to be heard and seen again.
        Recording,
        /// What was done, or found out.
        Report,
        /// Questions and answers.
        Faq,
        /// Anything else.
        #[default]
        Other,
    }
);

table!(
    /// A row of documents.
    "document" of Document {
        pub title: String,
        pub folded: String,
        pub description: Option<String>,
        pub language: Option<Language>,
        pub document_kind: DocumentKind,
        pub licence: Option<String>,
        pub state: State,
        /// The kind of the thing it is about: `practice`.
        pub about_kind: String,
        pub about: Uuid,
        /// The address of one that is on another site. It has no file: of these columns the texts are empty, and the version counts files it had before.
        pub link: Option<String>,
        pub media_type: String,
        pub size: i64,
        pub sha256: String,
        pub file_name: String,
        /// Counts its files, from 1; 0 where it never had one.
        pub file_version: i64,
        pub published_on: Option<Json<Date>>,
        pub published_at: Moment,
        pub withdrawn_reason: Option<String>,
        /// What the thing it is about belonged to when the document was added: its city, its themes.
        pub belongs: Json<Vec<Uuid>>,
        /// Whose that thing is: who writes the document.
        pub owners: Json<Owners>,
    }
);

impl Model {
    /// Something of its file; none where it is a link.
    pub(super) fn of_file<T>(&self, told: T) -> Option<T> {
        self.link.is_none().then_some(told)
    }

    /// The address it leads to, which a tombstone does not tell.
    pub(super) fn open_link(&self) -> Option<&str> {
        self.link.as_deref().filter(|_| self.state != State::Withdrawn)
    }

    /// Recomputes what is derived from the title and the day of publication.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.title);
        if let Some(Json(day)) = self.published_on {
            self.published_at = self.published_at.on(day);
        }
        self
    }
}
