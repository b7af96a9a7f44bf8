//! Reading assessments.
use async_graphql::ID;
use sea_orm::ColumnTrait;

use super::{
    Assessment,
    row::{Column, Entity, State},
};
use crate::{
    domain::{application::Application, call::Call, person::Person, programme::Programme},
    kernel::prelude::read::*,
};

filter!(
    /// Which assessments. A list means any of; fields together mean all of.
    AssessmentFilter {
        /// Of one of these applications, by id or slug.
        applications: Vec<ID> = |rows, applications| rows.named::<Application>(Column::Application, applications)?,
        /// Of applications to one of these calls, by id or slug.
        calls: Vec<ID> = |rows, calls| rows.named::<Call>(Column::Call, calls)?,
        /// Of applications to calls of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// By one of these people, by id or slug.
        assessors: Vec<ID> = |rows, assessors| rows.named::<Person>(Column::Assessor, assessors)?,
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// True: the officers read what it says. False: not yet.
        is_revealed: bool = |rows, is_revealed| rows.such(Column::IsRevealed.eq(*is_revealed)),
    }
);

orders!(
    /// How assessments are ordered.
    AssessmentOrder {
        /// The last asked for first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        /// The first asked for first: what waits longest.
        Oldest = Order::by("oldest", Column::CreatedAt, Sort::Number),
        /// By the name of the city that applies.
        NameAsc = Order::by("name", Column::Name, Sort::Text),
    }
);

listed!(Assessment {
    filter: AssessmentFilter, "Which assessments.",
    order: AssessmentOrder,
    one: "assessment", "The assessment with this slug.",
    all: "assessments", "The assessments of applications, for the officers of their programmes.",
});
