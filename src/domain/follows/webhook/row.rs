//! The table of webhooks.
use async_graphql::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Webhook;
use crate::{
    access::Audience,
    base::{Id, Moment},
    domain::{event::EventFilter, person::Person, saved_search::SavedSearch},
    store::Json,
    table,
};

/// Whether it sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[graphql(name = "WebhookState")]
pub enum State {
    /// It sends what happens.
    Active,
    /// Its person paused it: nothing is sent and nothing new is noted.
    Paused,
    /// The hub ended it; its person may make it active again.
    Ended,
}

/// Why the hub ended a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[graphql(name = "WebhookEnd")]
pub enum Reason {
    /// The receiver answered 410 Gone: it wants nothing more.
    ReceiverGone,
    /// Its person has left.
    OwnerLeft,
    /// Its saved search was deleted.
    SearchDeleted,
}

/// A row of webhooks.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Webhook>,
    /// Made of its id: exports name it by it.
    pub slug: String,
    pub version: i64,
    /// Its person.
    pub audience: Audience,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub person: Id<Person>,
    pub name: String,
    /// Where it leads.
    pub url: String,
    pub filter: Json<EventFilter>,
    /// Set where it tells what answers a saved search, and nothing else.
    pub saved_search: Option<Id<SavedSearch>>,
    /// What its payload is made by.
    pub query: String,
    pub state: State,
    pub ended_reason: Option<Reason>,
    /// The log's head when it was made, or made active: what came before is had by a replay.
    pub since: i64,
}

table!();
