//! The table of frequently asked questions.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Faq;
use crate::{domain::programme::Programme, kernel::prelude::row::*, store::Json};

table!(
    /// A row of frequently asked questions.
    "faq" of Faq {
        pub programme: Id<Programme>,
        /// Of the original text.
        pub question: String,
        /// The question folded, for look-ups.
        pub folded: String,
        pub edition: Option<String>,
        pub position: Option<i64>,
        pub source: Option<String>,
        pub language: Language,
        pub languages: Json<Vec<text::Head>>,
        pub text_version: i64,
    }
);

impl Model {
    /// Recomputes what is derived from the question.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.question);
        self
    }
}
