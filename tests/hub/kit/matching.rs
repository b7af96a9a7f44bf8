//! A call with applications of two sides, to be matched and assigned.
use hansa::kernel::import::Options;
use serde_json::{Value, json};

use super::{Answer, TestHub, people};

/// The slug of an application of a city to the call.
pub fn application(city: &str) -> String {
    format!("{city}-fits")
}

fn line(text: &str, language: &str, theme: Option<&str>) -> Value {
    json!({ "text": text, "language": language, "theme": theme, "importance": 2 })
}

/// A record of an application that was handed in: what the city needs and offers.
pub fn record(city: &str, challenges: &[(&str, &str, Option<&str>)], strengths: &[(&str, &str, Option<&str>)], more: Value) -> Value {
    let lines =
        |lines: &[(&str, &str, Option<&str>)]| lines.iter().map(|(text, language, theme)| line(text, language, *theme)).collect::<Vec<_>>();
    let mut record = json!({ "kind": "application", "slug": application(city), "call": "who-fits", "city": city, "state": "submitted",
        "challenges": lines(challenges), "strengths": lines(strengths), "working_languages": ["en"] });
    for (name, value) in more.as_object().expect("an object") {
        record[name] = value.clone();
    }
    record
}

/// A record of the call: open, with a western and an eastern side.
pub fn call(more: Value) -> Value {
    let mut record = json!({ "kind": "call", "slug": "who-fits", "programme": "iuc-north-america", "name": "Who fits", "state": "open", "rules": { "version": 1 },
        "sides": [{ "name": "west", "countries": ["US", "CA", "MX"] }, { "name": "east", "countries": ["DE", "IT", "FR", "GB", "PT"] }] });
    for (name, value) in more.as_object().expect("an object") {
        record[name] = value.clone();
    }
    record
}

/// Takes records into the hub; what they do not tell stays as it is.
pub async fn bring(hub: &TestHub, records: &[Value]) {
    let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
    let report = hub.import_with(&lines, Options { keep_missing: true, ..Options::default() }).await;
    assert!(!report.any_refused(), "{:?}", report.verdicts);
}

/// The call with three cities of each side, each with a theme of its own or two.
pub async fn three_by_three(hub: &TestHub) {
    let themed =
        |city: &str, needs: &str, has: &str, more: Value| record(city, &[("Needed", "en", Some(needs))], &[("Had", "en", Some(has))], more);
    let records = [
        call(json!({})),
        themed("austin", "stormwater", "urban-heat", json!({ "goals": ["sdg-11"] })),
        themed("baltimore", "recycling", "public-transport", json!({ "goals": ["sdg-13"] })),
        themed("boston", "energy", "climate-adaptation", json!({})),
        themed("hamburg", "urban-heat", "stormwater", json!({ "goals": ["sdg-11"] })),
        themed("bologna", "climate-adaptation", "water-supply", json!({ "goals": ["sdg-13"] })),
        themed("lyon", "public-transport", "food-waste", json!({})),
    ];
    bring(hub, &records).await;
}

/// Runs a mutation about a thing that its payload answers, as somebody.
pub async fn mutate(hub: &TestHub, person: &str, mutation: &str, shown: &str, input: Value) -> Answer {
    let of = match mutation {
        "closeCall" | "openCall" => "CallStepInput".to_owned(),
        _ => format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]),
    };
    let query = format!("mutation($input: {of}!) {{ {mutation}(input: $input) {{ {shown} errors {{ code path message }} }} }}");
    hub.run(Some(person), &query, json!({ "input": input })).await
}

/// The matches of a city's application as somebody is told them.
pub async fn matches(hub: &TestHub, person: Option<&str>, city: &str) -> Answer {
    let query = "query($application: ID!) { call(slug: \"who-fits\") { matches(application: $application, first: 50) { score city { slug } application { slug }
        reasons { kind points of sentence themes { slug } goals { slug } languages } } } }";
    hub.run(person, query, json!({ "application": hub.id("application", &application(city)).await })).await
}

/// Whom they name, the best first, each with the score.
pub fn ranked(answer: &Answer) -> Vec<(String, i64)> {
    let matches = answer.at("/call/matches").as_array().expect("a list").clone();
    matches.iter().map(|one| (one["city"]["slug"].as_str().expect("a slug").to_owned(), one["score"].as_i64().expect("a score"))).collect()
}

/// The points that one of them has for a reason.
pub fn points(answer: &Answer, city: &str, kind: &str) -> i64 {
    let matches = answer.at("/call/matches").as_array().expect("a list").clone();
    let found = matches.iter().find(|one| one["city"]["slug"] == city).unwrap_or_else(|| panic!("no {city} in {:#}", answer.json));
    let reasons = found["reasons"].as_array().expect("reasons");
    reasons.iter().find(|reason| reason["kind"] == kind).and_then(|reason| reason["points"].as_i64()).expect("points")
}

/// Officers of the programme.
pub const OFFICERS: [&str; 2] = [people::OFFICER, "pablo-officer"];
