//! Reading assignments.
use async_graphql::ID;

use super::{
    Assignment,
    row::{Column, Entity, State},
};
use crate::{
    domain::{call::Call, programme::Programme},
    kernel::prelude::read::*,
};

filter!(
    /// Which assignments. A list means any of; fields together mean all of.
    AssignmentFilter {
        /// Of applications to one of these calls, by id or slug.
        calls: Vec<ID> = |rows, calls| rows.named::<Call>(Column::Call, calls)?,
        /// Of calls of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
    }
);

orders!(
    /// How assignments are ordered.
    AssignmentOrder {
        /// The last proposed first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        /// The first proposed first.
        Oldest = Order::by("oldest", Column::CreatedAt, Sort::Number),
    }
);

listed!(Assignment {
    filter: AssignmentFilter, "Which assignments.",
    order: AssignmentOrder,
    one: "assignment", "The assignment with this slug.",
    all: "assignments", "The assignments of applications, for the officers of their programmes.",
});
