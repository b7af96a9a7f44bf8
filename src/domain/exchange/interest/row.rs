//! The table of interests.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Interest;
use crate::{
    domain::{city::City, practice::Practice},
    kernel::prelude::row::*,
    store::Json,
};

column_enum!(
    /// Where an interest is in its life.
    State as "InterestState" in "snake_case" {
        /// It waits for an answer.
        Expressed,
        /// The city is a partner: it has a place.
        Accepted,
        /// The practice's city would not; its answer tells why.
        Declined,
        /// The interested city took it back.
        Withdrawn,
    }
);

table!(
    /// A row of interests.
    "interest" of Interest {
        pub practice: Id<Practice>,
        /// The practice's city, which answers.
        pub owner: Id<City>,
        pub city: Id<City>,
        /// The interested city's name when this was saved, for order and the log.
        pub name: String,
        /// The name folded.
        pub folded: String,
        /// Of the note.
        pub language: Language,
        pub note: Option<String>,
        pub state: State,
        pub answer: Option<String>,
        pub answered_on: Option<Json<Date>>,
    }
);

impl Model {
    /// Whether it waits for an answer or was accepted.
    pub(super) fn is_standing(&self) -> bool {
        matches!(self.state, State::Expressed | State::Accepted)
    }

    /// Recomputes what is derived: the folded name, and who may see it.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.name);
        self.audience = Audience::between(self.owner.uuid(), self.city.uuid());
        self
    }
}
