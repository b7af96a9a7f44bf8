//! Reading involvements.
use async_graphql::ID;

use super::{
    Involvement, TAKES,
    row::{Column, Entity, State},
};
use crate::{
    domain::{about, organisation::Organisation},
    kernel::prelude::read::*,
};

filter!(
    /// Which involvements. A list means any of; fields together mean all of.
    InvolvementFilter {
        /// Of one of these organisations, by id or slug.
        organisations: Vec<ID> = |rows, organisations| rows.named::<Organisation>(Column::Organisation, organisations)?,
        /// In one of these things, by id.
        about: Vec<ID> = |rows, ids| rows.among(Column::About, &about::read_all(ids, "filter.about", TAKES)?),
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
    }
);

orders!(
    /// How involvements are ordered.
    InvolvementOrder {
        /// By the organisation's name.
        NameAsc = Order::by("name", Column::Name, Sort::Text),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Involvement {
    filter: InvolvementFilter, "Which involvements.",
    order: InvolvementOrder,
    one: "involvement", "The involvement with this slug.",
    all: "involvements", "What organisations take part in.",
});
