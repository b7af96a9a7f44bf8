//! Reading calls.
use async_graphql::{ID, InputObject};
use sea_orm::{Condition, entity::prelude::*};

use super::{
    Call,
    row::{Column, Entity, State},
};
use crate::{
    base::{Code, Moment, refuse_if, slug},
    domain::programme::Programme,
    kernel::{Narrowed, prelude::read::*},
    relay::DateValue,
};

/// Some days in a row. Leave out one end for all before or all after.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub struct DateRange {
    /// The first day.
    pub from: Option<DateValue>,
    /// The last day.
    pub to: Option<DateValue>,
}

filter!(
    /// Which calls. A list means any of; fields together mean all of.
    CallFilter {
        /// Of one of these programmes, by id or slug.
        programmes: Vec<ID> = |rows, programmes| rows.named::<Programme>(Column::Programme, programmes)?,
        /// In one of these states.
        states: Vec<State> = |rows, states| rows.among(Column::State, states),
        /// Inviting one of these sides, as the programme names them, or with a side that is called so.
        sides: Vec<String> = |rows, sides| with_sides(rows, sides),
        /// May have opened on one of these days: the days it can be overlap with them. Calls of unknown day are left out.
        opens_between: DateRange = |rows, days| opening_in(rows, *days)?,
    }
);

orders!(
    /// How calls are ordered.
    CallOrder {
        /// By the earliest day they may have opened; those of unknown day first.
        OpensAsc = Order::by("opens", Column::OpensAt, Sort::Number),
        /// The same backwards: the latest call first.
        OpensDesc = Order::by("opens-desc", Column::OpensAt, Sort::Number).falling(),
        /// By name.
        NameAsc = Order::by("name", Column::Name, Sort::Text),
    }
);

/// The calls that invite one of these sides, or have one that is called so.
fn with_sides<'r>(rows: Narrowed<'r, Entity>, sides: &[String]) -> Narrowed<'r, Entity> {
    let invited = Column::Side.is_in(sides);
    // As it stands in the JSON, before the countries; what is no name of a side stands nowhere.
    let names = sides.iter().filter(|side| slug::check(side, "").is_ok());
    let named = names.map(|side| Column::Sides.contains(format!("{{\"name\":\"{side}\",")));
    rows.such(named.fold(Condition::any().add(invited), Condition::add))
}

/// The calls that may have opened on one of these days.
fn opening_in(rows: Narrowed<'_, Entity>, days: DateRange) -> Result<Narrowed<'_, Entity>> {
    let crossed = days.from.zip(days.to).is_some_and(|(from, to)| to.0 < from.0);
    refuse_if(crossed, Code::BadInput, rows.path(), "“to” lies before “from”.")?;
    let after = days.from.map(|from| Column::OpensBy.gte(Moment::of_day(from.0)));
    let before = days.to.map(|to| Column::OpensAt.lte(Moment::of_day(to.0)));
    Ok(rows.such(Condition::all().add(Column::Opens.is_not_null()).add_option(after).add_option(before)))
}

listed!(Call {
    filter: CallFilter, "Which calls.",
    order: CallOrder,
    one: "call", "The call with this slug.",
    all: "calls", "The calls of the programmes.",
});
