//! An organisation in the graph: what its declarations do not say already.
use async_graphql::{Object, SimpleObject};

use super::row::{self, Level, OrganisationKind};
use crate::{
    kernel::{Common, NodeFields, ViewerCan, country::Country, text::Texts},
    node,
    relay::LanguageTag,
};

node!(
    /// An organisation that takes part in what cities do.
    Organisation = "organisation"
);

impl Common for Organisation {}

/// Another name of an organisation.
#[derive(Clone, Debug, SimpleObject)]
pub struct OrganisationAlias {
    /// The name.
    pub name: String,
    /// Its language; null where not known.
    pub language: Option<LanguageTag>,
    /// Who uses it.
    pub source: Option<String>,
}

/// An organisation that takes part in what cities do: a university, a company, an authority, a newspaper …
#[Object]
impl Organisation {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    #[graphql(flatten)]
    async fn texts(&self) -> Texts<'_, Self> {
        Texts(self)
    }

    #[graphql(flatten)]
    async fn viewer_can(&self) -> ViewerCan<'_, Self> {
        ViewerCan(self)
    }

    /// The official name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its other names: other languages, short forms, former names.
    async fn aliases(&self) -> Vec<OrganisationAlias> {
        let alias = |alias: &row::Alias| OrganisationAlias {
            name: alias.name.clone(),
            language: alias.language.clone().map(LanguageTag),
            source: alias.source.clone(),
        };
        self.0.aliases.iter().map(alias).collect()
    }

    /// What sort of organisation it is.
    async fn organisation_kind(&self) -> OrganisationKind {
        self.0.organisation_kind
    }

    /// How far it reaches; null where not known.
    async fn level(&self) -> Option<Level> {
        self.0.level
    }

    /// The country it is in; null where it is in none, or not known.
    async fn country(&self) -> Option<Country> {
        self.0.country.as_deref().and_then(Country::of)
    }

    /// Its web site.
    async fn website(&self) -> Option<&str> {
        self.0.website.as_deref()
    }
}
