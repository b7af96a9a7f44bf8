//! Reading contact points.
use async_graphql::ID;
use sea_orm::{Condition, entity::prelude::*};

use super::{
    ContactPoint,
    row::{Column, Entity},
};
use crate::{domain::programme::Programme, kernel::prelude::read::*};

filter!(
    /// Which contact points. A list means any of; fields together mean all of.
    ContactPointFilter {
        /// Of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// That take one of these languages; those for any language are left out then.
        languages: Vec<LanguageTag> = |rows, languages| rows.languages(Column::Language, languages),
        /// True: it is known how to write to them. False: it is not.
        is_known: bool = |rows, is_known| rows.such(match is_known {
            true => Condition::any().add(Column::Email.is_not_null()).add(Column::Address.is_not_null()),
            false => Condition::all().add(Column::Email.is_null()).add(Column::Address.is_null()),
        }),
        /// Has this text in its name, whatever the accents and case.
        name: String = |rows, name| rows.with_text(Column::Folded, name),
    }
);

orders!(
    /// How contact points are ordered.
    ContactPointOrder {
        /// By name, accents folded.
        NameAsc = Order::by("name", Column::Folded, Sort::Text),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(ContactPoint {
    filter: ContactPointFilter, "Which contact points.",
    order: ContactPointOrder,
    one: "contactPoint", "The contact point with this slug.",
    all: "contactPoints", "The contact points of the programmes.",
});
