//! iCalendar by RFC 5545. A seminar's times are told as the clocks of its place show them, with the tables to understand them by: who plans on
//! “ten o'clock” keeps ten o'clock when the law changes the clocks.
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::zones;
use crate::{
    base::Moment,
    domain::{obligation::DatedObligation, seminar::Dated},
};

/// Writes a calendar.
pub fn write(name: &str, public_url: &str, seminars: &[Dated]) -> Vec<u8> {
    let host = host(public_url);
    let mut calendar = begun(name);
    for seminar in seminars {
        calendar.push(event(seminar, host));
    }
    let zones = seminars.iter().flat_map(|seminar| {
        let times = [Some(seminar.starts_at), seminar.ends_at].into_iter().flatten();
        times.map(|at| (seminar.time_zone.as_str(), at))
    });
    // The library has no zones. Nothing before the first event has this line: line breaks in names are escaped.
    let text = calendar.to_string().replacen(FIRST, &format!("\r\n{}{}", zones::told(zones), &FIRST[2..]), 1);
    text.into_bytes()
}

/// Writes a calendar of what is owed: each on the whole of its last day.
pub fn write_owed(name: &str, public_url: &str, owed: &[DatedObligation]) -> Vec<u8> {
    let host = host(public_url);
    let mut calendar = begun(name);
    for one in owed {
        let mut event = Event::new();
        let day = Property::new("DTSTART", one.day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done();
        event
            .uid(&format!("{}@{host}", one.id))
            .sequence(one.sequence)
            .summary(&one.title)
            .description(&one.sentence)
            .add_property("DTSTAMP", time(one.updated_at))
            .add_property("CREATED", time(one.created_at))
            .add_property("LAST-MODIFIED", time(one.updated_at))
            .add_property("TRANSP", "TRANSPARENT")
            .append_property(day);
        calendar.push(event.done());
    }
    calendar.to_string().into_bytes()
}

fn begun(name: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Hansa//Hansa//EN"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(key, value));
    }
    // A text by RFC 7986, which the library takes for something else and leaves as it is; the other name it escapes itself.
    calendar.append_property(Property::new("NAME", escaped(name)));
    calendar.append_property(Property::new("X-WR-CALNAME", name));
    calendar
}

/// As values of type TEXT are written (RFC 5545 §3.3.11); names have no line breaks.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace(';', r"\;").replace(',', r"\,")
}

/// Keeps ids of two hubs apart.
fn host(public_url: &str) -> &str {
    public_url.split_once("://").map_or(public_url, |(_, host)| host)
}

/// Where the events of a calendar begin.
const FIRST: &str = "\r\nBEGIN:VEVENT\r\n";

fn event(seminar: &Dated, host: &str) -> Event {
    let mut event = Event::new();
    event
        .uid(&format!("{}@{host}", seminar.id))
        .sequence(seminar.sequence)
        .summary(&seminar.title)
        .add_property("DTSTAMP", time(seminar.updated_at))
        .add_property("CREATED", time(seminar.created_at))
        .add_property("LAST-MODIFIED", time(seminar.updated_at))
        .append_property(clock("DTSTART", &seminar.time_zone, seminar.starts_at));
    if let Some(ends_at) = seminar.ends_at {
        event.append_property(clock("DTEND", &seminar.time_zone, ends_at));
    }
    if let Some(place) = &seminar.place {
        event.location(place);
    }
    if let Some(link) = &seminar.link {
        event.url(link);
    }
    let description = match &seminar.cancelled {
        Some(reason) if !reason.is_empty() => format!("{reason}\n\n{}", seminar.description),
        _ => seminar.description.clone(),
    };
    if !description.trim().is_empty() {
        event.description(description.trim());
    }
    event.status(match &seminar.cancelled {
        Some(_) => EventStatus::Cancelled,
        None if seminar.is_confirmed => EventStatus::Confirmed,
        None => EventStatus::Tentative,
    });
    event.done()
}

/// A time in its place, or in universal time where that does not tell it.
fn clock(name: &str, zone: &str, at: Moment) -> Property {
    match zones::shown(zone, at) {
        Some(shown) => Property::new(name, shown).add_parameter("TZID", zone).done(),
        None => Property::new(name, time(at)),
    }
}

fn time(at: Moment) -> String {
    let at = jiff::Timestamp::from_microsecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_escaped_as_a_text() {
        let calendar = String::from_utf8(write(r"Rain, sun; snow \ hail", "https://hub.example.org", &[])).expect("text");
        for name in ["NAME", "X-WR-CALNAME"] {
            assert!(calendar.contains(&format!("\r\n{name}:{}\r\n", r"Rain\, sun\; snow \\ hail")), "{calendar}");
        }
    }
}
