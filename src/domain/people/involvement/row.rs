//! The table of involvements.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Involvement, Row};
use crate::{
    access::{Audience, Owners},
    base::{Id, Moment, Result},
    domain::{
        about::{self, About, Change},
        organisation::Organisation,
        person::Person,
    },
    store::{Json, Tx},
    table,
};

/// When in the work it takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "InvolvementPhase")]
pub enum Phase {
    /// While it is planned.
    Planning,
    /// While it is rolled out.
    RollOut,
    /// While it is carried out.
    Implementation,
}

/// What it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "InvolvementSupport")]
pub enum Support {
    /// Staff and procedures.
    Administrative,
    /// Money.
    Financial,
    /// Backing.
    Political,
    /// Knowledge and equipment.
    Technical,
    /// Anything else.
    Other,
}

/// Where an involvement is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, async_graphql::Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[graphql(name = "InvolvementState")]
pub enum State {
    /// Asked to take part.
    Invited,
    /// Takes part.
    Active,
    /// Takes part no longer.
    Left,
    /// Would not take part.
    Declined,
}

/// A row of involvements.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "involvement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Involvement>,
    pub slug: String,
    pub version: i64,
    pub audience: Audience,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub organisation: Id<Organisation>,
    /// The organisation's name when this was saved, for the log.
    pub name: String,
    pub about_kind: String,
    pub about: Uuid,
    pub phases: Json<Vec<Phase>>,
    pub role: Option<String>,
    pub support: Json<Vec<Support>>,
    pub from: Option<Json<Date>>,
    pub to: Option<Json<Date>>,
    pub contact: Option<Id<Person>>,
    pub state: State,
    /// What the thing it is about belonged to.
    pub belongs: Json<Vec<Uuid>>,
    /// Whose that thing is.
    pub owners: Json<Owners>,
}

table!();

impl About for Row {
    fn following(&self, audience: Audience, owners: Option<&Owners>) -> Self {
        let owners = owners.map_or_else(|| self.owners.clone(), |owners| Json(owners.clone()));
        Self { audience, owners, ..self.clone() }
    }
}

/// Involvements follow the thing they are about.
pub async fn follow(tx: &mut Tx<'_>, change: &Change) -> Result<()> {
    about::rows_follow::<Row>(tx, change).await
}
