//! A programme.
use async_graphql::{Context, Object, Result};

use super::{
    cohort::{self, Cohort},
    pairing_count::{self, PairingCount},
    row::{self, Component},
};
use crate::{
    domain::{
        cooperation::stated::{self, StatedFigure, StatedOf},
        involvement::grid::{self, InvolvementCell},
        obligation::{self, ObligationCounts},
        person::{self, Person},
    },
    kernel::prelude::node::*,
    relay::{Connection, PageArgs},
};

node!(
    /// A programme that brings cities together.
    Programme = "programme", Texts, ViewerCan; {
        /// Where the facts come from.
        "source": Option<&str> = |row| row.source.as_deref(),
        /// Figures that sources state of it; the hub keeps them beside what it counts itself.
        "stated": Vec<Object<StatedFigure>> = |row| stated::all(StatedOf::Programme(row.id.uuid()), &row.stated),
        /// Groups of cities that sources speak of, such as those of one country, beside the cities they are here.
        "cohorts": Vec<Object<Cohort>> = |row| cohort::all(row),
        /// Its components, such as regions of the world.
        "components": &[Component] = |row| &row.components,
        /// How many steps of review a practice of its cities takes before it is published: 0, 1, or 2 by two people. Of two the first opens it for the programme, the
        /// last one for everyone, once its city publishes it.
        "reviewSteps": i64 = |row| row.review_steps.unwrap_or_default(),
        /// How many pairings it has: those listed here beside the number its source states.
        "pairingCount": Object<PairingCount> = |row| Object(PairingCount { programme: row.id, stated: pairing_count::of_pairings(&row.stated).cloned() }),
    }
);

impl Programme {
    /// How many steps of review a practice of its cities takes.
    pub fn review_steps(&self) -> i64 {
        self.0.review_steps.unwrap_or_default()
    }
}

/// A programme that brings cities together.
#[Object]
impl Programme {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    /// The officers who run it; those the viewer may see.
    async fn officers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most this many from the start.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Person>> {
        Ok(person::officers(ctx, self.0.id.uuid(), &PageArgs::new(first, after, last, before)).await?)
    }

    /// What its pairings owe, counted by lights.
    async fn obligation_counts(&self, ctx: &Context<'_>) -> Result<ObligationCounts> {
        obligation::counted_of_programme(ctx, self.0.id.uuid()).await
    }

    /// Sorts of organisations by phases of the work, with how many active ones there are and which cells are empty: of those that take part in this
    /// programme itself, not in what belongs to it.
    async fn involvement_grid(&self, ctx: &Context<'_>) -> Result<Vec<InvolvementCell>> {
        grid::of(ctx, self.0.id.uuid()).await
    }
}
