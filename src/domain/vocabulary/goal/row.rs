//! The table of goals.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Goal;
use crate::{
    access::Audience,
    base::{Id, Moment},
    domain::{agenda::Agenda, theme::Labels},
    store::Json,
    table,
};

/// A row of goals.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "goal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Goal>,
    pub slug: String,
    pub version: i64,
    pub audience: Audience,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub agenda: Id<Agenda>,
    pub parent: Option<Id<Goal>>,
    pub code: String,
    pub name: String,
    pub labels: Json<Labels>,
    /// The place in the whole agenda, read from top to bottom.
    pub position: i64,
    /// The agenda's slug and the slugs from the root to this goal, each with a slash behind it: `sdg/sdg-11/sdg-11-2/`.
    pub path: String,
}

table!();
