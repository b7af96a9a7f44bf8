//! Reading frequently asked questions.
use async_graphql::ID;
use sea_orm::{entity::prelude::*, sea_query::Expr};

use super::{
    Faq,
    row::{Column, Entity},
};
use crate::{domain::programme::Programme, kernel::prelude::read::*};

filter!(
    /// Which questions. A list means any of; fields together mean all of.
    FaqFilter {
        /// Of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// Of one of these editions.
        editions: Vec<String> = |rows, editions| rows.such(Column::Edition.is_in(editions.iter().map(|edition| edition.trim()))),
        /// The original is in one of these languages.
        languages: Vec<LanguageTag> = |rows, languages| rows.languages(Column::Language, languages),
        /// Has this text in the original's question, whatever the accents and case. For more use `search`.
        question: String = |rows, question| rows.with_text(Column::Folded, question),
    }
);

orders!(
    /// How questions are ordered.
    FaqOrder {
        /// By their place; those that have none come last.
        PositionAsc = Order { name: "position", key: Expr::cust("COALESCE(position, 9223372036854775807)"), sort: Sort::Number, descending: false },
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Faq {
    filter: FaqFilter, "Which questions.",
    order: FaqOrder,
    one: "faq", "The frequently asked question with this slug.",
    all: "faqs", "The frequently asked questions of the programmes.",
});
