//! The table of synonyms.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Synonym;
use crate::{kernel::prelude::row::*, store::Json};

table!(
    /// A row of synonyms.
    "synonym" of Synonym {
        /// The language whose texts are sought; none for every language, and names.
        pub language: Option<Language>,
        pub terms: Json<Vec<String>>,
        pub expansions: Json<Vec<String>>,
    }
);

impl Model {
    /// The words of its terms with one space between them.
    pub(super) fn derived(mut self) -> Self {
        for term in self.terms.0.iter_mut().chain(&mut self.expansions.0) {
            *term = term.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        self
    }
}
