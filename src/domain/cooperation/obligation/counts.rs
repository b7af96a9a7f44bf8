//! Obligations, counted by their lights.
use std::collections::HashMap;

use async_graphql::{Context, Object, Result, SimpleObject};
use sea_orm::{
    ColumnTrait, Iterable, QueryFilter, QuerySelect,
    prelude::Uuid,
    sea_query::{Alias, Expr},
};
use serde::Deserialize;

use super::{
    Obligation,
    read::ObligationFilter,
    row::{CITIES, Column, Entity, ObligationLight},
};
use crate::{
    base::Result as Done,
    kernel::Listed,
    relay::{context::Asking, loaders::Batch},
    store::{List, Order, Page, Reader, page::Sort, reader::Parent},
};

/// How many obligations have which light, as far as the viewer may see them; lapsed ones are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, SimpleObject)]
pub struct ObligationCounts {
    /// Met, waived, or not due yet.
    pub green: i32,
    /// Due, or said to be at risk.
    pub yellow: i32,
    /// Overdue.
    pub red: i32,
    /// Their day is not known.
    pub grey: i32,
}

impl ObligationCounts {
    fn put(&mut self, light: ObligationLight, count: i64) {
        let place = match light {
            ObligationLight::Green => &mut self.green,
            ObligationLight::Yellow => &mut self.yellow,
            ObligationLight::Red => &mut self.red,
            ObligationLight::Grey => &mut self.grey,
        };
        *place = i32::try_from(count).unwrap_or(i32::MAX);
    }
}

/// Those of several things at once, which obligations hang on in one way: one statement for each light.
struct Counted(Parent);

impl Batch for Counted {
    type Key = Uuid;
    type Value = ObligationCounts;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Done<HashMap<Uuid, ObligationCounts>> {
        let mut found: HashMap<Uuid, ObligationCounts> = HashMap::new();
        for light in ObligationLight::iter() {
            let rows = Obligation::select(&reader, &ObligationFilter::default())?.filter(Column::Light.eq(light));
            let order = Order { name: "id", key: Expr::col(Alias::new("id")), sort: Sort::Text, descending: false };
            for (of, count) in reader.counts(&List::new(rows, order, Page::default())?, self.0, &keys).await? {
                found.entry(of).or_default().put(light, i64::try_from(count).unwrap_or(i64::MAX));
            }
        }
        Ok(found)
    }
}

async fn counted_by(ctx: &Context<'_>, of: Uuid, by: Parent) -> Result<ObligationCounts> {
    Ok(ctx.scope().loaders.load(by, of, || Ok(Counted(by))).await?.unwrap_or_default())
}

/// Those of a pairing.
pub async fn counted(ctx: &Context<'_>, pairing: Uuid) -> Result<ObligationCounts> {
    counted_by(ctx, pairing, Parent::Column("pairing")).await
}

/// Those that concern a city.
pub async fn counted_of_city(ctx: &Context<'_>, city: Uuid) -> Result<ObligationCounts> {
    counted_by(ctx, city, Parent::Left(&CITIES)).await
}

/// Those of a programme.
pub async fn counted_of_programme(ctx: &Context<'_>, programme: Uuid) -> Result<ObligationCounts> {
    counted_by(ctx, programme, Parent::Column("programme")).await
}

/// How many have one light.
#[derive(Deserialize)]
struct Share {
    light: ObligationLight,
    total: i64,
}

/// The kind's own field at the root.
#[derive(Default)]
pub struct Query;

/// What counts obligations.
#[Object(name = "ObligationQuery")]
impl Query {
    /// The obligations that the viewer may see, counted by their lights.
    async fn obligation_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which obligations.")] filter: Option<ObligationFilter>,
    ) -> Result<ObligationCounts> {
        let rows = Obligation::select(ctx.reader(), &filter.unwrap_or_default())?;
        let rows = rows.select_only().column(Column::Light).column_as(Expr::cust("COUNT(*)"), "total").group_by(Column::Light);
        let mut counts = ObligationCounts::default();
        for Share { light, total } in ctx.reader().project::<Entity, Share>(rows).await? {
            counts.put(light, total);
        }
        Ok(counts)
    }
}
