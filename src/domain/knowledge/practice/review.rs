//! What is kept of review: verdicts by criteria, of the version that was judged.
use async_graphql::{InputObject, SimpleObject};
use jiff::civil::Date;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::column_enum;

column_enum!(
    /// What is judged.
    Criterion as "ReviewCriterion" in "SCREAMING_SNAKE_CASE" {
        /// Whether it matters to other cities.
        Relevance,
        /// Whether its results are shown.
        Evidence,
        /// Whether another city can take it over.
        Transferability,
        /// Whether it can be understood.
        Clarity,
    }
);

column_enum!(
    /// How a criterion is met.
    Verdict as "ReviewVerdict" in "SCREAMING_SNAKE_CASE" {
        /// It is met.
        Met,
        /// It is met in part.
        Partly,
        /// It is not met.
        NotMet,
    }
);

column_enum!(
    /// What somebody is who reviews.
    Role as "ReviewerRole" in "SCREAMING_SNAKE_CASE" {
        /// An officer of the programme.
        ProgrammeOfficer,
        /// An administrator of the hub.
        Administrator,
    }
);

/// Every criterion, in the order in which they are told.
pub(super) const CRITERIA: [Criterion; 4] = [Criterion::Relevance, Criterion::Evidence, Criterion::Transferability, Criterion::Clarity];

/// What a reviewer says by one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "ReviewFinding", input_name = "ReviewFindingInput")]
pub struct Finding {
    /// What is judged.
    pub criterion: Criterion,
    /// How it is met.
    pub verdict: Verdict,
    /// Why, in a sentence or more, 1 to 2,000 characters.
    pub sentence: String,
}

/// What a reviewer said of one version of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// 1 or 2.
    pub step: i64,
    /// How many steps there were.
    pub steps: i64,
    /// The version of the original that was judged.
    pub version: i64,
    /// How many words it had.
    pub words: i64,
    /// How many had changed since the last approval by the last step.
    pub words_changed: i64,
    /// The programme that judged; none where it is gone.
    pub programme: Option<Uuid>,
    pub is_approval: bool,
    pub findings: Vec<Finding>,
    /// Why it was returned.
    pub reason: Option<String>,
    pub on: Date,
    pub reviewer: Option<Uuid>,
    pub role: Role,
}
