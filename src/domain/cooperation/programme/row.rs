//! The table of programmes.
use async_graphql::{InputObject, SimpleObject};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Programme;
use crate::{kernel::prelude::row::*, relay::DateValue, store::Json};

/// Programme ↔ themes.
pub static THEMES: Join = Join { table: "programme_theme", left: "programme", right: "theme" };

/// A figure that a source states of a programme, kept beside what the hub counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "StatedFigure", input_name = "StatedFigureInput")]
pub struct Stated {
    /// What is counted: “pairings”, “new US cities”.
    pub measure: String,
    /// The figure, not below zero.
    pub value: i64,
    /// Who states it, and where.
    pub source: String,
    /// The day it was said; null where not known.
    pub said_on: Option<DateValue>,
    /// The source's own words.
    pub verbatim: Option<String>,
}

/// A part of a programme: a region of the world in which it has calls of its own, say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "ProgrammeComponent", input_name = "ProgrammeComponentInput")]
pub struct Component {
    /// What it is called, 1 to 300 characters.
    pub name: String,
    /// What it does, up to 5,000 characters.
    pub description: Option<String>,
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
        pub components: Json<Vec<Component>>,
        pub source: Option<String>,
    }
);
