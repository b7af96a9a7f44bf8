//! The table of goals.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Goal;
use crate::{
    domain::agenda::Agenda,
    kernel::{label::Labels, prelude::row::*},
    labelled,
    store::Json,
};

table!(
    /// A row of goals.
    "goal" of Goal {
        pub agenda: Id<Agenda>,
        pub parent: Option<Id<Goal>>,
        pub code: String,
        pub name: String,
        pub labels: Json<Labels>,
        /// The place in the whole agenda, read from top to bottom.
        pub position: i64,
        /// What the hub's programmes make of it.
        pub note: Option<String>,
        /// The agenda's slug and the slugs from the root to this goal, each with a slash behind it: `sdg/sdg-11/sdg-11-2/`.
        pub path: String,
    }
);

labelled!(2_000);
