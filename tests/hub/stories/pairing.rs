//! Cities are brought together, by the rules of a call.
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

const CREATE: &str = "mutation($input: CreatePairingInput!) { createPairing(input: $input) { pairing { id slug name state version audience { scope } commitmentUntil supportUntil isSupported cities { slug } } errors { code path message } position } }";
const UPDATE: &str = "mutation($input: UpdatePairingInput!) { updatePairing(input: $input) { pairing { name slug state startedOn commitmentUntil supportUntil isSupported audience { scope } cities { slug } } errors { code path message } position } }";

async fn cities(hub: &TestHub, slugs: &[&str]) -> Vec<String> {
    let mut ids = Vec::new();
    for slug in slugs {
        ids.push(hub.id("city", slug).await);
    }
    ids
}

/// Has its cities agree and sign.
async fn agreed(hub: &TestHub, pairing: &str, members: &[&str]) {
    let told = hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": pairing, "state": "AGREED" } })).await;
    assert_eq!(told.at("/updatePairing/errors"), &json!([]));
    let create = "mutation($input: CreateAgreementInput!) { createAgreement(input: $input) { agreement { id } errors { code message } } }";
    let made = hub.run(Some(people::OFFICER), create, json!({ "input": { "pairing": pairing, "title": "Memorandum" } })).await;
    let sign = "mutation($input: SignAgreementInput!) { signAgreement(input: $input) { errors { code message } } }";
    for member in cities(hub, members).await {
        let input = json!({ "id": made.text("/createAgreement/agreement/id"), "member": member, "name": "Somebody" });
        assert_eq!(hub.run(Some(people::OFFICER), sign, json!({ "input": input })).await.at("/signAgreement/errors"), &json!([]));
    }
}

