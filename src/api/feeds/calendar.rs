//! iCalendar by RFC 5545. Times are told in UTC, which needs no tables of time zones and which every calendar shows in its own.
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::{base::Moment, domain::seminar::Dated};

/// Writes a calendar.
pub fn write(name: &str, public_url: &str, seminars: &[Dated]) -> Vec<u8> {
    // The host keeps ids of two hubs apart.
    let host = public_url.split_once("://").map_or(public_url, |(_, host)| host);
    let mut calendar = Calendar::new();
    calendar.name(name);
    calendar.append_property(Property::new("PRODID", "-//Hansa//Hansa//EN"));
    for seminar in seminars {
        calendar.push(event(seminar, host));
    }
    calendar.to_string().into_bytes()
}

fn event(seminar: &Dated, host: &str) -> Event {
    let mut event = Event::new();
    event
        .uid(&format!("{}@{host}", seminar.id))
        .sequence(seminar.sequence)
        .summary(&seminar.title)
        .add_property("DTSTAMP", time(seminar.updated_at))
        .add_property("CREATED", time(seminar.created_at))
        .add_property("LAST-MODIFIED", time(seminar.updated_at))
        .add_property("DTSTART", time(seminar.starts_at));
    if let Some(ends_at) = seminar.ends_at {
        event.add_property("DTEND", time(ends_at));
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

fn time(at: Moment) -> String {
    let at = jiff::Timestamp::from_microsecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
