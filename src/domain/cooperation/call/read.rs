//! Reading calls.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::{Select, entity::prelude::*};

use super::{
    Call,
    row::{Column, Entity, State},
};
use crate::{
    base::{Code, Moment, Result, refuse_if},
    domain::programme::Programme,
    kernel::{Listed, Narrowed, Rooted},
    relay::DateValue,
    store::{Order, Reader, page::Sort},
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

impl Listed for Call {
    type Filter = CallFilter;
    type Order = CallOrder;
    const WHICH: &'static str = "Which calls.";

    fn order(order_by: CallOrder, _: &CallFilter) -> Result<Order> {
        Ok(match order_by {
            CallOrder::OpensAsc => Order::by("opens", Column::OpensAt, Sort::Number),
            CallOrder::OpensDesc => Order::by("opens-desc", Column::OpensAt, Sort::Number).falling(),
            CallOrder::NameAsc => Order::by("name", Column::Name, Sort::Text),
        })
    }

    fn select(reader: &Reader, filter: &CallFilter) -> Result<Select<Entity>> {
        let narrowed = Narrowed::of(reader)
            .named::<Programme>(Column::Programme, "programmes", filter.programmes.as_ref())?
            .among(Column::State, filter.states.as_ref())
            .among(Column::Side, filter.sides.as_ref());
        let Some(days) = filter.opens_between else { return Ok(narrowed.end()) };
        let crossed = days.from.zip(days.to).is_some_and(|(from, to)| to.0 < from.0);
        refuse_if(crossed, Code::BadInput, "filter.opensBetween", "“to” lies before “from”.")?;
        let narrowed = narrowed
            .such(Column::Opens.is_not_null())
            .given(days.from, |from| Column::OpensBy.gte(Moment::of_day(from.0)))
            .given(days.to, |to| Column::OpensAt.lte(Moment::of_day(to.0)));
        Ok(narrowed.end())
    }
}

impl Rooted for Call {
    const ONE: Option<(&'static str, &'static str)> = Some(("call", "The call with this slug."));
    const ALL: (&'static str, &'static str) = ("calls", "The calls of the programmes.");
}
