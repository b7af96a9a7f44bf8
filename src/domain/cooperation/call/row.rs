//! The table of calls.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Call;
use crate::{
    access::Audience,
    base::{Id, Moment, date::ImpreciseDate},
    column_enum,
    domain::programme::Programme,
    store::Json,
    table,
};

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

/// The rules of a call: they belong to it, not to the code. Months are calendar months, clamped to the month's end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub version: i64,
    pub minimum_cooperation_months: Option<i32>,
    pub maximum_support_months: Option<i32>,
    pub plan_due_months: Option<i32>,
    pub pilot_due_months: Option<i32>,
    pub minimum_population: Option<i64>,
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
