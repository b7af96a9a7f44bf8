//! Reading goals.
use async_graphql::ID;

use super::{
    Goal,
    row::{Column, Entity},
};
use crate::{domain::agenda::Agenda, kernel::prelude::read::*};

filter!(
    /// Which goals. A list means any of; fields together mean all of.
    GoalFilter {
        /// Of one of these agendas, by id or slug.
        agendas: Vec<ID> = |rows, agendas| rows.named::<Agenda>(Column::Agenda, agendas)?,
        /// Only roots (true) or only what stands below another goal (false).
        is_root: bool = |rows, is_root| rows.roots(Column::Parent, *is_root),
        /// Only these goals and everything below them, by id or slug.
        within: Vec<ID> = |rows, within| rows.within::<Goal>(within)?,
    }
);

orders!(
    /// How goals are ordered.
    GoalOrder {
        /// By place in the agenda: a goal comes right before what stands below it.
        PositionAsc = Order::by("position", Column::Position, Sort::Number),
        /// By English name.
        NameAsc = Order::by("name", Column::Name, Sort::Text),
    }
);

listed!(Goal {
    filter: GoalFilter, "Which goals.",
    order: GoalOrder,
    one: "goal", "The goal with this slug.",
    all: "goals", "The goals and targets of the agendas.",
});
