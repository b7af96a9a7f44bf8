//! Reading building blocks.
use async_graphql::ID;
use sea_orm::{ActiveEnum, Condition, entity::prelude::*, sea_query::Expr};

use super::{
    BuildingBlock,
    row::{Category, Column, Entity, State},
};
use crate::{
    domain::{
        city::City,
        practice::{self, Practice},
    },
    kernel::prelude::read::*,
};

/// Those that have one of these categories.
fn of_any(categories: &[Category]) -> Condition {
    // Nothing asked for is nothing found.
    let none = Condition::any().add(Expr::cust("1 = 0"));
    // The column holds a list as JSON has it.
    categories.iter().fold(none, |any, category| any.add(Column::Categories.like(format!("%\"{}\"%", category.to_value()))))
}

filter!(
    /// Which building blocks. A list means any of; fields together mean all of. Withdrawn ones are left out unless `states` asks for them.
    BuildingBlockFilter {
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// Part of one of these practices, by id or slug.
        practices: Vec<ID> = |rows, practices| rows.named::<Practice>(Column::Practice, practices)?,
        /// Used by one of these other practices, by id or slug.
        used_by: Vec<ID> = |rows, practices| rows.linked_from::<Practice>(&practice::BLOCKS_USED, practices)?,
        /// Part of a practice of one of these cities, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.named::<City>(Column::City, cities)?,
        /// Of one of these categories.
        categories: Vec<Category> = |rows, categories| rows.such(of_any(categories)),
        /// The original is in one of these languages.
        languages: Vec<LanguageTag> = |rows, languages| rows.languages(Column::Language, languages),
        /// Has this text in the original's title, whatever the accents and case. For more use `search`.
        title: String = |rows, title| rows.with_text(Column::Folded, title),
    }
);

orders!(
    /// How building blocks are ordered.
    BuildingBlockOrder {
        /// By their place in their practice; those that have none come last.
        PositionAsc = Order {
            name: "position",
            // Links to practices have a column of the same name.
            key: Expr::cust("COALESCE(building_block.position, 9223372036854775807)"),
            sort: Sort::Number,
            descending: false,
        },
        /// By title, accents folded.
        TitleAsc = Order::by("title", Column::Folded, Sort::Text),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(BuildingBlock {
    filter: BuildingBlockFilter, "Which building blocks.",
    order: BuildingBlockOrder,
    one: "buildingBlock", "The building block with this slug.",
    all: "buildingBlocks", "The building blocks of practices.",
    // Tombstones.
    hides: Column::State, State::Withdrawn,
});
