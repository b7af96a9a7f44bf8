//! The table of practices.
use async_graphql::{InputObject, SimpleObject};
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Practice;
use crate::{
    domain::{city::City, pairing::Pairing},
    kernel::prelude::row::*,
    store::Json,
};

/// Practice ↔ themes.
pub static THEMES: Join = Join { table: "practice_theme", left: "practice", right: "theme" };
/// Practice ↔ goals of the agendas.
pub static GOALS: Join = Join { table: "practice_goal", left: "practice", right: "goal" };
/// Practice ↔ building blocks of other practices that it uses.
pub static BLOCKS_USED: Join = Join { table: "practice_building_block", left: "practice", right: "building_block" };

column_enum!(
    /// Where a practice is in its life.
    State as "PracticeState" in "snake_case" {
        /// Being written.
        Draft,
        /// Handed in for review.
        Submitted,
        /// Being reviewed.
        InReview,
        /// Sent back with a reason.
        Returned,
        /// Reviewed and ready to be published.
        Approved,
        /// Published.
        Published,
        /// Taken back; a tombstone with a reason remains.
        Withdrawn,
    }
);

/// An amount of money spent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "MoneySpent", input_name = "MoneySpentInput")]
pub struct Money {
    /// The amount in whole units of the currency, not negative.
    pub amount: f64,
    /// ISO 4217, three letters.
    pub currency: String,
    /// The year the amount is told for.
    pub year: Option<i32>,
    /// What it was spent on.
    pub what: Option<String>,
}

/// A result in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "Indicator", input_name = "IndicatorInput")]
pub struct Indicator {
    /// What was measured.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// Its unit.
    pub unit: Option<String>,
    /// The year measured.
    pub year: Option<i32>,
}

table!(
    /// A row of practices.
    "practice" of Practice {
        pub city: Id<City>,
        pub pairing: Option<Id<Pairing>>,
        pub state: State,
        /// Of the original text, as is the summary.
        pub title: String,
        /// The title folded, for order and look-ups.
        pub folded: String,
        pub summary: String,
        pub language: Language,
        pub languages: Json<Vec<text::Head>>,
        pub text_version: i64,
        /// The day it was first published; none for drafts.
        pub published_on: Option<Json<Date>>,
        /// What lists are ordered by: the start of that day, or when the draft was begun.
        pub published_at: Moment,
        /// The year of that day.
        pub year: Option<i64>,
        pub started_on: Option<Json<Date>>,
        pub ended_on: Option<Json<Date>>,
        pub money: Json<Vec<Money>>,
        pub indicators: Json<Vec<Indicator>>,
        pub stakeholders: Json<Vec<String>>,
        pub withdrawn_reason: Option<String>,
        pub successor: Option<Id<Practice>>,
        /// For how many partner cities there are places; none where it seeks none.
        pub seeks_places: Option<i64>,
        /// The last day on which it seeks them; none until further notice.
        pub seeks_until: Option<Json<Date>>,
        /// What partners are told.
        pub seeks_note: Option<String>,
    }
);

impl Model {
    /// Recomputes what is derived from the title and the day of publication.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.title);
        if let Some(Json(day)) = self.published_on {
            self.published_at = self.published_at.on(day);
            self.year = Some(i64::from(day.year()));
        }
        self
    }
}
