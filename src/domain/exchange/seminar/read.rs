//! Reading seminars.
use async_graphql::ID;
use sea_orm::{Condition, entity::prelude::*};

use super::{
    Seminar,
    row::{self, Column, Entity, Format, State},
};
use crate::{
    domain::{
        city::{self, City},
        goal::Goal,
        organisation::Organisation,
        pairing::Pairing,
        practice::Practice,
        programme::Programme,
        theme::Theme,
    },
    kernel::{Narrowed, prelude::read::*},
    relay::DateTime,
};

filter!(
    /// Which seminars. A list means any of; fields together mean all of.
    SeminarFilter {
        /// Of one of these kinds.
        kinds: Vec<Format> = |rows, kinds| rows.among(Column::SeminarKind, kinds),
        /// Starts at this time or later.
        starts_after: DateTime = |rows, after| rows.such(Column::StartsAt.gte(after.0)),
        /// Starts before this time.
        starts_before: DateTime = |rows, before| rows.such(Column::StartsAt.lt(before.0)),
        /// One of these cities holds it or takes part, by id or slug.
        cities: Vec<ID> = |rows, cities| with_cities(rows, cities)?,
        /// One of these cities holds it, by id or slug.
        hosts: Vec<ID> = |rows, hosts| rows.named::<City>(Column::Host, hosts)?,
        /// One of these organisations holds it, by id or slug.
        organisations: Vec<ID> = |rows, organisations| rows.named::<Organisation>(Column::Organisation, organisations)?,
        /// The city that holds it is in one of these countries, by ISO 3166-1 two-letter code.
        countries: Vec<String> = |rows, countries| rows.such_at(|path| Ok(Column::Host.in_subquery(city::in_countries(countries, path)?)))?,
        /// One of these practices is presented there, by id or slug.
        practices: Vec<ID> = |rows, practices| rows.linked::<Practice>(&row::PRACTICES, practices)?,
        /// Belongs to one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// Belongs to one of these pairings, by id or slug.
        pairings: Vec<ID> = |rows, pairings| rows.named::<Pairing>(Column::Pairing, pairings)?,
        /// Under one of these themes or anything below them, by id or slug.
        themes: Vec<ID> = |rows, themes| rows.below::<Theme>(&row::THEMES, themes)?,
        /// Serves one of these goals or anything below them, by id or slug.
        goals: Vec<ID> = |rows, goals| rows.below::<Goal>(&row::GOALS, goals)?,
        /// The original is in one of these languages.
        languages: Vec<LanguageTag> = |rows, languages| rows.languages(Column::Language, languages),
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// Has this text in the original's title, whatever the accents and case. For more use `search`.
        title: String = |rows, title| rows.with_text(Column::Folded, title),
    }
);

orders!(
    /// How seminars are ordered.
    SeminarOrder {
        /// The first to start first.
        StartAsc = Order::by("start", Column::StartsAt, Sort::Number),
        /// The last to start first.
        StartDesc = Order::by("start-desc", Column::StartsAt, Sort::Number).falling(),
        /// By title, accents folded.
        TitleAsc = Order::by("title", Column::Folded, Sort::Text),
        /// By title, backwards.
        TitleDesc = Order::by("title-desc", Column::Folded, Sort::Text).falling(),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

/// Those that one of these cities hosts or takes part in.
fn with_cities<'r>(rows: Narrowed<'r, Entity>, cities: &[ID]) -> Result<Narrowed<'r, Entity>> {
    let cities = rows.refs::<City>(cities)?;
    let takes_part = Column::Id.in_subquery(row::CITIES.lefts_among(cities.select()));
    Ok(rows.such(Condition::any().add(cities.condition(Column::Host)).add(takes_part)))
}

listed!(Seminar {
    filter: SeminarFilter, "Which seminars.",
    order: SeminarOrder,
    one: "seminar", "The seminar with this slug.",
    all: "seminars", "The seminars.",
});
