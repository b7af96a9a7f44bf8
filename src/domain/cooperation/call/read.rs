//! Reading calls.
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use sea_orm::{QueryFilter, Select, entity::prelude::*};

use super::{
    Call,
    row::{self, State},
};
use crate::{
    base::{Code, Moment, refuse_if},
    domain::programme::Programme,
    relay::{Connection, DateValue, Object, PageArgs, Refs, context::Asking},
    store::{Order, Reader, page::Sort, reader::Parent},
};

/// Some days in a row. Leave out one end for all before or all after.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub struct DateRange {
    /// The first day.
    pub from: Option<DateValue>,
    /// The last day.
    pub to: Option<DateValue>,
}

/// Which calls. A list means any of; fields together mean all of.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CallFilter {
    /// Of one of these programmes, by id or slug.
    pub programmes: Option<Vec<ID>>,
    /// In one of these states.
    pub states: Option<Vec<State>>,
    /// Inviting one of these sides, as the programme names them.
    pub sides: Option<Vec<String>>,
    /// May have opened on one of these days: the days it can be overlap with them. Calls of unknown day are left out.
    pub opens_between: Option<DateRange>,
}

/// How calls are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum CallOrder {
    /// By the earliest day they may have opened; those of unknown day first.
    #[default]
    OpensAsc,
    /// The same backwards: the latest call first.
    OpensDesc,
    /// By name.
    NameAsc,
}

fn order(order_by: CallOrder) -> Order {
    match order_by {
        CallOrder::OpensAsc => Order::by("opens", row::Column::OpensAt, Sort::Number),
        CallOrder::OpensDesc => Order::by("opens-desc", row::Column::OpensAt, Sort::Number).falling(),
        CallOrder::NameAsc => Order::by("name", row::Column::Name, Sort::Text),
    }
}

fn select(reader: &Reader, filter: &CallFilter) -> crate::base::Result<Select<row::Entity>> {
    let mut select = reader.rows::<row::Entity>();
    if let Some(programmes) = &filter.programmes {
        select = select.filter(Refs::parse::<Programme>(reader, programmes, "filter.programmes")?.condition(row::Column::Programme));
    }
    if let Some(states) = &filter.states {
        select = select.filter(row::Column::State.is_in(states.iter().copied()));
    }
    if let Some(sides) = &filter.sides {
        select = select.filter(row::Column::Side.is_in(sides.iter().map(String::as_str)));
    }
    if let Some(days) = filter.opens_between {
        let crossed = days.from.zip(days.to).is_some_and(|(from, to)| to.0 < from.0);
        refuse_if(crossed, Code::BadInput, "filter.opensBetween", "“to” lies before “from”.")?;
        select = select.filter(row::Column::Opens.is_not_null());
        if let Some(DateValue(from)) = days.from {
            select = select.filter(row::Column::OpensBy.gte(Moment::of_day(from)));
        }
        if let Some(DateValue(to)) = days.to {
            select = select.filter(row::Column::OpensAt.lte(Moment::of_day(to)));
        }
    }
    Ok(select)
}

/// The calls that hang on a parent.
pub async fn of(
    ctx: &Context<'_>,
    parent: Uuid,
    by: Parent,
    filter: Option<CallFilter>,
    order_by: CallOrder,
    page: &PageArgs,
) -> crate::base::Result<Connection<Call>> {
    let filter = filter.unwrap_or_default();
    ctx.children(parent, by, page, move |reader| Ok((select(reader, &filter)?, order(order_by)))).await
}

/// The calls' part of the query root.
#[derive(Default)]
pub struct Query;

#[Object(name = "CallQuery")]
impl Query {
    /// The call with this slug.
    async fn call(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, present or former.")] slug: String,
    ) -> Result<Option<Object<Call>>> {
        Ok(ctx.by_slug(slug).await?)
    }

    /// The calls of the programmes.
    async fn calls(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which calls.")] filter: Option<CallFilter>,
        #[graphql(desc = "Their order.", default)] order_by: CallOrder,
        #[graphql(desc = "At most this many from the start; 0 to 100, 20 when neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Only after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end; 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Call>> {
        let filter = filter.unwrap_or_default();
        Ok(ctx.list(select(ctx.reader(), &filter)?, order(order_by), &PageArgs::new(first, after, last, before)).await?)
    }
}
