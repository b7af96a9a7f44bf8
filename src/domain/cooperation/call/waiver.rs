//! Exceptions that officers make for a city: it may come late, or be smaller than the rules want. Each has a reason that is kept.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::column_enum;

column_enum!(
    /// A rule of eligibility that an officer may waive.
    WaivableRule as "WaivableRule" in "SCREAMING_SNAKE_CASE" {
        /// An application is handed in while the call is open, and by its last day.
        Deadline,
        /// The city has as many inhabitants as the rules want.
        MinimumPopulation,
    }
);

/// An exception, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// For whom.
    pub city: Uuid,
    /// From what.
    pub rule: WaivableRule,
    /// Why.
    pub reason: String,
    /// The day it was granted.
    pub on: Date,
}
