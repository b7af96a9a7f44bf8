//! The rules of a call.
use async_graphql::{InputObject, SimpleObject};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::version::Version;
use crate::relay::DateValue;

/// The rules of a call: they belong to it, not to the hub. Months are calendar months, 0 to 1,200, clamped to the month's end. Null means no such rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "CallRules", input_name = "CallRulesInput")]
pub struct Rules {
    /// Counts the changes of the rules.
    #[graphql(skip_input)]
    pub version: i64,
    /// The day from which on they were the newest; null where not known.
    #[graphql(skip_input)]
    pub since: Option<DateValue>,
    /// For how many months from the start cities promise to cooperate at least.
    pub minimum_cooperation_months: Option<i32>,
    /// For how many months from the start a pairing is supported at most.
    pub maximum_support_months: Option<i32>,
    /// How many months after the match, or after it joined, a member signs the agreement.
    pub agreement_due_months: Option<i32>,
    /// How many months after the match the thematic priority is named.
    pub priority_due_months: Option<i32>,
    /// How many months after the start the plan is due.
    pub plan_due_months: Option<i32>,
    /// How many months after the start the pilot is due.
    pub pilot_due_months: Option<i32>,
    /// Every how many months from the start a report is due, 1 at least.
    pub report_every_months: Option<i32>,
    /// How many inhabitants a city needs.
    pub minimum_population: Option<i64>,
    /// The boundary in which inhabitants are counted, as cities name theirs: “city proper”, “metropolitan area”. Null where each city's usual boundary counts.
    pub population_boundary: Option<String>,
    /// Whether of a group of municipalities the sum of its municipalities counts, where their inhabitants are told one by one.
    #[graphql(default)]
    #[serde(default)]
    pub sums_municipalities: bool,
}

impl Version for Rules {
    const CALLED: &'static str = "rules";

    fn number(&self) -> i64 {
        self.version
    }

    fn of_version(self, version: i64, since: Option<Date>) -> Self {
        let population_boundary =
            self.population_boundary.map(|boundary| boundary.trim().to_owned()).filter(|boundary| !boundary.is_empty());
        Self { version, since: since.map(DateValue), population_boundary, ..self }
    }
}
