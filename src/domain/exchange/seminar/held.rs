//! The exchanges of pairings that were held.
use std::collections::HashMap;

use jiff::{
    Timestamp,
    civil::Date,
    tz::{TimeZone, TimeZoneDatabase},
};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, prelude::Uuid};
use serde::Deserialize;

use super::row::{Column, Entity, State};
use crate::{
    base::{Moment, Result},
    store::Reader,
};

/// When and where one began.
#[derive(Deserialize)]
struct Began {
    pairing: Uuid,
    starts_at: i64,
    time_zone: String,
}

/// The day by the clock of its place.
fn day(at: Moment, time_zone: &str) -> Date {
    let zone = TimeZoneDatabase::bundled().get(time_zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_microsecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone).date()
}

/// The days on which the exchanges of these pairings began that were held, by pairing, as far as the reader's viewer sees them: one statement.
pub async fn held_in_pairings(reader: &Reader, pairings: &[Uuid]) -> Result<HashMap<Uuid, Vec<Date>>> {
    let held = reader.rows::<Entity>().filter(Column::Pairing.is_in(pairings.iter().copied()));
    let held = held.filter(Column::State.is_in([State::Held, State::Documented]));
    let held = held.select_only().columns([Column::Pairing, Column::StartsAt, Column::TimeZone]);
    let mut found: HashMap<Uuid, Vec<Date>> = HashMap::new();
    for began in reader.project::<_, Began>(held).await? {
        found.entry(began.pairing).or_default().push(day(Moment(began.starts_at), &began.time_zone));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_that_of_the_place() {
        let at = Moment::parse("2020-12-31T23:30:00Z").unwrap();
        assert_eq!([day(at, "Europe/Berlin"), day(at, "America/Chicago")].map(|day| day.to_string()), ["2021-01-01", "2020-12-31"]);
    }
}
