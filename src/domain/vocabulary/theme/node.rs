//! A theme.
use async_graphql::{Context, Object};

use super::row;
use crate::{
    kernel::{Common, NodeFields, label},
    node,
    relay::LanguageTag,
};

node!(
    /// A branch of the theme tree.
    Theme = "theme"
);

impl Common for Theme {
    const SAID: &'static [(&'static str, &'static str)] = &[("audience", "")];
}

/// A branch of the theme tree, by which practices, cities and seminars are found.
#[Object]
impl Theme {
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

    /// How deep in the tree: 0 for a root.
    async fn depth(&self) -> usize {
        self.0.path.matches('/').count().saturating_sub(1)
    }
}
