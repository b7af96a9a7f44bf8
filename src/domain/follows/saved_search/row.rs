//! The table of saved searches.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::SavedSearch;
use crate::{
    access::Audience,
    base::{Id, Language, Moment},
    domain::person::Person,
    search,
    store::Json,
    table,
};

/// A row of saved searches.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "saved_search")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<SavedSearch>,
    /// Its id; nobody reads it in an address.
    pub slug: String,
    pub version: i64,
    /// Its person.
    pub audience: Audience,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub person: Id<Person>,
    pub name: String,
    /// The words sought.
    pub text: String,
    pub filter: Json<search::Filter>,
    pub languages: Json<Vec<Language>>,
    /// The unguessable part of its feed's address.
    pub secret: String,
}

table!();
