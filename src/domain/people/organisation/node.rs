//! An organisation in the graph: what its declarations do not say already.

use super::row::{self, Level, OrganisationKind};
use crate::{
    alias,
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
        /// The country it is in; null where it is in none, or not known.
        "country": Option<Country> = |row| row.country.as_deref().and_then(Country::of),
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

node_object!(
    /// An organisation that takes part in what cities do: a university, a company, an authority, a newspaper …
    Organisation
);
