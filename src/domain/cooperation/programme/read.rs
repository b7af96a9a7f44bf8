//! Reading programmes.
use async_graphql::ID;
use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    Programme,
    row::{self, Column, Entity},
};
use crate::{
    base::Id,
    domain::{
        city::{self, City},
        theme::Theme,
    },
    kernel::prelude::read::*,
    store::Tx,
};

filter!(
    /// Which programmes. A list means any of; fields together mean all of.
    ProgrammeFilter {
        /// One of these cities takes part, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.linked_from::<City>(&city::PROGRAMMES, cities)?,
        /// Works on one of these themes or anything below them, by id or slug.
        themes: Vec<ID> = |rows, themes| rows.below::<Theme>(&row::THEMES, themes)?,
    }
);

orders!(
    /// How programmes are ordered.
    ProgrammeOrder {
        /// By name in the original language.
        NameAsc = Order::by("name", Column::Name, Sort::Text),
        /// By name, backwards.
        NameDesc = Order::by("name-desc", Column::Name, Sort::Text).falling(),
        /// The last added first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

listed!(Programme {
    filter: ProgrammeFilter, "Which programmes.",
    order: ProgrammeOrder,
    one: "programme", "The programme with this slug.",
    all: "programmes", "The programmes.",
});

/// These programmes and the cities that take part in them: what an event is tagged with that is about something of theirs.
pub async fn reach(reader: &Reader, mut ids: Vec<Uuid>) -> Result<Vec<Uuid>> {
    if !ids.is_empty() {
        ids.extend(reader.lefts_of(&city::PROGRAMMES, &ids).await?);
    }
    Ok(ids)
}

/// A programme that reviews practices.
pub struct Reviewing {
    /// Which.
    pub id: Id<Programme>,
    /// What it is called.
    pub name: String,
    /// How many steps it takes: 1 or 2.
    pub steps: i64,
}

/// Those of these programmes that review practices, by their names.
pub async fn reviewing(tx: &Tx<'_>, ids: &[Uuid]) -> Result<Vec<Reviewing>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows =
        tx.every::<Entity>().filter(Column::Id.is_in(ids.iter().copied())).filter(Column::ReviewSteps.gt(0)).order_by_asc(Column::Name);
    Ok(tx
        .all(rows)
        .await?
        .into_iter()
        .map(|row| Reviewing { id: row.id, name: row.name, steps: row.review_steps.unwrap_or_default() })
        .collect())
}
