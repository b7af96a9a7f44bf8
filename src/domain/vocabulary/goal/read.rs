//! Reading goals.
use async_graphql::{Enum, ID, InputObject};
use sea_orm::{Select, entity::prelude::*};

use super::{
    Goal,
    row::{Column, Entity},
};
use crate::{
    base::Result,
    domain::agenda::Agenda,
    kernel::{Listed, Narrowed, Rooted},
    store::{Order, Reader, page::Sort},
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

impl Listed for Goal {
    type Filter = GoalFilter;
    type Order = GoalOrder;
    const WHICH: &'static str = "Which goals.";

    fn order(order_by: GoalOrder, _: &GoalFilter) -> Result<Order> {
        Ok(match order_by {
            GoalOrder::PositionAsc => Order::by("position", Column::Position, Sort::Number),
            GoalOrder::NameAsc => Order::by("name", Column::Name, Sort::Text),
        })
    }

    fn select(reader: &Reader, filter: &GoalFilter) -> Result<Select<Entity>> {
        let narrowed = Narrowed::of(reader)
            .named::<Agenda>(Column::Agenda, "agendas", filter.agendas.as_ref())?
            .given(filter.is_root, |is_root| if is_root { Column::Parent.is_null() } else { Column::Parent.is_not_null() })
            .within::<Goal>("within", filter.within.as_ref())?;
        Ok(narrowed.end())
    }
}

impl Rooted for Goal {
    const ONE: Option<(&'static str, &'static str)> = Some(("goal", "The goal with this slug."));
    const ALL: (&'static str, &'static str) = ("goals", "The goals and targets of the agendas.");
}