async fn input(hub: &TestHub, slugs: &[&str], more: Value) -> Value {
    let mut input = json!({ "programme": hub.id("programme", "iuc-north-america").await, "cities": cities(hub, slugs).await });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    json!({ "input": input })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pairing_binds_for_as_long_as_its_call_says_and_no_day_is_invented() {
    on_both(true, |hub| {
        Box::pin(async move {
            let call = hub.id("call", "iuc-north-america-2018").await;
            let made = hub.run(Some(people::OFFICER), CREATE, input(hub, &["austin", "lyon"], json!({ "call": call })).await).await;
            assert_eq!(made.at("/createPairing/errors"), &json!([]));
            let pairing = made.at("/createPairing/pairing");
            assert_eq!((pairing["name"].as_str(), pairing["slug"].as_str(), pairing["state"].as_str()), (Some("Austin – Lyon"), Some("austin-lyon"), Some("MATCHED")));
            assert!(pairing["commitmentUntil"].is_null() && pairing["supportUntil"].is_null(), "its start is unknown");
            let id = pairing["id"].as_str().expect("an id");

            // Nothing jumps: it becomes active when its cities agreed and signed.
            let jumped = hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": id, "state": "ACTIVE" } })).await;
            assert_eq!((jumped.code(), jumped.paths()), ("WRONG_STATE", vec!["input.state".to_owned()]));
            agreed(hub, id, &["austin", "lyon"]).await;
            let started = hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": id, "expectedVersion": 2, "startedOn": "2018-08-31", "state": "ACTIVE" } })).await;
            let told = started.at("/updatePairing/pairing");
            assert_eq!((told["commitmentUntil"].as_str(), told["supportUntil"].as_str(), &told["isSupported"]), (Some("2020-02-29"), Some("2020-02-29"), &json!(false)));
            for wrong in ["1900-01-01", "2037-01-01"] {
                let far = hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": id, "startedOn": wrong } })).await;
                assert_eq!((far.code(), far.paths()), ("BAD_INPUT", vec!["input.startedOn".to_owned()]));
            }
            let fresh = hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": id, "startedOn": "2026-01-15" } })).await;
            assert_eq!(fresh.at("/updatePairing/pairing/isSupported"), true);
            let unknown = hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": id, "startedOn": null } })).await;
            assert!(unknown.at("/updatePairing/pairing/isSupported").is_null() && unknown.at("/updatePairing/pairing/supportUntil").is_null());

            let seen = hub.run(None, "{ city(slug: \"lyon\") { pairings { nodes { slug } } } pairings(filter: { countries: [\"FR\"], states: [ACTIVE], programmes: [\"iuc-north-america\"], calls: [\"iuc-north-america-2018\"] }) { nodes { slug } } }", json!({})).await;
            assert_eq!(seen.at("/city/pairings/nodes"), &json!([{ "slug": "austin-lyon" }, { "slug": "boston-lyon" }]));
            assert_eq!(seen.at("/pairings/nodes"), &json!([{ "slug": "austin-lyon" }]));
            let events = hub.run(None, "query($city: ID!) { exchangeEvents(filter: { cities: [$city], types: [PAIRING_ACTIVATED] }) { nodes { summary } } }", json!({ "city": hub.id("city", "lyon").await })).await;
            assert_eq!(events.at("/exchangeEvents/nodes"), &json!([{ "summary": "Austin – Lyon" }]));

            let ended = hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": id, "state": "ENDED", "reason": "Austin withdrew." } })).await;
            assert_eq!(ended.at("/updatePairing/pairing/isSupported"), false);
            assert_eq!(hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": id, "state": "ACTIVE" } })).await.code(), "WRONG_STATE");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_cities_of_the_programme_are_paired_and_only_by_its_officers() {
    on_both(true, |hub| {
        Box::pin(async move {
            let report = hub.import("{\"kind\":\"city\",\"slug\":\"porto\",\"name\":\"Porto\",\"country\":\"PT\"}\n").await;
            assert!(!report.any_refused());
            for (slugs, code) in [(&["austin"][..], "BAD_INPUT"), (&["austin", "austin"], "BAD_INPUT"), (&["austin", "porto"], "BAD_INPUT")]
            {
                assert_eq!(hub.run(Some(people::OFFICER), CREATE, input(hub, slugs, json!({})).await).await.code(), code, "{slugs:?}");
            }
            let good = input(hub, &["austin", "lyon"], json!({})).await;
            for (person, code) in [(None, "UNAUTHENTICATED"), (Some(people::AUSTIN), "FORBIDDEN"), (Some(people::READER), "FORBIDDEN")] {
                assert_eq!(hub.run(person, CREATE, good.clone()).await.code(), code, "{person:?}");
            }
            let foreign = input(hub, &["austin", "lyon"], json!({ "shareWith": hub.id("city", "austin").await })).await;
            assert_eq!(hub.run(Some(people::OFFICER), CREATE, foreign).await.code(), "TOO_WIDE");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pairing_is_seen_by_its_programme_and_opens_the_door_to_its_cities() {
    on_both(true, |hub| {
        Box::pin(async move {
            let programme = hub.id("programme", "iuc-north-america").await;
            let made = hub.run(Some(people::OFFICER), CREATE, input(hub, &["austin", "lyon"], json!({ "shareWith": programme })).await).await;
            assert_eq!(made.text("/createPairing/pairing/audience/scope"), "PROGRAMME");
            let id = made.text("/createPairing/pairing/id").to_owned();
            for (person, sees) in [(None, false), (Some(people::READER), false), (Some(people::HAMBURG), true), (Some(people::OFFICER), true)] {
                let node = hub.run(person, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
                assert_eq!(!node.at("/node").is_null(), sees, "{person:?}");
            }
            // What Austin shares with the new pairing, Lyon sees: rights follow the pairing at once.
            let draft = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } position } }";
            let shared = hub.run(Some(people::AUSTIN), draft, json!({ "input": { "city": hub.id("city", "austin").await, "language": "en", "title": "Between us", "summary": "Two.", "shareWith": id } })).await;
            let practice = shared.text("/createPractice/practice/id").to_owned();
            let looks = |person| hub.run(person, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": practice }));
            assert!(!looks(Some(people::LYON)).await.at("/node").is_null());
            assert!(looks(Some(people::BOLOGNA)).await.at("/node").is_null());
            let regrouped = hub.run(Some(people::OFFICER), UPDATE, json!({ "input": { "id": id, "cities": cities(hub, &["austin", "bologna"]).await } })).await;
            assert_eq!(regrouped.at("/updatePairing/pairing/cities"), &json!([{ "slug": "austin" }, { "slug": "bologna" }]));
            assert!(looks(Some(people::LYON)).await.at("/node").is_null());
            assert!(!looks(Some(people::BOLOGNA)).await.at("/node").is_null());
        })
    })
    .await;
}
