//! The table of organisations.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::Organisation;
use crate::{
    domain::{city::City, programme::Programme},
    kernel::{
        alias::{self, Alias},
        country::Country,
        prelude::row::*,
    },
    store::Json,
};

column_enum!(
    /// What sort of organisation it is.
    #[derive(Hash)]
    OrganisationKind as "OrganisationKind" in "SCREAMING_SNAKE_CASE" {
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
);

column_enum!(
    /// How far it reaches.
    Level as "OrganisationLevel" in "SCREAMING_SNAKE_CASE" {
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
);

table!(
    /// A row of organisations.
    "organisation" of Organisation {
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
);

impl Model {
    /// Recomputes what is derived from the names, and spells the country as it is kept.
    pub(super) fn derived(mut self) -> Self {
        self.country = self.country.map(Country::one_spelling);
        self.folded = fold(&self.name);
        self.names = alias::folded(&self.name, &self.aliases);
        self
    }
}
