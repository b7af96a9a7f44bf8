//! The table of building blocks.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::BuildingBlock;
use crate::{
    domain::{city::City, practice::Practice},
    kernel::prelude::row::*,
    store::Json,
};

column_enum!(
    /// With which side of the work it has to do.
    Category as "BuildingBlockCategory" in "SCREAMING_SNAKE_CASE" {
        /// Who decides, who answers for it, and who works together.
        Governance,
        /// How those whom it concerns take part.
        Participation,
        /// How it is prepared, laid out and decided in steps.
        Planning,
        /// Works, devices, software and data.
        Technology,
        /// Where the money comes from and who bears the risk.
        Finance,
        /// Ordinances, contracts, permits.
        Law,
        /// What is found out and handed on.
        Knowledge,
        /// People who can do it, and how they learn to.
        Capacity,
        /// How it is told whether it works.
        Monitoring,
        /// How it is told to others.
        Communication,
    }
);

column_enum!(
    /// Where a building block is in its life.
    State as "BuildingBlockState" in "snake_case" {
        /// Part of its practice, and seen by whoever sees that.
        Active,
        /// Taken back, alone or with its practice; a tombstone with a reason remains.
        Withdrawn,
    }
);

table!(
    /// A row of building blocks.
    "building_block" of BuildingBlock {
        pub practice: Id<Practice>,
        /// The city whose practice it is part of.
        pub city: Id<City>,
        /// Of the original text.
        pub title: String,
        /// The title folded, for order and look-ups.
        pub folded: String,
        pub categories: Json<Vec<Category>>,
        /// Its place among the blocks of its practice.
        pub position: Option<i64>,
        pub state: State,
        pub withdrawn_reason: Option<String>,
        pub language: Language,
        pub languages: Json<Vec<text::Head>>,
        pub text_version: i64,
    }
);

impl Model {
    /// Recomputes what is derived from the title.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.title);
        self
    }
}
