//! The table of assessments.
use async_graphql::{InputObject, SimpleObject};
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Assessment;
use crate::{
    domain::{application::Application, call::Call, person::Person, programme::Programme},
    kernel::prelude::row::*,
    store::Json,
};

column_enum!(
    /// Where an assessment is in its life.
    State as "AssessmentState" in "snake_case" {
        /// The assessor was asked, and has not declared yet whether they have an interest.
        Asked,
        /// The assessor has no interest, and judges.
        InProgress,
        /// The assessor has handed in what they think.
        Submitted,
        /// The assessor has an interest, and does not judge.
        Recused,
        /// An officer took back what was asked.
        Withdrawn,
    }
);

/// What an assessor thinks of an application by one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "CriterionVerdict", input_name = "CriterionVerdictInput")]
pub struct CriterionVerdict {
    /// The criterion, by its name in the call's rules of assessment.
    pub criterion: String,
    /// 0 to 5: not met at all, to met in full.
    pub points: i32,
    /// Why, up to 5,000 characters.
    pub comment: Option<String>,
}

table!(
    /// A row of assessments.
    "assessment" of Assessment {
        pub application: Id<Application>,
        /// The application's.
        pub call: Id<Call>,
        pub programme: Id<Programme>,
        /// The name of the city that applies when this was saved, for the log.
        pub name: String,
        pub assessor: Id<Person>,
        pub state: State,
        /// The version of the call's rules of assessment.
        pub rules_version: i64,
        /// What the assessor declared of their interest.
        pub interest: Option<String>,
        pub declared_on: Option<Json<Date>>,
        pub verdicts: Json<Vec<CriterionVerdict>>,
        pub comment: Option<String>,
        pub submitted_at: Option<Moment>,
        /// In tenths of a point, 0 to 1,000; none until it was handed in.
        pub score: Option<i64>,
        /// Whether the officers see what it says.
        pub is_revealed: bool,
        pub withdrawn_reason: Option<String>,
    }
);
