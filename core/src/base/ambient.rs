//! Time, new ids and secrets: injected, so that tests hold them still.
use std::{
    fmt,
    time::{SystemTime, UNIX_EPOCH},
};

use rand::Rng as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

/// A point in time: whole microseconds since 1970-01-01T00:00:00Z, the same in both databases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// A day in microseconds.
    pub const DAY: i64 = 86_400_000_000;

    /// RFC 3339 in UTC: `2018-07-18T09:00:00Z`.
    pub fn rfc3339(self) -> String {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|at| Self(at.as_microsecond()))
    }

    /// The year in UTC.
    pub fn year(self) -> i16 {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(jiff::tz::TimeZone::UTC).year()
    }

    /// The calendar day in UTC.
    pub fn day(self) -> jiff::civil::Date {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// This moment where it is one of that day, else the day's start: a day that people tell has no time, one that the hub saw has.
    pub fn on(self, day: jiff::civil::Date) -> Self {
        if self.day() == day { self } else { Self::of_day(day) }
    }

    /// The start of a calendar day in UTC: counted, as the calendar has days at both its ends that no time zone has.
    pub fn of_day(day: jiff::civil::Date) -> Self {
        let days = jiff::civil::date(1970, 1, 1).until(day).map_or(0, |since| since.get_days());
        Self(i64::from(days) * Self::DAY)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // In a database row a time is its microseconds; everywhere else it is readable.
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not an RFC 3339 time"))
    }
}

/// Where time, ids and secrets come from.
pub trait Ambient: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Moment;
    /// A new UUIDv7.
    fn uuid(&self) -> Uuid;
    /// 32 unguessable bytes.
    fn secret(&self) -> [u8; 32];
}

/// The real thing.
#[derive(Debug, Default)]
pub struct System;

#[expect(clippy::disallowed_methods, reason = "this is where time, ids and chance come from")]
impl Ambient for System {
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }

    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::day;

    #[test]
    fn every_day_of_the_calendar_has_its_start_in_order() {
        let days = ["-009999-01-01", "1969-12-31", "1970-01-01", "2026-06-01", "9999-12-30", "9999-12-31"];
        let starts = days.map(|told| Moment::of_day(day(told).expect("a day")));
        assert!(starts.is_sorted_by(|one, other| one < other), "{starts:?}");
        assert_eq!(starts[1..3], [Moment(-Moment::DAY), Moment(0)]);
        assert_eq!(Some(starts[3]), Moment::parse("2026-06-01T00:00:00Z"));
    }
}
