//! The table of digests.
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::kernel::prelude::row::*;

column_enum!(
    /// How often a digest comes.
    Period as "DigestPeriod" in "snake_case" {
        /// Each morning, at six in UTC, where there is news.
        Daily,
        /// Each Monday morning, at six in UTC, where there is news.
        Weekly,
        /// Not at all.
        Never,
    }
);

/// A row of digests, one a person who ever asked for one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "digest")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Uuid,
    pub period: Period,
    /// Up to where the last one told.
    pub seq: i64,
    /// Up to where the one tells that was begun and not settled.
    pub upto: Option<i64>,
    pub due_at: Moment,
    /// Until when somebody is at it.
    pub claimed_until: Moment,
    /// How often the present one could not be sent.
    pub failures: i64,
    /// The unguessable part of the address that ends it.
    pub secret: String,
}

crate::plain_table!();

/// Hour of the day at which digests are due, in UTC.
const HOUR: i8 = 6;

/// When the next digest is due after this.
pub(super) fn next(period: Period, now: Moment) -> Moment {
    use jiff::{ToSpan, civil::Weekday};
    let six = |day: jiff::civil::Date| Moment(Moment::of_day(day).0 + i64::from(HOUR) * 3_600_000_000);
    let mut day = now.day();
    // At most eight steps: a Monday comes within a week.
    while six(day) <= now || (period == Period::Weekly && day.weekday() != Weekday::Monday) {
        let Ok(tomorrow) = day.checked_add(1.day()) else { break };
        day = tomorrow;
    }
    six(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_due_at_six_the_next_day_or_the_next_monday() {
        let at = |text: &str| Moment::parse(text).unwrap();
        // 1 June 2026 is a Monday.
        assert_eq!(next(Period::Daily, at("2026-06-01T05:59:59Z")), at("2026-06-01T06:00:00Z"));
        assert_eq!(next(Period::Daily, at("2026-06-01T06:00:00Z")), at("2026-06-02T06:00:00Z"));
        assert_eq!(next(Period::Weekly, at("2026-06-01T05:00:00Z")), at("2026-06-01T06:00:00Z"));
        assert_eq!(next(Period::Weekly, at("2026-06-01T12:00:00Z")), at("2026-06-08T06:00:00Z"));
        assert_eq!(next(Period::Weekly, at("2026-12-30T12:00:00Z")), at("2027-01-04T06:00:00Z"));
    }
}
