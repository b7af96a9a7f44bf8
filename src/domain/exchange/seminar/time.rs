//! When a seminar is, checked: a zone that exists, an end after the start, a registration that ends in time.
use jiff::tz::TimeZoneDatabase;

use crate::base::{Code, Moment, Refusal, Result, refuse, refuse_if};

/// The times of a seminar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
    pub registration_closes_at: Option<Moment>,
}

/// The usual spelling of a zone's IANA name. The hub's own table is asked, and not the machine's: that has files which are no zones, and
/// which mean something else on the next machine.
pub(super) fn zone(name: &str, path: &str) -> Result<String> {
    let found = TimeZoneDatabase::bundled().get(name.trim()).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    // The zone of a machine that was told none stands for no place.
    match found.filter(|name| name != "Factory") {
        Some(name) => Ok(name),
        None => refuse(Code::BadInput, path, format!("“{name}” is not a time zone by IANA, such as “Europe/Lisbon”.")),
    }
}

impl Times {
    /// Refuses times that are out of order; the arguments name the two fields in the refusals.
    pub(super) fn check(self, ends_at: &str, closes_at: &str) -> Result<()> {
        let mut refusals = Vec::new();
        if self.ends_at.is_some_and(|end| end <= self.starts_at) {
            refusals.push(Refusal::new(Code::BadInput, ends_at, "It ends before it starts; the end comes after the start."));
        }
        let over = self.ends_at.unwrap_or(self.starts_at);
        if self.registration_closes_at.is_some_and(|closes| closes > over) {
            refusals.push(Refusal::new(
                Code::BadInput,
                closes_at,
                "Registration would close after the seminar is over; say when it closes.",
            ));
        }
        if refusals.is_empty() { Ok(()) } else { Err(crate::base::Error::Refused(refusals)) }
    }

    /// The same length from another start on.
    pub(super) fn moved_to(self, starts_at: Moment) -> Self {
        let by = starts_at.0 - self.starts_at.0;
        Self { starts_at, ends_at: self.ends_at.map(|end| Moment(end.0 + by)), ..self }
    }
}

/// Refuses a number of places that cannot be, or is less than what is taken.
pub(super) fn places(capacity: Option<i64>, registered: i64, path: &str) -> Result<()> {
    let Some(capacity) = capacity else { return Ok(()) };
    refuse_if(
        !(1..=1_000_000).contains(&capacity),
        Code::BadInput,
        path,
        "A seminar has 1 to 1,000,000 places; leave it out where there is no limit.",
    )?;
    refuse_if(
        capacity < registered,
        Code::WrongState,
        path,
        format!("{registered} places are taken already; there can't be fewer than that."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(starts: i64, ends: Option<i64>, closes: Option<i64>) -> Times {
        Times { starts_at: Moment(starts), ends_at: ends.map(Moment), registration_closes_at: closes.map(Moment) }
    }

    #[test]
    fn a_zone_is_one_that_exists() {
        assert_eq!(zone("europe/lisbon", "timeZone").unwrap(), "Europe/Lisbon");
        // A zone that was renamed is one under both names.
        assert_eq!([zone("Europe/Kyiv", "").unwrap(), zone("Europe/Kiev", "").unwrap()], ["Europe/Kyiv", "Europe/Kiev"]);
        for none in ["localtime", "posixrules", "posix/Europe/Paris", "right/UTC", "Factory"] {
            assert!(zone(none, "timeZone").is_err(), "{none}");
        }
        assert!(zone("Europe/Nowhere", "timeZone").is_err());
        assert!(zone("+02:00", "timeZone").is_err());
        assert!(zone("", "timeZone").is_err());
    }

    #[test]
    fn the_end_comes_after_the_start() {
        assert!(times(10, Some(20), None).check("endsAt", "").is_ok());
        assert!(times(10, Some(10), None).check("endsAt", "").is_err());
        assert!(times(10, None, None).check("endsAt", "").is_ok());
    }

    #[test]
    fn registration_closes_before_all_is_over() {
        assert!(times(10, Some(20), Some(20)).check("", "").is_ok());
        assert!(times(10, Some(20), Some(21)).check("", "").is_err());
        assert!(times(10, None, Some(11)).check("", "").is_err());
    }

    #[test]
    fn a_move_keeps_the_length() {
        assert_eq!(times(10, Some(25), Some(5)).moved_to(Moment(100)), times(100, Some(115), Some(5)));
    }

    #[test]
    fn places_are_positive_and_no_fewer_than_taken() {
        assert!(places(None, 7, "").is_ok());
        assert!(places(Some(7), 7, "").is_ok());
        assert!(places(Some(6), 7, "").is_err());
        assert!(places(Some(0), 0, "").is_err());
    }
}
