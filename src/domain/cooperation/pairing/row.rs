//! The table of pairings.
use jiff::civil::Date;
use sea_orm::{QueryFilter, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    Pairing,
    member::{self, CITIES, Member},
    priority::{self, Priority},
    resource::Commitment,
};
use crate::{
    access::Owners,
    base::Result,
    domain::{call::Call, city::City, programme::Programme, theme::Theme},
    kernel::prelude::row::*,
    store::{Json, Tx},
};

/// Stands between the names of the cities of which the name of a pairing is made.
pub(super) const BETWEEN_CITIES: &str = " – ";

/// That a city accepted a version of the call's rules which is newer than the one the pairing lives by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The city.
    pub city: Uuid,
    /// The version.
    pub version: i64,
    /// The day.
    pub on: Date,
}

column_enum!(
    /// Where a pairing is in its life.
    State as "PairingState" in "snake_case" {
        /// The cities were brought together.
        Matched,
        /// They agreed on what they will do.
        Agreed,
        /// They work together; `isSupported` tells whether the programme still helps.
        Active,
        /// They did what they promised.
        Completed,
        /// They pause.
        Dormant,
        /// They ended it before it was completed.
        Ended,
    }
);

table!(
    /// A row of pairings.
    "pairing" of Pairing {
        pub programme: Id<Programme>,
        pub call: Option<Id<Call>>,
        pub name: String,
        /// The name folded, for order and look-ups.
        pub folded: String,
        pub summary: Option<String>,
        pub language: Language,
        /// Unknown starts stay unknown: no date is invented.
        pub started_on: Option<Json<Date>>,
        pub theme: Option<Id<Theme>>,
        pub state: State,
        /// The version of the call's rules that its cities agreed to.
        pub rules_version: Option<i64>,
        pub rules_accepted: Json<Vec<Acceptance>>,
        pub source: Option<String>,
        /// All there were; the joins have those of now.
        pub members: Json<Vec<Member>>,
        /// The themes there were; the last is that of now.
        pub priorities: Json<Vec<Priority>>,
        pub resources: Json<Vec<Commitment>>,
        /// Why it pauses or ended.
        pub state_reason: Option<String>,
        /// The day it was completed or ended.
        pub ended_on: Option<Json<Date>>,
        /// Agreements that each member has signed and that have not ended. Only counted, never saved.
        pub signed_agreements: i64,
    }
);

impl Model {
    /// Recomputes what is derived: the folded name, and the last of the priorities.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.name);
        priority::note(&mut self.priorities.0, self.theme.map(Id::uuid));
        self
    }

    /// Whose it is: its members' and its programme's.
    pub(super) fn own(&self) -> Owners {
        Owners { cities: member::cities(&self.members), programmes: vec![self.programme.uuid()] }
    }
}

/// Whether a city is in a pairing of a call.
pub async fn is_paired(tx: &Tx<'_>, call: Id<Call>, city: Id<City>) -> Result<bool> {
    let of_city = Column::Id.in_subquery(CITIES.lefts_of(&[city.uuid()]));
    Ok(tx.first(tx.rows::<Entity>().filter(Column::Call.eq(call)).filter(of_city)).await?.is_some())
}

/// The member cities of a pairing, in their order.
pub async fn members(tx: &Tx<'_>, pairing: Id<Pairing>) -> Result<Vec<Uuid>> {
    tx.linked(&CITIES, pairing.uuid()).await
}
