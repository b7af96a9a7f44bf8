//! An organisation in the graph: what its declarations do not say already.
use async_graphql::{Context, Object, Result};

use super::row::{self, Level, OrganisationKind};
use crate::{
    alias,
    domain::city::City,
    kernel::{country::Country, prelude::node::*},
};

node!(
    /// An organisation that takes part in what cities do.
    Organisation = "organisation", Texts, ViewerCan; {
        /// The official name.
        "name": &str = |row| &row.name,
        /// Its other names: other languages, short forms, former names.
        "aliases": Vec<OrganisationAlias> = |row| row.aliases.iter().map(OrganisationAlias::from).collect(),
        /// What sort of organisation it is.
        "organisationKind": OrganisationKind = |row| row.organisation_kind,
        /// How far it reaches; null where not known.
        "level": Option<Level> = |row| row.level,
        /// Its web site.
        "website": Option<&str> = |row| row.website.as_deref(),
    }
);

alias!(
    /// Another name of an organisation.
    OrganisationAlias, OrganisationAliasInput
    /// Its language; null where not known.
    language
);

/// An organisation that takes part in what cities do: a university, a company, an authority, a newspaper …
#[Object]
impl Organisation {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// The country it is in: its own, or that of its city; null where it is in none, or not known.
    async fn country(&self, ctx: &Context<'_>) -> Result<Option<Country>> {
        if let Some(own) = self.0.country.as_deref() {
            return Ok(Country::of(own));
        }
        let Some(city) = self.0.city else { return Ok(None) };
        let city: Option<Object<City>> = ctx.load(city).await?;
        Ok(city.and_then(|city| city.0.country()))
    }
}
