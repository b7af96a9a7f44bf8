//! Calendar days and imprecise dates.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// One day.
    Day,
    /// Somewhere in a month.
    Month,
    /// Somewhere in a season.
    Season,
    /// Somewhere in a year.
    Year,
    /// Somewhere between two days.
    Range,
}

/// A date as a source told it ("late summer 2017"), with the days it can be at the earliest and latest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpreciseDate {
    /// The source's own words.
    pub verbatim: String,
    /// The first day it can be.
    pub earliest: Date,
    /// The last day it can be.
    pub latest: Date,
    /// How exactly it is known.
    pub precision: Precision,
}

impl ImpreciseDate {
    /// Whether the days are in order.
    pub fn is_ordered(&self) -> bool {
        self.earliest <= self.latest
    }

    /// The day, where it can be no other.
    pub fn exactly(&self) -> Option<Date> {
        (self.earliest == self.latest).then_some(self.earliest)
    }
}

/// Reads `2018-07-18`.
pub fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// Whether a day is still to come, wherever on Earth: where it is tomorrow by UTC it may be today in the east.
pub fn is_to_come(day: Date, today: Date) -> bool {
    today.tomorrow().is_ok_and(|tomorrow| day > tomorrow)
}

/// The day `months` calendar months after `start`, clamped to the month's end: 31 August + 18 = the last of February.
pub fn months_after(start: Date, months: i32) -> Option<Date> {
    start.checked_add(jiff::Span::new().months(months)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighteen_months_after_31_august_is_the_last_of_february() {
        assert_eq!(months_after(day("2018-08-31").unwrap(), 18), day("2020-02-29"));
        assert_eq!(months_after(day("2017-08-31").unwrap(), 18), day("2019-02-28"));
    }
}
