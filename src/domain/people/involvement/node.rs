//! An involvement in the graph: what its declarations do not say already.
use async_graphql::{Context, Object, Result};

use super::row::{self, Phase, State, Support};
use crate::{
    domain::{VisibleNode, entry_of},
    kernel::{Common, NodeFields, ViewerCan},
    node,
    relay::{DateValue, context::Asking},
};

node!(
    /// An organisation's part in something cities do.
    Involvement = "involvement"
);

impl Common for Involvement {
    const SAID: &'static [(&'static str, &'static str)] = &[("audience", "Who may see it: never more than see what it is about.")];
}

/// An organisation's part in a programme, city, pairing, practice or seminar.
#[Object]
impl Involvement {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    #[graphql(flatten)]
    async fn viewer_can(&self) -> ViewerCan<'_, Self> {
        ViewerCan(self)
    }

    /// What it is about; null where the viewer may not see that.
    async fn about(&self, ctx: &Context<'_>) -> Result<Option<VisibleNode>> {
        match entry_of(&self.0.about_kind) {
            Some(entry) => Ok(entry.node(ctx.scope(), self.0.about).await?.map(VisibleNode)),
            None => Ok(None),
        }
    }

    /// In which phases of the work it takes part.
    async fn phases(&self) -> &[Phase] {
        &self.0.phases
    }

    /// As what it takes part, in a few words.
    async fn role(&self) -> Option<&str> {
        self.0.role.as_deref()
    }

    /// What it gives.
    async fn support(&self) -> &[Support] {
        &self.0.support
    }

    /// The first day; null where not known.
    async fn from(&self) -> Option<DateValue> {
        self.0.from.as_ref().map(|day| DateValue(day.0))
    }

    /// The last day; null while it goes on or where not known.
    async fn to(&self) -> Option<DateValue> {
        self.0.to.as_ref().map(|day| DateValue(day.0))
    }

    /// Where it is in its life.
    async fn state(&self) -> State {
        self.0.state
    }
}
