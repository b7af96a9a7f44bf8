//! A theme.
use async_graphql::{Context, Object};

use super::row;
use crate::{
    kernel::{NodeFields, label},
    node,
    relay::LanguageTag,
};

node!(
    /// A branch of the theme tree.
    Theme = "theme", ViewerCan;
    says &[("audience", "")]; {
        /// How deep in the tree: 0 for a root.
        "depth": usize = |row| row.path.matches('/').count().saturating_sub(1),
    }
);

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
}
