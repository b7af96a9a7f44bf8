//! A goal.
use async_graphql::{Context, Object};

use super::row;
use crate::{
    kernel::{Common, NodeFields, label},
    node,
    relay::LanguageTag,
};

node!(
    /// A goal or target of a global agenda.
    Goal = "goal"
);

impl Common for Goal {}

/// A goal, target, commitment or article of a global agenda.
#[Object]
impl Goal {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// Its number in the agenda: `11.2`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The name in the reader's best language, else English.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Languages the reader wants, best first.")] languages: Option<Vec<LanguageTag>>,
    ) -> String {
        label::best(ctx, languages.as_deref(), &self.0.labels, &self.0.name)
    }

    /// The place in the whole agenda, read from top to bottom.
    async fn position(&self) -> i64 {
        self.0.position
    }

    /// How deep in the agenda: 0 for a root.
    async fn depth(&self) -> usize {
        self.0.path.matches('/').count().saturating_sub(2)
    }
}
