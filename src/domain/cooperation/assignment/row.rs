//! The table of assignments.
use std::collections::BTreeMap;

use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    Assignment,
    outcome::{Outcome, Settings},
};
use crate::{
    domain::{call::Call, programme::Programme},
    kernel::prelude::row::*,
    store::Json,
};

column_enum!(
    /// Where an assignment is in its life.
    State as "AssignmentState" in "snake_case" {
        /// Proposed, and still to be changed.
        Draft,
        /// What it says came true: its call was decided by it.
        Decided,
        /// It was decided, and that was taken back.
        Undone,
    }
);

table!(
    /// A row of assignments.
    "assignment" of Assignment {
        pub call: Id<Call>,
        /// The call's.
        pub programme: Id<Programme>,
        /// The call's name when this was proposed, for the log.
        pub name: String,
        pub state: State,
        pub settings: Json<Settings>,
        pub outcome: Json<Outcome>,
        /// The version of each application by which it was reckoned; of one that is not among them it is not known.
        pub versions: Json<BTreeMap<Uuid, i64>>,
        /// The version of the call's weights.
        pub weights_version: i64,
        pub note: Option<String>,
        pub decided_on: Option<Json<Date>>,
        pub undone_on: Option<Json<Date>>,
        pub undone_reason: Option<String>,
    }
);
