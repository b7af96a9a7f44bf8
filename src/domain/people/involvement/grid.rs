//! The grid of a thing's involvements: sorts of organisations by phases of the work, with counts and the cells that are empty.
use std::collections::{HashMap, HashSet};

use async_graphql::{Context, Result, SimpleObject};
use sea_orm::{Iterable, QueryFilter, entity::prelude::*};

use super::row::{Column, Entity, Model, Phase, State};
use crate::{
    base::Result as Done,
    domain::organisation::{self, OrganisationKind},
    relay::{context::Asking, loaders::Batch},
    store::{Reader, condition::among},
};

/// How many organisations of one sort take part in one phase, as far as the viewer may see them.
#[derive(Clone, Debug, SimpleObject)]
pub struct InvolvementCell {
    /// The sort.
    pub organisation_kind: OrganisationKind,
    /// The phase.
    pub phase: Phase,
    /// Organisations that are active, each once; 0 where nobody of this sort takes part: a gap.
    pub count: i32,
}

/// The active involvements of several things at once, each with the sort of its organisation.
struct Active;

impl Batch for Active {
    type Key = Uuid;
    type Value = Vec<(Model, OrganisationKind)>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Done<HashMap<Uuid, Self::Value>> {
        let about = among(Expr::col(Column::About.as_column_ref()), &keys);
        let rows = reader.all(reader.rows::<Entity>().filter(about).filter(Column::State.eq(State::Active))).await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.organisation.uuid()).collect();
        let kinds = organisation::kinds_of(&reader, &ids).await?;
        let mut found: HashMap<Uuid, Self::Value> = HashMap::new();
        for row in rows {
            // Whose organisation the viewer does not see, they do not count.
            if let Some(kind) = kinds.get(&row.organisation.uuid()) {
                found.entry(row.about).or_default().push((row, *kind));
            }
        }
        Ok(found)
    }
}

/// Every cell of the grid of one thing, sorts first.
pub async fn of(ctx: &Context<'_>, about: Uuid) -> Result<Vec<InvolvementCell>> {
    let active = ctx.scope().loaders.load((), about, || Ok(Active)).await?.unwrap_or_default();
    let cell = |organisation_kind, phase| {
        let there = active.iter().filter(|(row, kind)| *kind == organisation_kind && row.phases.contains(&phase));
        let count = there.map(|(row, _)| row.organisation).collect::<HashSet<_>>().len();
        InvolvementCell { organisation_kind, phase, count: i32::try_from(count).unwrap_or(i32::MAX) }
    };
    Ok(OrganisationKind::iter()
        .flat_map(|kind| Phase::iter().map(move |phase| (kind, phase)))
        .map(|(kind, phase)| cell(kind, phase))
        .collect())
}
