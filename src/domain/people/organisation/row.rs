//! The table of organisations.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Organisation;
use crate::{
    access::Audience,
    base::{Id, Language, Moment, text::fold},
    domain::{city::City, programme::Programme},
    kernel::text,
    store::Json,
    table,
};

/// What sort of organisation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumIter, DeriveActiveEnum, async_graphql::Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrganisationKind {
    /// Universities, schools, institutes.
    Academia,
    /// Associations, foundations, initiatives of citizens.
    CivilSociety,
    /// Companies.
    Business,
    /// Municipalities, ministries, agencies.
    PublicAuthority,
    /// Banks, funds, insurers.
    Finance,
    /// Newspapers, broadcasters, publishers.
    Media,
    /// Those who supply water, energy, transport.
    Utility,
    /// Organisations of many nations.
    International,
    /// Any other.
    Other,
}

/// How far it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum, async_graphql::Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[graphql(name = "OrganisationLevel")]
pub enum Level {
    /// A part of a city.
    Neighbourhood,
    /// A city.
    City,
    /// A region of a country.
    Region,
    /// A country.
    Nation,
    /// More than one country.
    World,
}

/// Another name of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    pub name: String,
    pub language: Option<Language>,
    pub source: Option<String>,
}

/// A row of organisations.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Organisation>,
    pub slug: String,
    pub version: i64,
    pub audience: Audience,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub name: String,
    /// The name folded, for order.
    pub folded: String,
    /// All names folded, each between bars, for look-ups.
    pub names: String,
    pub organisation_kind: OrganisationKind,
    pub level: Option<Level>,
    pub country: Option<String>,
    pub city: Option<Id<City>>,
    /// The programme whose officers keep it.
    pub programme: Option<Id<Programme>>,
    pub website: Option<String>,
    pub aliases: Json<Vec<Alias>>,
    /// Of the original text.
    pub description: Option<String>,
    pub language: Language,
    pub languages: Json<Vec<text::Head>>,
    pub text_version: i64,
}

impl Model {
    /// Recomputes what is derived from the names.
    pub(super) fn derived(mut self) -> Self {
        self.folded = fold(&self.name);
        let all = std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(|alias| alias.name.as_str())).map(fold);
        self.names = all.fold(String::from("|"), |names, name| format!("{names}{name}|"));
        self
    }
}

table!();
