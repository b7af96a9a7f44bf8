//! Days, months and zones.
use jiff::{Span, Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// The day so many calendar months after another, clamped to the month's end. Beyond the calendar's last year there is none.
pub fn months_after(day: Date, months: i32) -> Option<Date> {
    day.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// The day that it is for all of these zones: a day is over when it is over in the last of them. Without any it is that of UTC.
pub fn today(now: Timestamp, zones: &[TimeZone]) -> Date {
    let days = zones.iter().map(|zone| now.to_zoned(zone.clone()).date());
    days.min().unwrap_or_else(|| now.to_zoned(TimeZone::UTC).date())
}

/// The instant at which [`today`] becomes a day. None beyond the calendar.
pub fn begins(day: Date, zones: &[TimeZone]) -> Option<Timestamp> {
    let begins = |zone: &TimeZone| day.to_zoned(zone.clone()).ok()?.start_of_day().ok().map(|start| start.timestamp());
    if zones.is_empty() {
        return begins(&TimeZone::UTC);
    }
    zones.iter().map(begins).collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// The day after.
pub fn next(day: Date) -> Date {
    day.checked_add(1.day()).unwrap_or(Date::MAX)
}

/// “29 February 2020”.
pub fn written(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// “1 day”, “12 days”, between two days.
pub fn days_between(from: Date, to: Date) -> String {
    counted(from.until(to).map_or(0, |span| span.get_days()), "day")
}

/// “1 month”, “18 months”.
pub fn counted(count: i32, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
