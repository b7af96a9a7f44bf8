//! Reading applications.
use async_graphql::ID;
use sea_orm::{
    Condition, QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Application,
    row::{self, Column, Entity, State},
};
use crate::{
    base::Id,
    domain::{
        call::Call,
        city::{self, City},
        goal::Goal,
        programme::Programme,
        theme::Theme,
    },
    kernel::prelude::read::*,
    store::Tx,
};

filter!(
    /// Which applications. A list means any of; fields together mean all of.
    ApplicationFilter {
        /// To one of these calls, by id or slug.
        calls: Vec<ID> = |rows, calls| rows.named::<Call>(Column::Call, calls)?,
        /// To calls of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// Of one of these cities, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.named::<City>(Column::City, cities)?,
        /// Of cities in one of these countries, by ISO 3166-1 two-letter code.
        countries: Vec<String> = |rows, countries| rows.such_at(|path| Ok(Column::City.in_subquery(city::in_countries(countries, path)?)))?,
        /// Of cities on one of these sides of their call.
        sides: Vec<String> = |rows, sides| rows.among(Column::Side, sides),
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// With a challenge or strength of one of these themes or anything below them, by id or slug.
        themes: Vec<ID> = |rows, themes| rows.below::<Theme>(&row::THEMES, themes)?,
        /// That want to serve one of these goals or anything below them, by id or slug.
        goals: Vec<ID> = |rows, goals| rows.below::<Goal>(&row::GOALS, goals)?,
        /// Has this text in the name of its city, whatever the accents and case.
        name: String = |rows, name| rows.with_text(Column::Folded, name),
    }
);

orders!(
    /// How applications are ordered.
    ApplicationOrder {
        /// By the city's name, accents folded.
        NameAsc = Order::by("name", Column::Folded, Sort::Text),
        /// The last handed in first; drafts last.
        SubmittedDesc = Order { name: "submitted-desc", key: Expr::cust("COALESCE(submitted_at, 0)"), sort: Sort::Number, descending: true },
        /// By the place on the reserve list; those without one last.
        ReserveAsc = Order { name: "reserve", key: Expr::cust("COALESCE(reserve_position, 1000000)"), sort: Sort::Number, descending: false },
        /// The last begun first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Application {
    filter: ApplicationFilter, "Which applications.",
    order: ApplicationOrder,
    one: "application", "The application with this slug.",
    all: "applications", "The applications to calls: a city's own, and those handed in to the programmes whose officer you are.",
});

/// Those of a city to a call that stand: all but what was taken back.
fn standing(call: Id<Call>, city: Id<City>) -> Condition {
    Condition::all()
        .add(Column::Call.eq(call))
        .add(Column::City.eq(city))
        .add(Expr::col(Column::State.as_column_ref()).ne(Expr::cust("'withdrawn'")))
}

/// Whether an application of a city to a call stands, whoever may see it.
pub(super) async fn has_applied(tx: &Tx<'_>, call: Id<Call>, city: Id<City>) -> Result<bool> {
    Ok(tx.first(tx.every::<Entity>().filter(standing(call, city))).await?.is_some())
}

/// Whether one stands that the reader's viewer sees.
pub(super) async fn is_known_to_have_applied(reader: &Reader, call: Id<Call>, city: Id<City>) -> Result<bool> {
    Ok(reader.first(reader.rows::<Entity>().filter(standing(call, city))).await?.is_some())
}

/// How many applications to a call wait for a decision.
pub(super) async fn undecided(tx: &Tx<'_>, call: Id<Call>) -> Result<usize> {
    let waiting = tx.every::<Entity>().filter(Column::Call.eq(call)).filter(Column::State.eq(State::Submitted));
    Ok(tx.all(waiting).await?.len())
}
