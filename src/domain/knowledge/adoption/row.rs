//! The table of adoptions.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Adoption;
use crate::{
    domain::{city::City, practice::Practice, seminar::Seminar},
    kernel::prelude::row::*,
    store::Json,
};

column_enum!(
    /// Where an adoption is in its life.
    State as "AdoptionState" in "snake_case" {
        /// The city is busy with it.
        InProgress,
        /// It has an outcome.
        Concluded,
        /// Taken back; a tombstone with a reason remains.
        Withdrawn,
    }
);

column_enum!(
    /// How far a city has come with a practice of another one.
    Phase as "AdoptionPhase" in "SCREAMING_SNAKE_CASE" {
        /// It wants to know more.
        Interest,
        /// It finds out how the practice works, and whether it would at home.
        Understand,
        /// It changes what has to be changed for its own place.
        Adapt,
        /// It does it.
        ReUse,
    }
);

column_enum!(
    /// What came of an adoption.
    Outcome as "AdoptionOutcome" in "SCREAMING_SNAKE_CASE" {
        /// It works there, too.
        Works,
        /// Some of it works.
        Partly,
        /// It does not work there.
        Failed,
    }
);

/// The outcomes from which others learn what went wrong.
pub(super) const WENT_WRONG: [Outcome; 2] = [Outcome::Partly, Outcome::Failed];

/// That a phase was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The phase.
    pub phase: Phase,
    /// The day; none where not known.
    pub on: Option<Date>,
}

table!(
    /// A row of adoptions.
    "adoption" of Adoption {
        pub practice: Id<Practice>,
        /// The version of the practice's original that was taken.
        pub practice_version: i64,
        /// The practice's city, which gave it.
        pub owner: Id<City>,
        /// The city that took it up.
        pub city: Id<City>,
        /// Where it met the practice.
        pub seminar: Option<Id<Seminar>>,
        /// The practice of its own that came of it.
        pub becomes: Option<Id<Practice>>,
        /// Of the original text.
        pub title: String,
        /// The title folded, for order and look-ups.
        pub folded: String,
        pub language: Language,
        pub languages: Json<Vec<text::Head>>,
        pub text_version: i64,
        pub state: State,
        /// The last of the phases.
        pub phase: Phase,
        /// Those that were reached, the first first; there is always one.
        pub phases: Json<Vec<Reached>>,
        pub outcome: Option<Outcome>,
        pub concluded_on: Option<Json<Date>>,
        /// What the practice's city says of it.
        pub answer: Option<String>,
        pub answered_on: Option<Json<Date>>,
        /// The day on which the practice's city consented that everyone may see it.
        pub owner_consented_on: Option<Json<Date>>,
        /// The same of the city that took it up.
        pub city_consented_on: Option<Json<Date>>,
        /// Whether everyone sees the practice.
        pub is_practice_public: bool,
        pub withdrawn_reason: Option<String>,
    }
);

impl Model {
    /// Recomputes what is derived: the folded title, the phase, and who may see it.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.title);
        self.phase = self.phases.last().map_or(Phase::Interest, |reached| reached.phase);
        let is_open = self.owner_consented_on.is_some() && self.city_consented_on.is_some() && self.is_practice_public;
        self.audience = if is_open { Audience::public() } else { Audience::between(self.owner.uuid(), self.city.uuid()) };
        self
    }

    /// Whether everyone sees that it works: what makes its practice more mature.
    pub(super) fn works_for_all_to_see(&self) -> bool {
        self.state == State::Concluded && self.outcome == Some(Outcome::Works) && self.audience.is_public()
    }

    /// Takes it back, with this reason: what was taken back has no outcome.
    pub(super) fn take_back(&mut self, reason: String) {
        (self.state, self.withdrawn_reason, self.outcome, self.concluded_on) = (State::Withdrawn, Some(reason), None, None);
    }
}
