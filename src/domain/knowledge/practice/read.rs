//! Reading practices.
use async_graphql::ID;
use sea_orm::entity::prelude::*;

use super::{
    Practice, partners,
    row::{self, Column, Entity, Maturity, State},
};
use crate::{
    domain::{
        building_block::BuildingBlock,
        city::{self, City},
        goal::Goal,
        pairing::Pairing,
        programme::Programme,
        theme::Theme,
    },
    kernel::prelude::read::*,
};

filter!(
    /// Which practices. A list means any of; fields together mean all of. Withdrawn ones are left out unless `states` asks for them.
    PracticeFilter {
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// Handed in for review to one of these programmes, by id or slug.
        review_programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::ReviewProgramme, programmes)?,
        /// True: handed in for review and not yet judged, by whomever. False: not so.
        in_review: bool = |rows, is_in_review| {
            let states = [State::Submitted, State::InReview];
            rows.such(if *is_in_review { Column::State.is_in(states) } else { Column::State.is_not_in(states) })
        },
        /// True: to be reviewed again, for more than a fifth of the words changed since it was approved (`needsReview`). False: not so.
        needs_review: bool = |rows, is_due| rows.such(Column::IsReviewDue.eq(*is_due)),
        /// Under one of these themes or anything below them, by id or slug.
        themes: Vec<ID> = |rows, themes| rows.below::<Theme>(&row::THEMES, themes)?,
        /// Serves one of these goals or anything below them, by id or slug.
        goals: Vec<ID> = |rows, goals| rows.below::<Goal>(&row::GOALS, goals)?,
        /// Of one of these cities, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.named::<City>(Column::City, cities)?,
        /// Of a city in one of these countries, by ISO 3166-1 two-letter code.
        countries: Vec<String> = |rows, countries| rows.such_at(|path| Ok(Column::City.in_subquery(city::in_countries(countries, path)?)))?,
        /// Of a city that takes part in one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.through::<Programme>(Column::City, &city::PROGRAMMES, programmes)?,
        /// From one of these pairings, by id or slug.
        pairings: Vec<ID> = |rows, pairings| rows.named::<Pairing>(Column::Pairing, pairings)?,
        /// Uses one of these building blocks of others, by id or slug.
        building_blocks: Vec<ID> = |rows, blocks| rows.linked::<BuildingBlock>(&row::BLOCKS_USED, blocks)?,
        /// The original is in one of these languages.
        languages: Vec<LanguageTag> = |rows, languages| rows.languages(Column::Language, languages),
        /// Published in one of these years.
        years: Vec<i64> = |rows, years| rows.among(Column::Year, years),
        /// True: its city seeks partner cities for it today, and places are left (`seeksPartners.isOpen`). False: not so.
        seeks_partners: bool = |rows, is_open| {
            let seeking = partners::seeking(rows.today());
            rows.such(if *is_open { seeking } else { seeking.not() })
        },
        /// As mature as one of these.
        maturities: Vec<Maturity> = |rows, maturities| rows.among(Column::Maturity, maturities),
        /// Has this text in the original's title, whatever the accents and case. For more use `search`.
        title: String = |rows, title| rows.with_text(Column::Folded, title),
    }
);

orders!(
    /// How practices are ordered.
    PracticeOrder {
        /// The last published first.
        Newest = Order::by("newest", Column::PublishedAt, Sort::Number).falling(),
        /// The first published first.
        Oldest = Order::by("oldest", Column::PublishedAt, Sort::Number),
        /// By title, accents folded.
        TitleAsc = Order::by("title", Column::Folded, Sort::Text),
        /// By title, backwards.
        TitleDesc = Order::by("title-desc", Column::Folded, Sort::Text).falling(),
        /// Of those in review the one that waits longest first, then all others.
        WaitingLongest = Order::by("waiting", Column::SubmittedAt, Sort::Number),
        /// The last changed first.
        UpdatedDesc = Order::by("updated", Column::UpdatedAt, Sort::Number).falling(),
    }
);

listed!(Practice {
    filter: PracticeFilter, "Which practices.",
    order: PracticeOrder,
    one: "practice", "The practice with this slug.",
    all: "practices", "The practices.",
    // Tombstones.
    hides: Column::State, State::Withdrawn,
});
