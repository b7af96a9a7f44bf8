//! The table of themes.
use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Theme;
use crate::{
    access::Audience,
    base::{Id, Moment},
    store::Json,
    table,
};

/// Labels by language tag.
pub type Labels = BTreeMap<String, String>;

/// A row of themes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "theme")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Theme>,
    pub slug: String,
    pub version: i64,
    pub audience: Audience,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub name: String,
    pub labels: Json<Labels>,
    pub parent: Option<Id<Theme>>,
    /// The slugs from the root to this theme, each with a slash behind it: `mobility/cycling/`.
    pub path: String,
}

table!();
