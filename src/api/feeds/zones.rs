//! Time zones by RFC 5545: what the clocks of a place show while the seminars of a calendar take place.
//!
//! Each change of a clock within that time is told by itself, as the tables of time zones have it, rather than by a rule: rules change, and
//! what is over followed another one. Lists of days would be shorter, but programs disagree on whether the first one counts.
use std::{collections::BTreeMap, fmt::Write as _};

use jiff::{
    Timestamp, ToSpan,
    tz::{Offset, TimeZone},
};

use crate::base::Moment;

/// Changes of one clock at the most.
const MOST: usize = 500;

/// A time as the clocks of a place show it; none where they show it twice, or the place is not known, or it keeps universal time.
pub fn shown(zone: &str, at: Moment) -> Option<String> {
    let tz = known(zone)?;
    let at = timestamp(at);
    let clock = tz.to_datetime(at);
    let is_told_once = tz.to_timestamp(clock).is_ok_and(|back| back == at);
    is_told_once.then(|| clock.strftime("%Y%m%dT%H%M%S").to_string())
}

/// The zones of a calendar, each for the time between its first and its last seminar.
pub fn told<'z>(times: impl Iterator<Item = (&'z str, Moment)>) -> String {
    let mut spans: BTreeMap<&str, (Timestamp, Timestamp)> = BTreeMap::new();
    for (zone, at) in times {
        let at = timestamp(at);
        let span = spans.entry(zone).or_insert((at, at));
        *span = (span.0.min(at), span.1.max(at));
    }
    let mut text = String::new();
    for (zone, (first, last)) in spans {
        if let Some(tz) = known(zone) {
            write_zone(&mut text, zone, &tz, first, last);
        }
    }
    text
}

fn known(zone: &str) -> Option<TimeZone> {
    TimeZone::get(zone).ok().filter(|tz| *tz != TimeZone::UTC && !matches!(zone, "UTC" | "Etc/UTC" | "GMT"))
}

fn timestamp(at: Moment) -> Timestamp {
    Timestamp::from_microsecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A change of a clock: from when it shows what.
struct Observance {
    is_summer: bool,
    onset: String,
    from: Offset,
    to: Offset,
    name: String,
}

fn write_zone(text: &mut String, zone: &str, tz: &TimeZone, first: Timestamp, last: Timestamp) {
    // A year more, for those who repeat or move what they find.
    let until = last.checked_add((366 * 24).hours()).unwrap_or(last);
    let following = tz.following(first).take_while(|change| change.timestamp() <= until);
    let changes = tz.preceding(first).take(1).chain(following).take(MOST);
    let mut observances: Vec<Observance> = changes
        .map(|change| {
            let before = change.timestamp().checked_sub(1.second()).map_or(change.offset(), |before| tz.to_offset(before));
            Observance {
                is_summer: change.dst().is_dst(),
                onset: before.to_datetime(change.timestamp()).strftime("%Y%m%dT%H%M%S").to_string(),
                from: before,
                to: change.offset(),
                name: change.abbreviation().to_owned(),
            }
        })
        .collect();
    // A zone needs standard time: the one it always had, or the one before the summer that is all there is of it.
    if observances.iter().all(|observance| observance.is_summer) {
        let info = tz.to_offset_info(first);
        let (offset, name) = observances.first().map_or((info.offset(), info.abbreviation()), |summer| (summer.from, zone));
        let always = Observance { is_summer: false, onset: "19700101T000000".to_owned(), from: offset, to: offset, name: name.to_owned() };
        observances.insert(0, always);
    }
    let _ = write!(text, "BEGIN:VTIMEZONE\r\nTZID:{zone}\r\n");
    for Observance { is_summer, onset, from, to, name } in observances {
        let word = if is_summer { "DAYLIGHT" } else { "STANDARD" };
        let (from, to) = (offset(from.seconds()), offset(to.seconds()));
        let _ =
            write!(text, "BEGIN:{word}\r\nDTSTART:{onset}\r\nTZOFFSETFROM:{from}\r\nTZOFFSETTO:{to}\r\nTZNAME:{name}\r\nEND:{word}\r\n");
    }
    text.push_str("END:VTIMEZONE\r\n");
}

fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3_600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment(text.parse::<Timestamp>().expect("a time").as_microsecond())
    }

    #[test]
    fn a_clock_that_changes_is_told_with_its_changes() {
        let times = [("Europe/Berlin", moment("2026-02-01T09:00:00Z")), ("Europe/Berlin", moment("2026-09-01T08:00:00Z"))];
        let told = told(times.into_iter());
        for line in [
            "TZID:Europe/Berlin",
            "BEGIN:STANDARD\r\nDTSTART:20251026T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD",
            "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\n",
            "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST",
        ] {
            assert!(told.contains(line), "{line} is not in\n{told}");
        }
    }

    #[test]
    fn a_clock_that_never_changes_is_told_too_and_universal_time_is_not() {
        let told = told([("Asia/Kolkata", moment("2026-02-01T09:00:00Z")), ("UTC", moment("2026-02-01T09:00:00Z"))].into_iter());
        assert!(
            told.contains("TZOFFSETTO:+0530") && told.contains("BEGIN:STANDARD") && !told.contains("DAYLIGHT") && !told.contains("UTC"),
            "{told}"
        );
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_in_universal_time() {
        assert_eq!(shown("Europe/Berlin", moment("2026-10-25T00:30:00Z")).as_deref(), Some("20261025T023000"));
        assert_eq!(shown("Europe/Berlin", moment("2026-10-25T01:30:00Z")), None);
        assert_eq!(shown("Europe/Atlantis", moment("2026-10-25T01:30:00Z")), None);
    }
}
