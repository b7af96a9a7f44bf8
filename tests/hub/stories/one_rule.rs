//! A row obeys one rule, whoever saves it: a mutation that makes it, one that changes it, or an import.
use hansa::kernel::import::{Report, Verdict};
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
            assert!(why(&hub.import(&practice(json!({ "stakeholders": many }))).await).contains("200 stakeholders"));
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
            assert_eq!(why(&pairing), "The city is not a city of this pairing.");
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
            assert_eq!(why(&hub.import(&format!("{pairing}\n")).await), "This city does not take part in the programme.");
            let mut seminar = json!({ "kind": "seminar", "slug": "one-rule", "seminar_kind": "SEMINAR", "title": "One rule", "language": "en", "host": "one-rule-city",
                "starts_at": "2030-01-01T10:00:00Z", "time_zone": "Europe/Paris", "programme": "iuc-north-america" });
            assert_eq!(why(&hub.import(&format!("{seminar}\n")).await), "The host does not take part in this programme.");
            seminar["programme"] = Value::Null;
            seminar["pairing"] = json!("austin-bologna");
            assert_eq!(why(&hub.import(&format!("{seminar}\n")).await), "The host is not a city of this pairing.");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rule_of_today_does_not_lock_up_a_row_of_yesterday() {
    on_both(true, |hub| {
        Box::pin(async move {
            // Hamburg leaves the programme; its pairing can still be told otherwise, though not be joined anew.
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
            assert_eq!((joined.code(), &joined.paths()[0][..]), ("BAD_INPUT", "input.cities.0"));
        })
    })
    .await;
}
