//! The table of calls.
use async_graphql::{InputObject, SimpleObject};
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Call, assessment_rules::AssessmentRules, rules::Rules, side::Side, waiver::Waiver, weights::MatchWeights};
use crate::{
    base::date::ImpreciseDate,
    domain::{cooperation::stated::Stated, programme::Programme},
    kernel::prelude::row::*,
    store::Json,
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

/// A document that whoever answers a call hands in with the application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, InputObject, SimpleObject)]
#[graphql(name = "RequiredDocument", input_name = "RequiredDocumentInput")]
pub struct RequiredDocument {
    /// What it is called, 1 to 300 characters: “Letter of the mayor”. A document about the application with this title is it.
    pub name: String,
    /// What it has to say, up to 5,000 characters.
    pub description: Option<String>,
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
        /// The newest rules, and those before them, the oldest first.
        pub rules: Json<Rules>,
        pub earlier_rules: Json<Vec<Rules>>,
        pub sides: Json<Vec<Side>>,
        /// What sources state of it.
        pub stated: Json<Vec<Stated>>,
        pub required_documents: Json<Vec<RequiredDocument>>,
        pub never_closes: bool,
        /// Exceptions for cities; not for all to read.
        pub waivers: Json<Vec<Waiver>>,
        /// When it opens or closes by itself next; 0 where it does not.
        pub due_at: Moment,
        /// The newest weights of matching, and those before them, the oldest first.
        pub weights: Json<MatchWeights>,
        pub earlier_weights: Json<Vec<MatchWeights>>,
        /// Whether a city that applied is told who fits it.
        pub cities_see_matches: bool,
        /// The newest rules of assessment, and those before them, the oldest first.
        pub assessment_rules: Json<AssessmentRules>,
        pub earlier_assessment_rules: Json<Vec<AssessmentRules>>,
        pub source: Option<String>,
    }
);

impl Model {
    /// Recomputes what is derived from its days and its state.
    pub(super) fn derived(mut self) -> Self {
        let start = |day: fn(&ImpreciseDate) -> Date| self.opens.as_ref().map_or(Moment(0), |opens| Moment::of_day(day(opens)));
        (self.opens_at, self.opens_by) = (start(|opens| opens.earliest), start(|opens| opens.latest));
        self.due_at = self.due();
        self
    }

    /// When it opens or closes by itself next: at the start of an exact day, and at the end of one, in UTC. Where the day is not known exactly nothing
    /// happens by itself.
    pub(super) fn due(&self) -> Moment {
        match self.state {
            State::Announced => self.opens.as_deref().and_then(ImpreciseDate::exactly).map_or(Moment(0), Moment::of_day),
            State::Open => self.closes.as_deref().and_then(ImpreciseDate::exactly).map_or(Moment(0), end_of),
            State::Closed | State::Decided => Moment(0),
        }
    }

    /// The last moment at which somebody can apply in time; none where it has no last day, or none that is known.
    pub(super) fn deadline(&self) -> Option<Moment> {
        self.closes.as_deref().map(|closes| end_of(closes.latest))
    }
}

/// The end of a day in UTC.
fn end_of(day: Date) -> Moment {
    Moment(Moment::of_day(day).0 + Moment::DAY)
}
