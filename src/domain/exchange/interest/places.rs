//! How many places of practices are taken by partners, whoever may see these: a number that everyone reads.
use std::collections::HashMap;

use async_graphql::Context;
use sea_orm::{
    QueryFilter, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use serde::Deserialize;

use super::row::{Column, Entity, State};
use crate::{
    base::{Id, Result},
    domain::practice::Practice,
    relay::{context::Asking, loaders::Batch},
    store::{Reader, Tx},
};

/// The places that are taken by practice.
struct Taken;

/// Those of one practice.
#[derive(Deserialize)]
struct Counted {
    practice: Uuid,
    total: i64,
}

impl Batch for Taken {
    type Key = Uuid;
    type Value = i64;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, i64>> {
        let accepted = reader.parts::<Entity>().filter(Column::Practice.is_in(keys)).filter(Column::State.eq(State::Accepted));
        let counted = accepted.select_only().column(Column::Practice).column_as(Column::Id.count(), "total").group_by(Column::Practice);
        Ok(reader.project::<_, Counted>(counted).await?.into_iter().map(|counted| (counted.practice, counted.total)).collect())
    }
}

/// How many places of a practice are taken; of all that an answer asks for, one statement.
pub async fn taken(ctx: &Context<'_>, practice: Id<Practice>) -> Result<i64> {
    Ok(ctx.scope().loaders.load((), practice.uuid(), || Ok(Taken)).await?.unwrap_or_default())
}

/// The same inside a transaction. It stays true where the practice is held.
pub async fn taken_at(tx: &Tx<'_>, practice: Id<Practice>) -> Result<i64> {
    let accepted = tx.every::<Entity>().filter(Column::Practice.eq(practice)).filter(Column::State.eq(State::Accepted));
    Ok(tx.all(accepted).await?.len() as i64)
}

/// The same as a part of another statement, of the practice that stands there.
pub fn count_at(practice: Expr) -> SelectStatement {
    let of_practice = Expr::col(Column::Practice.as_column_ref()).eq(practice);
    let mut count = Query::select();
    count.expr(Expr::cust("COUNT(*)")).from(Entity).and_where(of_practice).and_where(Column::State.eq(State::Accepted));
    count
}
