//! The table of programmes.
use async_graphql::{InputObject, SimpleObject};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Programme;
use crate::{
    domain::{city::City, cooperation::stated::Stated},
    kernel::prelude::row::*,
    relay::DateValue,
    store::Json,
};

/// Programme ↔ themes.
pub static THEMES: Join = Join { table: "programme_theme", left: "programme", right: "theme" };

/// A group of cities that a source speaks of, as it spells them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    pub name: String,
    pub stated: Option<i64>,
    pub cities: Vec<CohortCity>,
    pub source: String,
    pub said_on: Option<DateValue>,
    pub verbatim: Option<String>,
}

/// A city of a cohort: as the source spells it, and which it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortCity {
    pub verbatim: String,
    pub city: Option<Id<City>>,
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
        pub cohorts: Json<Vec<Cohort>>,
        pub components: Json<Vec<Component>>,
        /// How many steps of review a practice of its cities takes before it is published; none is 0.
        pub review_steps: Option<i64>,
        pub source: Option<String>,
    }
);
