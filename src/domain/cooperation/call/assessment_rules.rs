//! How applications to a call are assessed: by how many assessors and which criteria. The call's setting, of which every version is kept.
use async_graphql::{InputObject, SimpleObject};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::version::Version;
use crate::{base::Code, relay::DateValue, store::Refusals};

/// Assessors of one application at the most.
const MOST_ASSESSORS: i32 = 3;
/// Criteria at the most.
const MOST_CRITERIA: usize = 20;
/// The heaviest weight.
const HEAVIEST: i32 = 100;
/// The longest name of a criterion, in characters.
const LONGEST_NAME: usize = 200;
/// The longest description of one, in characters.
const LONGEST_DESCRIPTION: usize = 5_000;

/// Something an application is judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "AssessmentCriterion", input_name = "AssessmentCriterionInput")]
pub struct AssessmentCriterion {
    /// What it is called, 1 to 200 characters: “Relevance”. Verdicts name it so.
    pub name: String,
    /// What is asked, up to 5,000 characters.
    pub description: Option<String>,
    /// How much it counts beside the others, 1 to 100.
    #[graphql(default = 1)]
    #[serde(default = "one")]
    pub weight: i32,
}

const fn one() -> i32 {
    1
}

/// How the applications to a call are assessed. Without assessors none is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "AssessmentRules", input_name = "AssessmentRulesInput")]
#[serde(default)]
pub struct AssessmentRules {
    /// Counts the changes of these rules.
    #[graphql(skip_input)]
    pub version: i64,
    /// The day from which on they were the newest; null where not known.
    #[graphql(skip_input)]
    pub since: Option<DateValue>,
    /// How many officers assess each application, 0 to 3.
    #[graphql(default)]
    pub assessors: i32,
    /// What they judge it by, at most 20.
    #[graphql(default)]
    pub criteria: Vec<AssessmentCriterion>,
}

/// Nobody assesses.
impl Default for AssessmentRules {
    fn default() -> Self {
        Self { version: 1, since: None, assessors: 0, criteria: Vec::new() }
    }
}

impl Version for AssessmentRules {
    const CALLED: &'static str = "rules of assessment";

    fn number(&self) -> i64 {
        self.version
    }

    fn of_version(mut self, version: i64, since: Option<Date>) -> Self {
        for criterion in &mut self.criteria {
            criterion.name = criterion.name.trim().to_owned();
        }
        Self { version, since: since.map(DateValue), ..self }
    }
}

/// Assessors are few and have something to judge by, and each criterion has a name of its own.
pub(super) fn check(rules: &AssessmentRules, field: &str, refusals: &mut Refusals) {
    let at = |name: &str| format!("{field}.{name}");
    let message = format!("An application has 0 to {MOST_ASSESSORS} assessors.");
    refusals.refuse_if(!(0..=MOST_ASSESSORS).contains(&rules.assessors), Code::BadInput, &at("assessors"), message);
    let is_blind = rules.assessors > 0 && rules.criteria.is_empty();
    refusals.refuse_if(is_blind, Code::Required, &at("criteria"), "Name a criterion at least, or no assessors.");
    refusals.too_many(&at("criteria"), rules.criteria.len(), MOST_CRITERIA);
    for (index, criterion) in rules.criteria.iter().enumerate() {
        let at = |name: &str| format!("{field}.criteria.{index}.{name}");
        refusals.named(&at("name"), &criterion.name, LONGEST_NAME);
        refusals.too_long(&at("description"), criterion.description.as_deref(), LONGEST_DESCRIPTION);
        let message = format!("A criterion counts 1 to {HEAVIEST}.");
        refusals.refuse_if(!(1..=HEAVIEST).contains(&criterion.weight), Code::BadInput, &at("weight"), message);
        let is_twice = rules.criteria[..index].iter().any(|other| other.name == criterion.name);
        refusals.refuse_if(is_twice, Code::BadInput, &at("name"), format!("There are two criteria “{}”.", criterion.name));
    }
}
