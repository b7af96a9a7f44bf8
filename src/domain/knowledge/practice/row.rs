//! The table of practices.
use async_graphql::{InputObject, SimpleObject};
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Practice, key_date::KeyDate, review::Review};
use crate::{
    domain::{city::City, pairing::Pairing, person::Person, programme::Programme},
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

column_enum!(
    /// How far a practice has proved itself beyond the city that did it: by the adoptions that everyone sees, and by nothing else.
    Maturity as "PracticeMaturity" in "SCREAMING_SNAKE_CASE" {
        /// No other city is known where it works.
        Promising,
        /// It works in another city, at least.
        Good,
        /// It works in at least three other cities, of at least two countries.
        Institutionalised,
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
    /// The figure; where one is told from before, that afterwards.
    pub value: f64,
    /// Its unit.
    pub unit: Option<String>,
    /// The year measured.
    pub year: Option<i32>,
    /// The figure before it began.
    #[serde(default)]
    pub before: Option<f64>,
    /// The year that one was measured.
    #[serde(default)]
    pub year_before: Option<i32>,
}

/// Where the order has those that were not handed in: last.
pub const NEVER: Moment = Moment(i64::MAX);

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
        pub key_dates: Json<Vec<KeyDate>>,
        pub stakeholders: Json<Vec<String>>,
        pub withdrawn_reason: Option<String>,
        pub successor: Option<Id<Practice>>,
        /// The programme it was handed in to for review; none where it never was.
        pub review_programme: Option<Id<Programme>>,
        /// The steps of review that it has passed since it was handed in.
        pub review_step: i64,
        /// Who reviews it now.
        pub reviewer: Option<Id<Person>>,
        /// Since when the step of review waits; [`NEVER`] where it was not handed in.
        pub submitted_at: Moment,
        /// The first first.
        pub reviews: Json<Vec<Review>>,
        /// Words of the original that were added or taken away since it was approved.
        pub words_changed: i64,
        /// Whether it is published, or approved, and is to be reviewed again, for lists.
        pub is_review_due: bool,
        /// For how many partner cities there are places; none where it seeks none.
        pub seeks_places: Option<i64>,
        /// The last day on which it seeks them; none until further notice.
        pub seeks_until: Option<Json<Date>>,
        /// What partners are told.
        pub seeks_note: Option<String>,
        /// Reckoned from the adoptions of it.
        pub maturity: Maturity,
    }
);

impl Model {
    /// Recomputes what is derived from the title, the reviews and the day of publication.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.title);
        self.is_review_due = matches!(self.state, State::Approved | State::Published) && self.needs_review();
        if let Some(Json(day)) = self.published_on {
            self.published_at = self.published_at.on(day);
            self.year = Some(i64::from(day.year()));
        }
        self
    }
}
