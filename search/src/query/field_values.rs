//! What stands behind `field:` in a query: which dimension is meant, and what the index may call the value.

use crate::contract::Dimension;
use hansa_text::{country, slug};

/// The most years of a range.
const YEARS: i64 = 200;

pub fn dimension(name: &str) -> Option<Dimension> {
    Some(match name.to_ascii_lowercase().as_str() {
        "kind" => Dimension::Kind,
        "theme" => Dimension::Theme,
        "goal" => Dimension::Goal,
        "country" => Dimension::Country,
        "city" => Dimension::City,
        "programme" | "program" => Dimension::Programme,
        "lang" | "language" => Dimension::Language,
        "year" => Dimension::Year,
        _ => return None,
    })
}

/// What the index may call a value that somebody wrote.
pub fn called(dimension: Dimension, written: &str) -> Vec<String> {
    let lower = written.trim().to_lowercase();
    let mut values = match dimension {
        Dimension::Kind => {
            let singular = lower.strip_suffix("ies").map(|stem| format!("{stem}y")).or_else(|| lower.strip_suffix('s').map(str::to_owned));
            singular.into_iter().chain([lower]).collect()
        }
        Dimension::Country => country::called(&lower).into_iter().map(str::to_owned).chain([lower.to_uppercase()]).collect(),
        Dimension::Language => {
            let region = lower.split_once('-').map(|(language, region)| format!("{language}-{}", region.to_uppercase()));
            region.into_iter().chain([lower]).collect()
        }
        Dimension::Year => years(&lower),
        Dimension::Theme | Dimension::Goal | Dimension::City | Dimension::Programme => vec![slug(&lower), lower],
    };
    values.dedup();
    values
}

fn years(written: &str) -> Vec<String> {
    match written.split_once("..").map(|(from, to)| (from.parse::<i64>(), to.parse::<i64>())) {
        Some((Ok(from), Ok(to))) if from <= to && to.saturating_sub(from) < YEARS => (from..=to).map(|year| year.to_string()).collect(),
        _ => vec![written.parse::<i64>().map_or_else(|_| written.to_owned(), |year| year.to_string())],
    }
}
