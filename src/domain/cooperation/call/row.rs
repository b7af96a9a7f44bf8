//! The table of calls.
use async_graphql::{InputObject, SimpleObject};
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Call;
use crate::{base::date::ImpreciseDate, domain::programme::Programme, kernel::prelude::row::*, store::Json};

column_enum!(
    /// Where a call is in its life.
    State as "CallState" in "snake_case" {
        /// Said to come.
        Announced,
        /// Cities may apply.
        Open,
        /// No longer open, not yet decided.
        Closed,
        /// The cities were chosen.
        Decided,
    }
);

/// The rules of a call: they belong to it, not to the hub. Months are calendar months, 0 to 1,200, clamped to the month's end. Null means no such rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "CallRules", input_name = "CallRulesInput")]
pub struct Rules {
    /// Counts the changes of the rules.
    #[graphql(skip_input)]
    pub version: i64,
    /// For how many months from the start cities promise to cooperate at least.
    pub minimum_cooperation_months: Option<i32>,
    /// For how many months from the start a pairing is supported at most.
    pub maximum_support_months: Option<i32>,
    /// How many months after the start the plan is due.
    pub plan_due_months: Option<i32>,
    /// How many months after the start the pilot is due.
    pub pilot_due_months: Option<i32>,
    /// How many inhabitants a city needs.
    pub minimum_population: Option<i64>,
}

impl Rules {
    /// The same as this version.
    pub(super) fn of_version(self, version: i64) -> Self {
        Self { version, ..self }
    }
}

table!(
    /// A row of calls.
    "call" of Call {
        pub programme: Id<Programme>,
        pub name: String,
        pub side: Option<String>,
        pub description: Option<String>,
        pub state: State,
        pub opens: Option<Json<ImpreciseDate>>,
        pub closes: Option<Json<ImpreciseDate>>,
        /// The start of the earliest day it may have opened, for order; 0 where unknown.
        pub opens_at: Moment,
        /// The start of the last day it may have opened, for overlap; 0 where unknown.
        pub opens_by: Moment,
        pub rules: Json<Rules>,
        pub source: Option<String>,
    }
);

impl Model {
    /// Recomputes what is derived from the day it opens.
    pub(super) fn derived(mut self) -> Self {
        let start = |day: fn(&ImpreciseDate) -> Date| self.opens.as_ref().map_or(Moment(0), |opens| Moment::of_day(day(opens)));
        (self.opens_at, self.opens_by) = (start(|opens| opens.earliest), start(|opens| opens.latest));
        self
    }
}
