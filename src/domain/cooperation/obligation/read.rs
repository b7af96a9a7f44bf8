//! Reading obligations.
use async_graphql::ID;
use sea_orm::{ColumnTrait, Select};

use super::{
    Obligation,
    row::{CITIES, Column, Entity, ObligationKind, ObligationLight, ObligationState},
};
use crate::{
    base::Moment,
    domain::{call::Call, city::City, pairing, pairing::Pairing, programme::Programme},
    kernel::{Narrowed, filter::Narrows, prelude::read::*},
    relay::DateValue,
};

filter!(
    /// Which obligations. A list means any of; fields together mean all of.
    ObligationFilter {
        /// Of pairings of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// Of pairings that follow the rules of one of these calls, by id or slug.
        calls: Vec<ID> = |rows, calls| {
            let calls = rows.refs::<Call>(calls)?;
            rows.such(Column::Pairing.in_subquery(pairing::of_calls(&calls)))
        },
        /// Of one of these pairings, by id or slug.
        pairings: Vec<ID> = |rows, pairings| rows.named::<Pairing>(Column::Pairing, pairings)?,
        /// That concern one of these cities, by id or slug.
        cities: Vec<ID> = |rows, cities| rows.linked::<City>(&CITIES, cities)?,
        /// Of one of these kinds.
        kinds: Vec<ObligationKind> = |rows, kinds| rows.among(Column::Kind, kinds),
        /// In one of these states; all but lapsed ones where not given.
        states: Vec<ObligationState> = |rows, states| rows.among(Column::State, states),
        /// With one of these lights.
        lights: Vec<ObligationLight> = |rows, lights| rows.among(Column::Light, lights),
        /// Whose last day lies before this one, met or not; none whose day is not known.
        due_before: DateValue = |rows, day| rows.such(Column::DueAt.lt(Moment::of_day(day.0))),
    }
);

orders!(
    /// How obligations are ordered.
    ObligationOrder {
        /// By their last day, the first first; those whose day is not known last.
        DueAsc = Order::by("due", Column::DueAt, Sort::Number),
        /// The last listed first.
        Newest = Order::by("newest", Column::CreatedAt, Sort::Number).falling(),
    }
);

impl Listed for Obligation {
    type Filter = ObligationFilter;
    type Order = ObligationOrder;
    const WHICH: &'static str = "Which obligations.";

    /// What lapsed is listed only for those who ask for it.
    fn select(reader: &Reader, filter: &ObligationFilter) -> Result<Select<Entity>> {
        let rows = Narrowed::of(reader).standing(filter.states.as_ref(), Column::State, ObligationState::Lapsed);
        Ok(filter.narrow(rows)?.end())
    }
}

impl Rooted for Obligation {
    const ONE: Option<(&'static str, &'static str)> =
        Some(("obligation", "One obligation; null where there is none or the viewer may not see it."));
    const IS_BY_ID: bool = true;
    const ALL: (&'static str, &'static str) = (
        "obligations",
        "What pairings owe, as far as the viewer may see it: officers that of their programmes, representatives that of their cities' pairings.",
    );
}
