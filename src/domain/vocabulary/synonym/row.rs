//! The table of synonyms.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Synonym;
use crate::{
    access::Audience,
    base::{Id, Language, Moment},
    store::Json,
    table,
};

table!(
    /// A row of synonyms.
    "synonym" of Synonym {
        /// The language whose texts are sought; none for every language, and names.
        pub language: Option<Language>,
        pub terms: Json<Vec<String>>,
        pub expansions: Json<Vec<String>>,
    }
);

/// Terms as they are kept: their words with one space between them.
pub(super) fn tidied(terms: &[String]) -> Json<Vec<String>> {
    Json(terms.iter().map(|term| term.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
}
