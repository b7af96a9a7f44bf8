//! A goal.
use async_graphql::{Context, Object};

use super::row;
use crate::{
    kernel::{NodeFields, label},
    node,
    relay::LanguageTag,
};

node!(
    /// A goal or target of a global agenda.
    Goal = "goal"; {
        /// Its number in the agenda: `11.2`.
        "code": &str = |row| &row.code,
        /// The place in the whole agenda, read from top to bottom.
        "position": i64 = |row| row.position,
        /// How deep in the agenda: 0 for a root.
        "depth": usize = |row| row.path.matches('/').count().saturating_sub(2),
    }
);

/// A goal, target, commitment or article of a global agenda.
#[Object]
impl Goal {
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
