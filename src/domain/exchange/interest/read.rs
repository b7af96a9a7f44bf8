//! Reading interests.
use async_graphql::ID;

use super::{
    Interest,
    row::{Column, Entity, State},
};
use crate::{
    domain::{city::City, practice::Practice},
    kernel::prelude::read::*,
};

filter!(
    /// Which interests. A list means any of; fields together mean all of.
    InterestFilter {
        /// In one of these practices, by id or slug.
        practices: Vec<ID> = |rows, practices| rows.named::<Practice>(Column::Practice, practices)?,
        /// Of one of these cities, which would be partners, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.named::<City>(Column::City, cities)?,
        /// In a practice of one of these cities, by id or slug.
        owners: Vec<ID> = |rows, owners| rows.named::<City>(Column::Owner, owners)?,
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
    }
);

orders!(
    /// How interests are ordered.
    InterestOrder {
        /// The last expressed first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        /// The first expressed first.
        Oldest = Order::by("oldest", Column::CreatedAt, Sort::Number),
        /// By the name of the city that would be a partner, accents folded.
        NameAsc = Order::by("name", Column::Folded, Sort::Text),
    }
);

listed!(Interest {
    filter: InterestFilter, "Which interests.",
    order: InterestOrder,
    one: "interest", "The interest with this slug.",
    all: "interests", "The interest of cities in being partners in practices of others: what the viewer's own cities expressed, and what is for them.",
});
