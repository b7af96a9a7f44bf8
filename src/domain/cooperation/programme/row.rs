//! The table of programmes.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Programme;
use crate::{
    access::Audience,
    base::{Id, Language, Moment},
    kernel::text,
    store::{Join, Json},
    table,
};

/// Programme ↔ themes.
pub static THEMES: Join = Join { table: "programme_theme", left: "programme", right: "theme" };

/// A figure a source states, kept beside what the hub counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    pub measure: String,
    pub value: i64,
    pub source: String,
    pub said_on: Option<jiff::civil::Date>,
    pub verbatim: Option<String>,
}

table!(
    /// A row of programmes.
    "programme" of Programme {
        /// Of the original text, as is the description.
        pub name: String,
        pub description: Option<String>,
        pub language: Language,
        pub languages: Json<Vec<text::Head>>,
        pub text_version: i64,
        pub stated: Json<Vec<Stated>>,
        pub source: Option<String>,
    }
);
