//! The table of documents.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Document;
use crate::{
    access::{Audience, Owners},
    base::{Id, Language, Moment, text::fold},
    column_enum,
    store::Json,
    table,
};

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
        pub media_type: String,
        pub size: i64,
        pub sha256: String,
        pub file_name: String,
        /// Counts its files, from 1.
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
    /// Recomputes what is derived from the title and the day of publication.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.title);
        if let Some(Json(day)) = self.published_on {
            // The exact time is kept where it is known: a mutation publishes at a moment of that day.
            let morning = Moment::of_day(day);
            if !(morning.0..morning.0 + DAY).contains(&self.published_at.0) {
                self.published_at = morning;
            }
        }
        self
    }
}

/// A day in microseconds.
const DAY: i64 = 86_400_000_000;
