//! The table of announcements.
use jiff::civil::Date;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Announcement;
use crate::{
    access::Audience,
    base::{Id, Language, Moment},
    domain::{city::City, programme::Programme},
    kernel::text,
    store::{Join, Json},
    table,
};

/// Announcement ↔ cities it makes a claim about.
pub static CITIES: Join = Join { table: "announcement_city", left: "announcement", right: "city" };

/// Where an announcement is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, async_graphql::Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[graphql(name = "AnnouncementState")]
pub enum State {
    /// As it was published.
    Published,
    /// Its text or its claims were corrected since.
    Corrected,
}

/// Something an announcement says of a city on a day: a dated claim, not a property of the city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub city: Id<City>,
    pub claim: String,
    pub verbatim: Option<String>,
    pub said_on: Option<Date>,
}

/// A row of announcements.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "announcement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Announcement>,
    pub slug: String,
    pub version: i64,
    pub audience: Audience,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub programme: Id<Programme>,
    /// Of the original text.
    pub title: String,
    pub language: Language,
    pub languages: Json<Vec<text::Head>>,
    pub text_version: i64,
    pub published_on: Json<Date>,
    /// The start of that day, for order.
    pub published_at: Moment,
    pub state: State,
    pub source: Option<String>,
    pub claims: Json<Vec<Claim>>,
}

table!();
