//! A row obeys one rule, whoever saves it: a mutation that makes it, one that changes it, or an import.
use std::sync::Arc;

use hansa::{
    kernel::import::{Report, Verdict},
    transport::routes,
};
use poem::{Endpoint, EndpointExt, Request, http::Method};
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

const CREATE: &str =
    "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code path message } } }";
const UPDATE: &str =
    "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { practice { id } errors { code path message } } }";

fn why(report: &Report) -> String {
    match &report.verdicts[0].1 {
        Verdict::Refused(why) => why.clone(),
        other => panic!("{other:?}"),
    }
}

fn practice(more: Value) -> String {
    let mut record =
        json!({ "kind": "practice", "slug": "one-rule", "city": "hamburg", "language": "en", "title": "One rule", "summary": "For all." });
    for (name, value) in more.as_object().expect("an object") {
        record[name] = value.clone();
    }
    format!("{record}\n")
}

async fn draft(hub: &TestHub, more: Value) -> crate::kit::Answer {
    let mut input = json!({ "city": hub.id("city", "hamburg").await, "language": "en", "title": "One rule", "summary": "For all." });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_practice_has_200_stakeholders_at_the_most_however_it_comes() {
    on_both(true, |hub| {
        Box::pin(async move {
            let many: Vec<String> = (0..201).map(|number| format!("Stakeholder {number}")).collect();
            assert_eq!(draft(hub, json!({ "stakeholders": many })).await.paths(), ["input.stakeholders"]);
            let made = draft(hub, json!({ "slug": "few" })).await;
            let id = made.text("/createPractice/practice/id");
            let changed = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "stakeholders": many } })).await;
            assert_eq!(changed.code(), "TOO_LONG");
            assert!(why(&hub.import(&practice(json!({ "stakeholders": many }))).await).contains("at most 200"));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_money_and_pairing_of_a_practice_are_checked_in_an_import_too() {
    on_both(true, |hub| {
        Box::pin(async move {
            let days = hub.import(&practice(json!({ "started_on": "2020-01-02", "ended_on": "2020-01-01" }))).await;
            assert_eq!(why(&days), "“ended_on” lies before “started_on”.");
            let money = hub.import(&practice(json!({ "money": [{ "amount": -1.0, "currency": "euro" }] }))).await;
            assert!(why(&money).contains("ISO 4217") && why(&money).contains("not negative"));
            let pairing = hub.import(&practice(json!({ "pairing": "austin-bologna" }))).await;
            assert_eq!(why(&pairing), "“pairing”: The city is not a city of this pairing.");
            let named = draft(hub, json!({ "pairing": hub.id("pairing", "austin-bologna").await })).await;
            assert_eq!((named.code(), named.paths()), ("BAD_INPUT", vec!["input.pairing".to_owned()]));
            // What was refused left nothing behind.
            assert!(hub.run(None, "{ practice(slug: \"one-rule\") { id } }", json!({})).await.at("/practice").is_null());
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cities_of_a_pairing_and_hosts_of_a_seminar_take_part_in_its_programme_in_an_import_too() {
    on_both(true, |hub| {
        Box::pin(async move {
            let stranger = json!({ "kind": "city", "slug": "one-rule-city", "name": "Oneruleville", "country": "FR" });
            assert!(!hub.import(&format!("{stranger}\n")).await.any_refused());
            let pairing = json!({ "kind": "pairing", "slug": "one-rule", "programme": "iuc-north-america", "cities": ["hamburg", "one-rule-city"] });
            assert_eq!(why(&hub.import(&format!("{pairing}\n")).await), "“cities.1”: This city does not take part in the programme; `addProgrammeCity` first.");
            let mut seminar = json!({ "kind": "seminar", "slug": "one-rule", "seminar_kind": "SEMINAR", "title": "One rule", "language": "en", "host": "one-rule-city",
                "starts_at": "2030-01-01T10:00:00Z", "time_zone": "Europe/Paris", "programme": "iuc-north-america" });
            assert_eq!(why(&hub.import(&format!("{seminar}\n")).await), "“programme”: The host does not take part in this programme.");
            seminar["programme"] = Value::Null;
            seminar["pairing"] = json!("austin-bologna");
            assert_eq!(why(&hub.import(&format!("{seminar}\n")).await), "“pairing”: The host is not a city of this pairing.");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rule_of_today_does_not_lock_up_a_row_of_yesterday() {
    on_both(true, |hub| {
        Box::pin(async move {
            // Hamburg leaves the programme; its pairing can still be told otherwise and be joined by others, and Hamburg joins no other.
            let mut hamburg: Value = json!({ "kind": "city", "slug": "hamburg", "name": "Hamburg", "country": "DE" });
            hamburg["programmes"] = json!([]);
            assert!(!hub.import(&format!("{hamburg}\n")).await.any_refused());
            let pairing = hub.id("pairing", "guadalajara-hamburg").await;
            let update =
                "mutation($input: UpdatePairingInput!) { updatePairing(input: $input) { pairing { summary } errors { code path } } }";
            let told = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": pairing, "summary": "Told otherwise." } })).await;
            assert_eq!(told.text("/updatePairing/pairing/summary"), "Told otherwise.");
            let cities = [hub.id("city", "hamburg").await, hub.id("city", "austin").await];
            let joined = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": pairing, "cities": cities } })).await;
            assert_eq!(joined.at("/updatePairing/errors"), &json!([]));
            let (other, cities) = (hub.id("pairing", "austin-bologna").await, [cities[1].clone(), cities[0].clone()]);
            let anew = hub.run(Some(people::OFFICER), update, json!({ "input": { "id": other, "cities": cities } })).await;
            assert_eq!((anew.code(), &anew.paths()[0][..]), ("BAD_INPUT", "input.cities.1"));
        })
    })
    .await;
}

const CREATE_CITY: &str = "mutation($input: CreateCityInput!) { createCity(input: $input) { city { id } errors { code path message } } }";

/// The verdict of an import on a city, and of a mutation, each by the place it names; none where it is taken.
async fn of_city(hub: &TestHub, record: Value, input: Value) -> (Option<String>, Option<String>) {
    let told = |base: Value, more: &Value| {
        let mut told = base;
        for (name, value) in more.as_object().expect("an object") {
            told[name] = value.clone();
        }
        told
    };
    let line = told(json!({ "kind": "city", "slug": "one-rule", "name": "Oneruleville", "country": "FR" }), &record);
    let report = hub.import(&format!("{line}\n")).await;
    let by_record = match &report.verdicts[0].1 {
        Verdict::Refused(why) => Some(why.split(['“', '”']).nth(1).expect("it names a field").to_owned()),
        _ => None,
    };
    let programmes = [hub.id("programme", "iuc-north-america").await];
    let input = told(json!({ "programmes": programmes, "name": "Oneruleville", "country": "FR" }), &input);
    let done = hub.run(Some(people::ADMINISTRATOR), CREATE_CITY, json!({ "input": input })).await;
    (by_record, done.paths().first().cloned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_is_judged_alike_by_both_doors_and_each_refusal_names_its_field() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (long, seen) = ("A".repeat(5_000), Some(("population.0.value", "input.populations.0.value")));
            for (record, input, named) in [
                (json!({ "name": long }), json!({ "name": long }), Some(("name", "input.name"))),
                (json!({ "name": "\u{200b}\u{ad}" }), json!({ "name": "\u{200b}\u{ad}" }), Some(("name", "input.name"))),
                (json!({ "population": -5 }), json!({ "populations": [{ "value": -5 }] }), seen),
                (
                    json!({ "population": [{ "value": 99_999_999_999_i64 }] }),
                    json!({ "populations": [{ "value": 99_999_999_999_i64 }] }),
                    seen,
                ),
                (json!({ "aliases": [long] }), json!({ "aliases": [{ "name": long }] }), Some(("aliases.0.name", "input.aliases.0.name"))),
                (json!({ "challenges": [long] }), json!({ "challenges": [long] }), Some(("challenges.0", "input.challenges.0"))),
                (
                    json!({ "latitude": 91.0, "longitude": 1.0 }),
                    json!({ "coordinates": { "latitude": 91.0, "longitude": 1.0 } }),
                    Some(("latitude", "input.coordinates")),
                ),
                (json!({ "country": "XX" }), json!({ "country": "XX" }), Some(("country", "input.country"))),
                (json!({ "population": 0 }), json!({ "populations": [{ "value": 0 }] }), None),
            ] {
                let judged = of_city(hub, record.clone(), input).await;
                let expected = named.map(|(record, input)| (record.to_owned(), input.to_owned())).unzip();
                assert_eq!(judged, expected, "{}", &record.to_string()[..record.to_string().len().min(100)]);
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn currencies_amounts_and_unseen_titles_are_refused_by_both_doors() {
    on_both(true, |hub| {
        Box::pin(async move {
            for (more, field) in [
                (json!({ "money": [{ "amount": 5.0, "currency": "€" }] }), "money.0.currency"),
                (json!({ "money": [{ "amount": 5.0, "currency": "" }] }), "money.0.currency"),
                (json!({ "money": [{ "amount": 5.0, "currency": "eur" }] }), "money.0.currency"),
                (json!({ "money": [{ "amount": -5.0, "currency": "EUR" }] }), "money.0.amount"),
                (json!({ "indicators": [{ "name": " ", "value": 1.0 }] }), "indicators.0.name"),
                (json!({ "stakeholders": ["\u{feff}"] }), "stakeholders.0"),
                (json!({ "title": "\u{202e}" }), "title"),
                (json!({ "title": "\u{200b}\u{200d}" }), "title"),
            ] {
                assert_eq!(draft(hub, more.clone()).await.paths(), [format!("input.{field}")], "{more}");
                let told = why(&hub.import(&practice(more.clone())).await);
                assert!(told.contains(&format!("“{field}”")), "{more}: {told}");
            }
            let fine = json!({ "money": [{ "amount": 5.0, "currency": "EUR" }] });
            assert!(!hub.import(&practice(fine)).await.any_refused());
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_record_can_not_be_read_by_is_named() {
    on_both(true, |hub| {
        Box::pin(async move {
            for (record, field) in [
                (json!({ "population": "1,704,694" }), "population"),
                (json!({ "population": 1_704_694.5 }), "population"),
                (json!({ "themes": null }), "themes"),
                (json!({ "latitude": "45.5", "longitude": 1 }), "latitude"),
                (json!({ "language": "english" }), "language"),
                (json!({ "translations": [{ "language": "english" }] }), "translations"),
                (json!({ "translations": 5 }), "translations"),
                (json!({ "profile": 5 }), "profile"),
                (json!({ "aliases": [{ "nam": "X" }] }), "aliases"),
            ] {
                let mut line = json!({ "kind": "city", "slug": "one-rule", "name": "Oneruleville", "country": "FR" });
                for (name, value) in record.as_object().expect("an object") {
                    line[name] = value.clone();
                }
                let told = why(&hub.import(&format!("{line}\n")).await);
                assert!(told.contains(field), "{record}: {told}");
            }
            let told = why(&hub.import(&practice(json!({ "ended_on": "18.07.2018" }))).await);
            assert!(told.contains("“ended_on”"), "{told}");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_zone_is_one_of_iana_and_no_file_of_the_machine() {
    on_both(true, |hub| {
        Box::pin(async move {
            for (zone, is_zone) in
                [("localtime", false), ("posixrules", false), ("Europe/Kyiv", true), ("Europe/Kiev", true), ("Europe/Nowhere", false)]
            {
                let line = json!({ "kind": "seminar", "slug": format!("zone-{}", zone.to_lowercase().replace('/', "-")), "seminar_kind": "WEBINAR", "title": zone, "language": "en",
                    "host": "hamburg", "starts_at": "2019-03-25T10:00:00Z", "time_zone": zone });
                let report = hub.import(&format!("{line}\n")).await;
                assert_eq!(!report.any_refused(), is_zone, "{zone}: {:?}", report.verdicts[0].1);
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_apostrophe_is_one_however_it_is_set() {
    on_both(true, |hub| {
        Box::pin(async move {
            let lines = [("aquila", "L’Aquila", "IT"), ("val", "Val-d'Or", "CA"), ("abidjan", "Abidjan", "CI")];
            let lines: String = lines
                .iter()
                .map(|(slug, name, country)| format!("{}\n", json!({ "kind": "city", "slug": slug, "name": name, "country": country })))
                .collect();
            assert!(!hub.import(&lines).await.any_refused());
            let named = "query($name: String!) { cities(filter: { name: $name }) { nodes { slug } } }";
            for (name, slug) in [("L'Aquila", "aquila"), ("l’aquila", "aquila"), ("Val-d’Or", "val"), ("VAL-D'OR", "val")] {
                let found = hub.run(None, named, json!({ "name": name })).await;
                assert_eq!(found.at("/cities/nodes"), &json!([{ "slug": slug }]), "{name}");
            }
            hub.indexed().await;
            let search = "query($text: String!) { search(text: $text) { edges { node { ... on City { slug } } } } }";
            for text in ["country:\"Côte d’Ivoire\"", "country:\"Côte d'Ivoire\""] {
                let found = hub.run(None, search, json!({ "text": text })).await;
                assert_eq!(found.at("/search/edges"), &json!([{ "node": { "slug": "abidjan" } }]), "{text}");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_scalar_in_a_variable_leaves_what_comes_before_it_undone() {
    const TWICE: &str = "mutation($a: PublishAnnouncementInput!, $b: PublishAnnouncementInput!) { a: publishAnnouncement(input: $a) { position } b: publishAnnouncement(input: $b) { position } }";
    on_both(true, |hub| {
        Box::pin(async move {
            let routes = routes(&hub.app.engine, hub.app.store.files.incoming(), Arc::new(hub.app.readiness())).map_to_response();
            let credential = format!("Bearer {}", hub.token(people::OFFICER).await);
            let programme = hub.id("programme", "iuc-north-america").await;
            let right = json!({ "programme": programme, "language": "en", "title": "Quinces", "body": "Nine." });
            for (field, wrong) in [("language", json!("english")), ("publishedOn", json!("yesterday")), ("publishedOn", json!(5))] {
                let mut other = right.clone();
                other[field] = wrong;
                let body = json!({ "query": TWICE, "variables": { "a": right, "b": other } }).to_string();
                let request = Request::builder().method(Method::POST).uri("/graphql".parse().expect("a path"));
                let request = request.header("authorization", &credential).content_type("application/json").body(body);
                let mut answer = routes.call(request).await.expect("an answer");
                let answer: Value = serde_json::from_str(&answer.take_body().into_string().await.expect("text")).expect("JSON");
                assert_eq!(answer.pointer("/errors/0/extensions/code"), Some(&json!("BAD_VARIABLES")), "{answer:#}");
                let message = answer["errors"][0]["message"].as_str().expect("a message");
                assert!(message.contains(&format!("$b.{field}")) && answer.get("data").is_none(), "{answer:#}");
            }
            let told = hub.run(None, "{ announcements(first: 100) { nodes { title } } }", json!({})).await;
            assert!(!told.at("/announcements/nodes").as_array().expect("a list").contains(&json!({ "title": "Quinces" })));
        })
    })
    .await;
}
