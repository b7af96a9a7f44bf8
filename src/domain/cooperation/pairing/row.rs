//! The table of pairings.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Pairing;
use crate::{
    access::Audience,
    base::{Id, Language, Moment, Result, text::fold},
    domain::{call::Call, programme::Programme, theme::Theme},
    store::{Join, Json, Tx},
    table,
};

/// Pairing ↔ member cities.
pub static CITIES: Join = Join { table: "pairing_city", left: "pairing", right: "city" };

/// Where a pairing is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, async_graphql::Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[graphql(name = "PairingState")]
pub enum State {
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

/// A row of pairings.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "pairing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Pairing>,
    pub slug: String,
    pub version: i64,
    pub audience: Audience,
    pub created_at: Moment,
    pub updated_at: Moment,
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
    pub source: Option<String>,
}

impl Model {
    /// Recomputes what is derived from the name.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.name);
        self
    }
}

table!();

/// The member cities of a pairing, in their order.
pub async fn members(tx: &Tx<'_>, pairing: Id<Pairing>) -> Result<Vec<Uuid>> {
    tx.linked(&CITIES, pairing.uuid()).await
}
