//! The table of obligations.
use hansa_obligations as law;
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Obligation;
use crate::{
    access::Owners,
    domain::{
        pairing::{Pairing, Party, Postponement, Risk, Waiver},
        programme::Programme,
    },
    kernel::prelude::row::*,
    store::Json,
};

/// Obligation ↔ the cities it concerns.
pub static CITIES: Join = Join { table: "obligation_city", left: "obligation", right: "city" };

column_enum!(
    /// What is owed.
    ObligationKind as "ObligationKind" in "SCREAMING_SNAKE_CASE" {
        /// A member signs the agreement.
        SignAgreement,
        /// The members name the thematic priority.
        NamePriority,
        /// The members deliver the plan.
        DeliverPlan,
        /// The members start the pilot.
        StartPilot,
        /// The members report, every so many months.
        Report,
        /// The members cooperate as long as they promised.
        ReachMinimum,
        /// Not owed, but to be known: the programme's support ends.
        EndOfSupport,
    }
);

column_enum!(
    /// How an obligation stands.
    ObligationState as "ObligationState" in "SCREAMING_SNAKE_CASE" {
        /// Not due yet, or its day is not known.
        NotDue,
        /// Due: from a month before its last day.
        Due,
        /// Its last day has passed.
        Overdue,
        /// It was done.
        Met,
        /// An officer does without it.
        Waived,
        /// Owed no more: the pairing ended, or the member left, before it was overdue; or what it followed from was changed.
        Lapsed,
    }
);

column_enum!(
    /// How an obligation looks from afar.
    ObligationLight as "ObligationLight" in "SCREAMING_SNAKE_CASE" {
        /// Met, waived, or not due yet.
        Green,
        /// Due, or said to be at risk.
        Yellow,
        /// Overdue.
        Red,
        /// Its day is not known, or it lapsed.
        Grey,
    }
);

impl From<law::Kind> for ObligationKind {
    fn from(kind: law::Kind) -> Self {
        match kind {
            law::Kind::SignAgreement => Self::SignAgreement,
            law::Kind::NamePriority => Self::NamePriority,
            law::Kind::DeliverPlan => Self::DeliverPlan,
            law::Kind::StartPilot => Self::StartPilot,
            law::Kind::Report => Self::Report,
            law::Kind::ReachMinimum => Self::ReachMinimum,
            law::Kind::EndOfSupport => Self::EndOfSupport,
        }
    }
}

impl From<law::State> for ObligationState {
    fn from(state: law::State) -> Self {
        match state {
            law::State::NotDue => Self::NotDue,
            law::State::Due => Self::Due,
            law::State::Overdue => Self::Overdue,
            law::State::Met => Self::Met,
            law::State::Waived => Self::Waived,
        }
    }
}

impl From<law::Light> for ObligationLight {
    fn from(light: law::Light) -> Self {
        match light {
            law::Light::Green => Self::Green,
            law::Light::Yellow => Self::Yellow,
            law::Light::Red => Self::Red,
            law::Light::Grey => Self::Grey,
        }
    }
}

/// Something that happened to an obligation, kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// `OVERDUE`.
    pub what: String,
    pub on: Date,
    /// Whether it was told; not where it happened before the hub knew of the pairing.
    pub is_told: bool,
}

/// Where the order has those whose day is not known: last.
pub const NEVER: Moment = Moment(i64::MAX);

table!(
    /// A row of obligations.
    "obligation" of Obligation {
        pub pairing: Id<Pairing>,
        pub programme: Id<Programme>,
        /// What tells it from the others of its pairing, for ever: `REPORT:3`, `SIGN_AGREEMENT:city:` and an id.
        pub what: String,
        /// For the log.
        pub title: String,
        pub kind: ObligationKind,
        /// Of a report, from 1.
        pub number: Option<i64>,
        /// Whose signature it is.
        pub member: Option<Json<Party>>,
        pub due_from: Option<Json<Date>>,
        pub due_by: Option<Json<Date>>,
        pub first_due_by: Option<Json<Date>>,
        pub met_on: Option<Json<Date>>,
        /// The start of the last day, for order; [`NEVER`] where it is not known.
        pub due_at: Moment,
        pub state: ObligationState,
        pub light: ObligationLight,
        pub sentence: String,
        pub rules_version: Option<i64>,
        /// In force.
        pub waiver: Option<Json<Waiver>>,
        pub postponements: Json<Vec<Postponement>>,
        pub risks: Json<Vec<Risk>>,
        pub milestones: Json<Vec<Reached>>,
        pub owners: Json<Owners>,
    }
);
