//! The table of agendas.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Agenda;
use crate::{
    access::Audience,
    base::{Id, Moment},
    domain::theme::Labels,
    store::Json,
    table,
};

/// A row of agendas.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "agenda")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Agenda>,
    pub slug: String,
    pub version: i64,
    pub audience: Audience,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub name: String,
    pub description: Option<String>,
    pub labels: Json<Labels>,
    pub source: Option<String>,
}

table!();
