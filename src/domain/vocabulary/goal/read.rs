//! Reading goals.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use sea_orm::{QueryFilter, Select, entity::prelude::*};

use super::{Goal, row};
use crate::{
    domain::agenda::Agenda,
    relay::{Connection, Object, PageArgs, Refs, context::Asking},
    store::{Order, Reader, page::Sort, reader::Parent},
};

/// Which goals. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct GoalFilter {
    /// Of one of these agendas, by id or slug.
    pub agendas: Option<Vec<ID>>,
    /// Only roots (true) or only what stands below another goal (false).
    pub is_root: Option<bool>,
    /// Only these goals and everything below them, by id or slug.
    pub within: Option<Vec<ID>>,
}

/// How goals are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum GoalOrder {
    /// By place in the agenda: a goal comes right before what stands below it.
    #[default]
    PositionAsc,
    /// By English name.
    NameAsc,
}

fn order(order_by: GoalOrder) -> Order {
    match order_by {
        GoalOrder::PositionAsc => Order::by("position", row::Column::Position, Sort::Number),
        GoalOrder::NameAsc => Order::by("name", row::Column::Name, Sort::Text),
    }
}

fn select(reader: &Reader, filter: &GoalFilter) -> crate::base::Result<Select<row::Entity>> {
    let mut select = reader.rows::<row::Entity>();
    if let Some(agendas) = &filter.agendas {
        select = select.filter(Refs::parse::<Agenda>(reader, agendas, "filter.agendas")?.condition(row::Column::Agenda));
    }
    if let Some(is_root) = filter.is_root {
        select = select.filter(if is_root { row::Column::Parent.is_null() } else { row::Column::Parent.is_not_null() });
    }
    if let Some(within) = &filter.within {
        select = select.filter(row::Column::Id.in_subquery(Refs::parse::<Goal>(reader, within, "filter.within")?.subtree()));
    }
    Ok(select)
}

/// The goals that hang on a parent.
pub async fn of(
    ctx: &Context<'_>,
    parent: Uuid,
    by: Parent,
    filter: Option<GoalFilter>,
    order_by: GoalOrder,
    page: &PageArgs,
) -> crate::base::Result<Connection<Goal>> {
    let filter = filter.unwrap_or_default();
    ctx.children(parent, by, page, move |reader| Ok((select(reader, &filter)?, order(order_by)))).await
}

/// The goals' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "GoalQuery")]
impl Query {
    /// The goal with this slug.
    async fn goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Goal>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The goals and targets of the agendas.
    async fn goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goals.")] filter: Option<GoalFilter>,
        #[graphql(desc = "Their order.", default)] order_by: GoalOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Goal>> {
        let filter = filter.unwrap_or_default();
        Ok(ctx.list(select(ctx.reader(), &filter)?, order(order_by), &PageArgs::new(first, after, last, before)).await?)
    }
}
