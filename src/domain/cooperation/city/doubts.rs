//! What is in doubt of a city that a record tells: which place it is, and whether its name is one.
//!
//! A name often fits several places, and the right one is sometimes in no list: nothing is chosen here, nothing filled in.
use hansa_gazetteer::{Gazetteer, Place};
use serde_json::Value;

use crate::{
    base::{country, text::grouped},
    kernel::{country::Country, import::Doubt},
};

/// How far from its coordinates a place of its name may lie, in kilometres.
const NEAR_KM: f64 = 50.0;
/// Candidates that are named at the most.
const MOST: usize = 20;

/// The doubts of records of cities, each with its place.
pub(super) fn of(told: &[(usize, Value)]) -> Vec<(usize, Doubt)> {
    let mut gazetteer = None;
    let mut doubts = Vec::new();
    for (at, record) in told {
        let Some(name) = record["name"].as_str().map(str::trim).filter(|name| !name.is_empty()) else { continue };
        if let Some(doubt) = of_spelling(name) {
            doubts.push((*at, doubt));
            continue;
        }
        // Of areas and associations of municipalities no list of places knows.
        if record["city_kind"].as_str().is_some_and(|kind| kind != "CITY") {
            continue;
        }
        if gazetteer.is_none() {
            gazetteer = Gazetteer::open().inspect_err(|cause| tracing::error!(%cause, "the list of places can't be unpacked")).ok();
        }
        let Some(gazetteer) = &gazetteer else { continue };
        let degrees = |field: &str| record[field].as_f64();
        let country = record["country"].as_str().and_then(Country::of);
        let doubt = of_place(name, country, degrees("latitude").zip(degrees("longitude")), gazetteer.called(name));
        doubts.extend(doubt.map(|doubt| (*at, doubt)));
    }
    doubts
}

/// What in a name is perhaps no part of it.
fn of_spelling(name: &str) -> Option<Doubt> {
    let doubt = |sentence: String, candidates| Some(Doubt { field: "name", sentence, candidates });
    if let Some(bare) = name.strip_suffix(['*', '†', '‡']) {
        let sentence = format!(
            "“{name}” ends with the mark of a footnote: what that says of the city is a claim of its source and no part of the name."
        );
        return doubt(sentence, vec![format!("“{}”, and a claim of an announcement", bare.trim_end())]);
    }
    let glued = country::in_english().filter_map(|(code, called)| Some((code, called, name.strip_suffix(called)?)));
    let glued = glued.filter(|(_, _, rest)| rest.chars().last().is_some_and(char::is_lowercase)).max_by_key(|(_, called, _)| called.len());
    let (code, called, rest) = glued?;
    doubt(
        format!("“{name}” ends with the name of a country, without a space: perhaps two columns of a table."),
        vec![format!("“{rest}” in {called} ({code})")],
    )
}

/// Which place it is.
fn of_place(name: &str, country: Option<Country>, at: Option<(f64, f64)>, places: Vec<Place>) -> Option<Doubt> {
    let doubt = |sentence: String, places: Vec<Place>| Some(Doubt { field: "name", sentence, candidates: candidates(&places) });
    let Some(country) = country else {
        let sentence = match places.len() {
            0 => return None,
            1 => format!("One place is known to be called “{name}”, and others may be: tell the country."),
            count => format!("“{name}” fits {count} places, and none was chosen: tell the country."),
        };
        return doubt(sentence, places);
    };
    let (inside, outside): (Vec<Place>, Vec<Place>) = places.into_iter().partition(|place| place.country == country.code());
    let called = country.name(&[]);
    match (at, inside.len()) {
        (Some((latitude, longitude)), 1..) => {
            let nearest =
                inside.iter().map(|place| kilometres((latitude, longitude), (place.latitude, place.longitude))).min_by(f64::total_cmp)?;
            let sentence = format!(
                "The nearest place called “{name}” in {called} lies {} kilometres from the coordinates.",
                grouped(nearest.round() as i64)
            );
            if nearest > NEAR_KM { doubt(sentence, inside) } else { None }
        }
        (Some(_), 0) | (None, 1) => None,
        (None, 0) if outside.is_empty() => {
            doubt(format!("No place called “{name}” is known: check the spelling, or tell its coordinates."), outside)
        }
        (None, 0) => doubt(format!("No place called “{name}” is known in {called}, but elsewhere: tell its coordinates."), outside),
        (None, count) => doubt(format!("“{name}” fits {count} places in {called}, and none was chosen: tell its coordinates."), inside),
    }
}

fn candidates(places: &[Place]) -> Vec<String> {
    let told = |place: &Place| {
        let country = Country::of(&place.country).map_or(place.country.as_str(), |country| country.name(&[]));
        let division = if place.division.is_empty() { String::new() } else { format!("{}, ", place.division) };
        let population = if place.population == 0 { String::new() } else { format!(", {} inhabitants", grouped(place.population)) };
        format!("{} ({division}{country}) at {:.1}, {:.1}{population}", place.name, place.latitude, place.longitude)
    };
    let mut told: Vec<String> = places.iter().take(MOST).map(told).collect();
    if places.len() > MOST {
        told.push(format!("one of {} more", places.len() - MOST));
    }
    told
}

/// The great-circle distance of two places in degrees, by the haversine formula on a sphere of the Earth's mean radius.
fn kilometres((latitude, longitude): (f64, f64), other: (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let chord = half(latitude, other.0) + latitude.to_radians().cos() * other.0.to_radians().cos() * half(longitude, other.1);
    2.0 * super::read::EARTH_KM * chord.sqrt().min(1.0).asin()
}
