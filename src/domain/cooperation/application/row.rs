//! The table of applications.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Application;
use crate::{
    domain::{call::Call, city::City, programme::Programme},
    kernel::{country::Country, prelude::row::*},
    store::Json,
};

/// Application ↔ the themes of its challenges and strengths.
pub static THEMES: Join = Join { table: "application_theme", left: "application", right: "theme" };
/// Application ↔ the goals of agendas it wants to serve.
pub static GOALS: Join = Join { table: "application_goal", left: "application", right: "goal" };
/// Application ↔ cities it would like to work with.
pub static PREFERRED: Join = Join { table: "application_preferred_city", left: "application", right: "city" };
/// Application ↔ cities it would not work with.
pub static EXCLUDED: Join = Join { table: "application_excluded_city", left: "application", right: "city" };

column_enum!(
    /// Where an application is in its life.
    State as "ApplicationState" in "snake_case" {
        /// Being written: the city's own.
        Draft,
        /// Handed in: the programme's officers read it.
        Submitted,
        /// On the reserve list: selected if a place becomes free.
        Reserve,
        /// The city was selected.
        Selected,
        /// The city was not selected.
        Declined,
        /// The city works with a partner.
        Matched,
        /// The city took it back.
        Withdrawn,
    }
);

/// A challenge or a strength, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its theme.
    pub theme: Option<Uuid>,
    /// The city's own words.
    pub text: String,
    /// Their language.
    pub language: Language,
    /// 1 to 3, the most important 3.
    pub importance: i32,
}

table!(
    /// A row of applications.
    "application" of Application {
        pub call: Id<Call>,
        /// The call's.
        pub programme: Id<Programme>,
        pub city: Id<City>,
        /// The city's name when this was saved, for order and the log.
        pub name: String,
        pub folded: String,
        /// The side of the call the city belongs to; none where the call tells no sides.
        pub side: Option<String>,
        pub state: State,
        /// Of the statement.
        pub language: Language,
        pub statement: Option<String>,
        pub challenges: Json<Vec<Line>>,
        pub strengths: Json<Vec<Line>>,
        pub working_languages: Json<Vec<Language>>,
        /// How many partners it can serve.
        pub capacity: i64,
        pub preferred_countries: Json<Vec<String>>,
        pub excluded_countries: Json<Vec<String>>,
        pub submitted_at: Option<Moment>,
        /// The version of the call's rules by which it was submitted.
        pub rules_version: Option<i64>,
        pub decided_on: Option<Json<Date>>,
        /// Why it was decided so.
        pub reason: Option<String>,
        /// Its place on the reserve list.
        pub reserve_position: Option<i64>,
        pub withdrawn_reason: Option<String>,
        /// Its city wants no partner to be sought for it.
        pub opts_out_of_matching: bool,
    }
);

impl Model {
    /// Recomputes what is derived: the folded name, countries as they are kept, and who may see it: the city alone, until it was handed in.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.name);
        for countries in [&mut self.preferred_countries, &mut self.excluded_countries] {
            for code in &mut countries.0 {
                *code = Country::one_spelling(std::mem::take(code).trim().to_owned());
            }
        }
        self.audience = match self.submitted_at {
            Some(_) => Audience::handed_in(self.programme.uuid(), self.city.uuid()),
            None => Audience::of(crate::access::Scope::City, self.city.uuid()),
        };
        self
    }

    /// The themes of its challenges and strengths, each once.
    pub(super) fn themes(&self) -> Vec<Uuid> {
        let mut themes = Vec::new();
        for theme in self.challenges.iter().chain(self.strengths.iter()).filter_map(|line| line.theme) {
            if !themes.contains(&theme) {
                themes.push(theme);
            }
        }
        themes
    }
}
