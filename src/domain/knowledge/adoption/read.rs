//! Reading adoptions.
use async_graphql::ID;

use super::{
    Adoption,
    row::{Column, Entity, Outcome, Phase, State},
};
use crate::{
    domain::{
        city::{self, City},
        practice::Practice,
        seminar::Seminar,
    },
    kernel::prelude::read::*,
};
use sea_orm::entity::prelude::*;

filter!(
    /// Which adoptions. A list means any of; fields together mean all of. Withdrawn ones are left out unless `states` asks for them.
    AdoptionFilter {
        /// Of one of these practices, by id or slug.
        practices: Vec<ID> = |rows, practices| rows.named::<Practice>(Column::Practice, practices)?,
        /// That became one of these practices, by id or slug.
        became: Vec<ID> = |rows, practices| rows.named::<Practice>(Column::Becomes, practices)?,
        /// By one of these cities, which took the practice up, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.named::<City>(Column::City, cities)?,
        /// Of a practice of one of these cities, by id or slug.
        owners: Vec<ID> = |rows, owners| rows.named::<City>(Column::Owner, owners)?,
        /// By a city in one of these countries, by ISO 3166-1 two-letter code.
        countries: Vec<String> = |rows, countries| rows.such_at(|path| Ok(Column::City.in_subquery(city::in_countries(countries, path)?)))?,
        /// Where the city met the practice at one of these seminars, by id or slug.
        seminars: Vec<ID> = |rows, seminars| rows.named::<Seminar>(Column::Seminar, seminars)?,
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// That have come as far as one of these phases, and no further.
        phases: Vec<Phase> = |rows, phases| rows.among(Column::Phase, phases),
        /// With one of these outcomes.
        outcomes: Vec<Outcome> = |rows, outcomes| rows.among(Column::Outcome, outcomes),
        /// The original is in one of these languages.
        languages: Vec<LanguageTag> = |rows, languages| rows.languages(Column::Language, languages),
        /// Has this text in the original's title, whatever the accents and case. For more use `search`.
        title: String = |rows, title| rows.with_text(Column::Folded, title),
    }
);

orders!(
    /// How adoptions are ordered.
    AdoptionOrder {
        /// The last recorded first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
        /// The first recorded first.
        Oldest = Order::by("oldest", Column::CreatedAt, Sort::Number),
        /// By title, accents folded.
        TitleAsc = Order::by("title", Column::Folded, Sort::Text),
        /// The last changed first.
        UpdatedDesc = Order::by("updated", Column::UpdatedAt, Sort::Number).falling(),
    }
);

listed!(Adoption {
    filter: AdoptionFilter, "Which adoptions.",
    order: AdoptionOrder,
    one: "adoption", "The adoption with this slug.",
    all: "adoptions", "What cities made of practices of others: which they took up, how far they came, what they changed and whether it worked.",
    // Tombstones.
    hides: Column::State, State::Withdrawn,
});
