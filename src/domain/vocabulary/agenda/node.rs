//! An agenda.
use async_graphql::{Context, Object};

use super::row;
use crate::{
    kernel::{NodeFields, label},
    node,
    relay::LanguageTag,
};

node!(
    /// A global agenda whose goals practices and plans serve.
    Agenda = "agenda"; {
        /// What it is about, in English.
        "description": Option<&str> = |row| row.description.as_deref(),
        /// Where it was agreed.
        "source": Option<&str> = |row| row.source.as_deref(),
    }
);

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
}
