//! An agenda.
use async_graphql::{Context, Object};

use super::row;
use crate::{
    kernel::{Common, NodeFields, label},
    node,
    relay::LanguageTag,
};

node!(
    /// A global agenda whose goals practices and plans serve.
    Agenda = "agenda"
);

impl Common for Agenda {}

/// A global agenda whose goals practices and plans serve.
#[Object]
impl Agenda {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// The name in the reader's best language, else English.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> String {
        label::best(ctx, languages.as_deref(), &self.0.labels, &self.0.name)
    }

    /// What it is about, in English.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Where it was agreed.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }
}
