//! How long a pairing binds and how long it is supported, by the rules of its call.
use jiff::civil::Date;

use super::row::State;
use crate::base::date::months_after;

/// The day that lies this many calendar months after the start; unknown where either is.
pub(super) fn until(started_on: Option<Date>, months: Option<i32>) -> Option<Date> {
    months_after(started_on?, months?)
}

/// Whether the programme supports it today: it is active and its support has not run out. Unknown where the end of the
/// support is.
pub(super) fn is_supported(state: State, support_until: Option<Date>, today: Date) -> Option<bool> {
    if state == State::Active { support_until.map(|until| today <= until) } else { Some(false) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::day;

    #[test]
    fn months_are_calendar_months_clamped_to_the_months_end() {
        assert_eq!(until(day("2018-08-31"), Some(18)), day("2020-02-29"));
        assert_eq!(until(day("2018-01-15"), Some(12)), day("2019-01-15"));
    }

    #[test]
    fn an_unknown_start_or_rule_invents_no_day() {
        assert_eq!(until(None, Some(18)), None);
        assert_eq!(until(day("2018-08-31"), None), None);
        assert_eq!(is_supported(State::Active, None, day("2019-01-01").unwrap()), None);
    }

    #[test]
    fn support_runs_to_the_last_day_and_only_while_active() {
        let until = day("2020-02-29");
        assert_eq!(is_supported(State::Active, until, day("2020-02-29").unwrap()), Some(true));
        assert_eq!(is_supported(State::Active, until, day("2020-03-01").unwrap()), Some(false));
        assert_eq!(is_supported(State::Dormant, until, day("2019-01-01").unwrap()), Some(false));
        assert_eq!(is_supported(State::Matched, None, day("2019-01-01").unwrap()), Some(false));
    }
}
