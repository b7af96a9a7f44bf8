//! The table of pairings.
use jiff::civil::Date;
use sea_orm::{QueryFilter, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    Pairing,
    decided::{Decisions, Postponement, Risk, Waiver},
    lived::{self, Acceptance, Lived},
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
        /// The day its cities were matched, where it is known.
        pub matched_on: Option<Json<Date>>,
        /// Unknown starts stay unknown: no date is invented.
        pub started_on: Option<Json<Date>>,
        pub theme: Option<Id<Theme>>,
        pub state: State,
        /// The version of the call's rules that its cities agreed to.
        pub rules_version: Option<i64>,
        pub rules_accepted: Json<Vec<Acceptance>>,
        /// The versions it lived by; the last is that of now.
        pub rules_history: Json<Vec<Lived>>,
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
        /// What was decided about what it owes, which not all may read.
        pub waivers: Json<Vec<Waiver>>,
        pub postponements: Json<Vec<Postponement>>,
        pub risks: Json<Vec<Risk>>,
        /// When its obligations are to be looked at again; 0 for never. Only marked, never saved.
        pub obligations_due_at: Moment,
    }
);

impl State {
    /// Those of pairings whose members cooperate no more.
    pub(super) const OVER: [Self; 2] = [Self::Completed, Self::Ended];

    /// Whether it was completed or has ended.
    pub(super) fn is_over(self) -> bool {
        Self::OVER.contains(&self)
    }
}

impl Model {
    /// Recomputes what is derived: the folded name, the last of the priorities, and the last of the versions it lived by.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.name);
        priority::note(&mut self.priorities.0, self.theme.map(Id::uuid));
        lived::note(&mut self.rules_history.0, self.rules_version);
        self
    }

    /// What was decided about what it owes.
    pub(super) fn decisions(&self) -> Decisions {
        Decisions { waivers: self.waivers.0.clone(), postponements: self.postponements.0.clone(), risks: self.risks.0.clone() }
    }

    /// Has other things decided.
    pub(super) fn decide(&mut self, told: Decisions) {
        (self.waivers, self.postponements, self.risks) = (Json(told.waivers), Json(told.postponements), Json(told.risks));
    }

    /// Whether it was completed or has ended.
    pub(super) fn is_over(&self) -> bool {
        self.state.is_over()
    }

    /// Whose it is: its members' and its programme's.
    pub(super) fn own(&self) -> Owners {
        Owners { cities: member::cities(&self.members), programmes: vec![self.programme.uuid()] }
    }
}

/// Whether a city is in a pairing of a call that was not ended.
pub async fn is_paired(tx: &Tx<'_>, call: Id<Call>, city: Id<City>) -> Result<bool> {
    let of_city = Column::Id.in_subquery(CITIES.lefts_of(&[city.uuid()]));
    Ok(tx.first(tx.rows::<Entity>().filter(Column::Call.eq(call)).filter(Column::State.ne(State::Ended)).filter(of_city)).await?.is_some())
}

/// The names of the pairings of a programme that a city is in and that are not over.
pub async fn standing_of(tx: &Tx<'_>, programme: Id<Programme>, city: Id<City>) -> Result<Vec<String>> {
    let of_city = Column::Id.in_subquery(CITIES.lefts_of(&[city.uuid()]));
    let rows = tx.every::<Entity>().filter(Column::Programme.eq(programme)).filter(of_city);
    let rows = tx.all(rows.filter(Column::State.is_not_in(State::OVER))).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// The member cities of a pairing, in their order.
pub async fn members(tx: &Tx<'_>, pairing: Id<Pairing>) -> Result<Vec<Uuid>> {
    tx.linked(&CITIES, pairing.uuid()).await
}
