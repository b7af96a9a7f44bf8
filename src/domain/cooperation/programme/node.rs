//! A programme.
use async_graphql::{Context, Object, Result};

use super::{
    row,
    stated::{self, PairingCount, StatedFigure},
};
use crate::{
    domain::involvement::grid::{self, InvolvementCell},
    kernel::{Common, NodeFields, text::Texts},
    node,
    relay::Object,
};

node!(
    /// A programme that brings cities together.
    Programme = "programme"
);

impl Common for Programme {}

/// A programme that brings cities together.
#[Object]
impl Programme {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    #[graphql(flatten)]
    async fn texts(&self) -> Texts<'_, Self> {
        Texts(self)
    }

    /// Where the facts come from.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// Figures that sources state of it; the hub keeps them beside what it counts itself.
    async fn stated(&self) -> Vec<StatedFigure> {
        self.0.stated.iter().map(StatedFigure::from).collect()
    }

    /// How many pairings it has: those listed here beside the number its source states.
    async fn pairing_count(&self) -> Object<PairingCount> {
        Object(PairingCount { programme: self.0.id, stated: stated::of_pairings(&self.0.stated).cloned() })
    }

    /// Sorts of organisations by phases of the work, with how many active ones there are and which cells are empty.
    async fn involvement_grid(&self, ctx: &Context<'_>) -> Result<Vec<InvolvementCell>> {
        grid::of(ctx, self.0.id.uuid()).await
    }
}
