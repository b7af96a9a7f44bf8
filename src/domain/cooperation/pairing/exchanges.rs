//! How intensively the members of pairings cooperate: exchanges that were held, by quarters of the year.
use std::collections::HashMap;

use async_graphql::{Context, Result, SimpleObject};
use jiff::{Span, civil::Date};
use sea_orm::prelude::Uuid;

use crate::{
    base::Result as Done,
    domain::seminar,
    relay::{context::Asking, loaders::Batch},
    store::Reader,
};

/// A quarter of a year, with how many exchanges were held in it.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct ExchangeQuarter {
    /// The year.
    pub year: i32,
    /// The quarter, 1 to 4.
    pub quarter: i32,
    /// Exchanges that began in it by the clock of their place.
    pub count: i32,
}

/// The exchanges of a pairing that were held, as far as the viewer may see them.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct PairingExchanges {
    /// How many there were.
    pub held: i32,
    /// How many there were in the twelve months up to today.
    pub held_last_year: i32,
    /// The quarters from the first exchange up to now, the earliest first, also those without any; none where nothing was held yet.
    pub quarters: Vec<ExchangeQuarter>,
}

/// The days of the exchanges that were held, of several pairings at once.
struct Held;

impl Batch for Held {
    type Key = Uuid;
    type Value = Vec<Date>;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Done<HashMap<Uuid, Vec<Date>>> {
        seminar::held_in_pairings(&reader, &keys).await
    }
}

/// The quarter of a day, counted from the year 0.
fn quarter(day: Date) -> i32 {
    i32::from(day.year()) * 4 + (i32::from(day.month()) - 1) / 3
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn counted(days: &[Date], today: Date) -> PairingExchanges {
    let a_year_ago = today.checked_sub(Span::new().years(1)).unwrap_or(today);
    let first = days.iter().copied().map(quarter).min();
    let last = days.iter().copied().map(quarter).max().into_iter().chain([quarter(today)]).max();
    let quarters = first.zip(last).map_or(0..0, |(first, last)| first..last + 1);
    let told = quarters.map(|at| ExchangeQuarter {
        year: at.div_euclid(4),
        quarter: at.rem_euclid(4) + 1,
        count: count(days.iter().filter(|day| quarter(**day) == at).count()),
    });
    PairingExchanges {
        held: count(days.len()),
        held_last_year: count(days.iter().filter(|day| **day > a_year_ago && **day <= today).count()),
        quarters: told.collect(),
    }
}

/// The exchanges of one pairing.
pub async fn of(ctx: &Context<'_>, pairing: Uuid) -> Result<PairingExchanges> {
    let days = ctx.scope().loaders.load((), pairing, || Ok(Held)).await?.unwrap_or_default();
    Ok(counted(&days, ctx.now().day()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::day;

    fn told(days: &[&str], today: &str) -> PairingExchanges {
        counted(&days.iter().filter_map(|text| day(text)).collect::<Vec<_>>(), day(today).unwrap())
    }

    #[test]
    fn quarters_run_from_the_first_exchange_to_today_with_those_that_had_none() {
        let held = told(&["2019-12-31", "2020-01-01", "2020-03-31"], "2020-09-30");
        let quarters: Vec<_> = held.quarters.iter().map(|quarter| (quarter.year, quarter.quarter, quarter.count)).collect();
        assert_eq!(quarters, [(2019, 4, 1), (2020, 1, 2), (2020, 2, 0), (2020, 3, 0)]);
        assert_eq!((held.held, held.held_last_year), (3, 3));
        assert_eq!(told(&["2019-09-30", "2019-10-01"], "2020-09-30").held_last_year, 1);
    }

    #[test]
    fn where_nothing_was_held_there_are_no_quarters() {
        assert_eq!(told(&[], "2020-09-30"), PairingExchanges { held: 0, held_last_year: 0, quarters: Vec::new() });
    }
}
