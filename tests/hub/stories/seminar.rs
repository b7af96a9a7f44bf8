//! A seminar from its announcement to its end, and the run on its places.
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

const SCHEDULE: &str = "mutation($input: ScheduleSeminarInput!) { scheduleSeminar(input: $input) { seminar { id slug version state audience { scope } isRegistrationOpen placesLeft } errors { code path message } position } }";
const UPDATE: &str = "mutation($input: UpdateSeminarInput!) { updateSeminar(input: $input) { seminar { version registered capacity audience { scope } } errors { code path message } position } }";
const MOVE: &str = "mutation($input: MoveSeminarInput!) { moveSeminar(input: $input) { seminar { startsAt endsAt timeZone place } errors { code path message } position } }";
const CANCEL: &str = "mutation($input: CancelSeminarInput!) { cancelSeminar(input: $input) { seminar { state cancelledReason isRegistrationOpen } errors { code path message } position } }";
const HOLD: &str = "mutation($input: MarkSeminarHeldInput!) { markSeminarHeld(input: $input) { seminar { state } errors { code path message } position } }";
const REGISTER: &str = "mutation($input: RegisterForSeminarInput!) { registerForSeminar(input: $input) { seminar { registered placesLeft version viewerRegistration { name city { slug } } } errors { code path message } position } }";
const UNREGISTER: &str = "mutation($input: UnregisterFromSeminarInput!) { unregisterFromSeminar(input: $input) { seminar { registered viewerRegistration { name } } errors { code path message } position } }";
const PLACES: &str = "query($id: ID!) { node(id: $id) { ... on Seminar { version title registered placesLeft participants { totalCount nodes { name person { slug } city { slug } } } } } }";
const EVENTS: &str = "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }, first: 50) { nodes { type } } }";

fn walk(host: &str) -> Value {
    json!({
        "host": host, "kind": "STUDY_VISIT", "language": "de", "title": "Gang über den Warftenweg", "description": "Zwei Stunden Deichkunde.",
        "startsAt": "2026-09-01T09:00:00+02:00", "endsAt": "2026-09-01T11:00:00+02:00", "timeZone": "europe/berlin", "place": "Hamburg, Sandtorkai", "capacity": 2,
    })
}

async fn scheduled(hub: &TestHub, more: Value) -> String {
    let mut input = walk(&hub.id("city", "hamburg").await);
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    let answer = hub.run(Some(people::HAMBURG), SCHEDULE, json!({ "input": input })).await;
    assert_eq!(answer.at("/scheduleSeminar/errors"), &json!([]));
    answer.text("/scheduleSeminar/seminar/id").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seminar_is_scheduled_found_moved_held_or_cancelled() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = scheduled(hub, json!({ "cities": [hub.id("city", "austin").await], "themes": [hub.id("theme", "flood-protection").await] })).await;
            hub.indexed().await;
            let found = hub.run(None, "{ search(text: \"Deichkunde\") { nodes { id } } host: city(slug: \"hamburg\") { seminarsHosted(orderBy: NEWEST, first: 1) { nodes { id timeZone } } } guest: city(slug: \"austin\") { seminars(orderBy: NEWEST, first: 1) { nodes { id } } } seminars(filter: { kinds: [STUDY_VISIT], cities: [\"austin\"], countries: [\"DE\"], themes: [\"flood-protection\"], startsAfter: \"2026-09-01T07:00:00Z\", startsBefore: \"2026-09-01T07:00:01Z\", title: \"UBER\" }) { nodes { id } } }", json!({})).await;
            for place in ["/search/nodes/0/id", "/host/seminarsHosted/nodes/0/id", "/guest/seminars/nodes/0/id", "/seminars/nodes/0/id"] {
                assert_eq!(found.text(place), id, "{place}");
            }
            assert_eq!(found.text("/host/seminarsHosted/nodes/0/timeZone"), "Europe/Berlin");

            let moved = hub.run(Some(people::HAMBURG), MOVE, json!({ "input": { "id": id, "startsAt": "2026-09-02T07:30:00Z", "place": "Hamburg, Landungsbrücken" } })).await;
            assert_eq!(moved.at("/moveSeminar/seminar"), &json!({ "startsAt": "2026-09-02T07:30:00Z", "endsAt": "2026-09-02T09:30:00Z", "timeZone": "Europe/Berlin", "place": "Hamburg, Landungsbrücken" }));
            assert_eq!(hub.run(Some(people::HAMBURG), HOLD, json!({ "input": { "id": id } })).await.code(), "WRONG_STATE", "it has not started");
            assert_eq!(hub.run(Some(people::HAMBURG), CANCEL, json!({ "input": { "id": id, "reason": " " } })).await.code(), "REQUIRED");
            assert_eq!(hub.run(Some(people::LYON), CANCEL, json!({ "input": { "id": id, "reason": "Ours" } })).await.code(), "FORBIDDEN");
            let cancelled = hub.run(Some(people::HAMBURG), CANCEL, json!({ "input": { "id": id, "reason": "Sturmflut" } })).await;
            assert_eq!(cancelled.at("/cancelSeminar/seminar"), &json!({ "state": "CANCELLED", "cancelledReason": "Sturmflut", "isRegistrationOpen": false }));
            assert_eq!(hub.run(Some(people::HAMBURG), MOVE, json!({ "input": { "id": id, "place": "Anderswo" } })).await.code(), "WRONG_STATE");
            let told = hub.run(None, EVENTS, json!({ "id": id })).await;
            assert_eq!(told.at("/exchangeEvents/nodes").as_array().expect("events").iter().map(|event| event["type"].as_str().expect("a type")).collect::<Vec<_>>().len(), 3);
            // The guest's own feed hears of it too: every event is told of every city concerned.
            let guests = hub.run(None, "query($city: ID!) { exchangeEvents(filter: { cities: [$city], types: [SEMINAR_CANCELLED] }) { nodes { subject { id } } } }", json!({ "city": hub.id("city", "austin").await })).await;
            assert!(guests.at("/exchangeEvents/nodes").to_string().contains(&id));

            let held = scheduled(hub, json!({ "title": "Gestern", "startsAt": "2026-05-31T09:00:00Z", "endsAt": null })).await;
            let done = hub.run(Some(people::HAMBURG), HOLD, json!({ "input": { "id": held } })).await;
            assert_eq!(done.text("/markSeminarHeld/seminar/state"), "HELD");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_times_places_and_links_are_refused_by_name() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let pairing = hub.id("pairing", "austin-bologna").await;
            let cases = [
                (json!({ "endsAt": "2026-09-01T08:59:00+02:00" }), "BAD_INPUT", "endsAt"),
                (json!({ "timeZone": "Europe/Atlantis" }), "BAD_INPUT", "timeZone"),
                (json!({ "capacity": 0 }), "BAD_INPUT", "capacity"),
                (json!({ "registrationClosesAt": "2026-09-02T00:00:00Z" }), "BAD_INPUT", "registrationClosesAt"),
                (json!({ "link": "javascript:alert(1)" }), "BAD_INPUT", "link"),
                (json!({ "title": "" }), "REQUIRED", "title"),
                (json!({ "pairing": pairing }), "BAD_INPUT", "pairing"),
                (json!({ "shareWith": pairing }), "TOO_WIDE", "shareWith"),
                (json!({ "slug": "creek-walk-austin-2018" }), "TAKEN", "slug"),
            ];
            for (wrong, code, field) in cases {
                let mut input = walk(&hamburg);
                for (name, value) in wrong.as_object().expect("an object") {
                    input[name] = value.clone();
                }
                let answer = hub.run(Some(people::HAMBURG), SCHEDULE, json!({ "input": input })).await;
                assert_eq!((answer.code(), answer.text("/scheduleSeminar/errors/0/path/1")), (code, field), "{:#}", answer.json);
            }
            for (person, code) in [
                (None, "UNAUTHENTICATED"),
                (Some(people::AUSTIN), "FORBIDDEN"),
                (Some(people::READER), "FORBIDDEN"),
                (Some(people::OFFICER), "FORBIDDEN"),
            ] {
                assert_eq!(hub.run(person, SCHEDULE, json!({ "input": walk(&hamburg) })).await.code(), code, "{person:?}");
            }
            // An officer schedules for a city of their programme, within the programme.
            let mut input = walk(&hamburg);
            input["programme"] = json!(hub.id("programme", "iuc-north-america").await);
            assert_eq!(hub.run(Some(people::OFFICER), SCHEDULE, json!({ "input": input })).await.at("/scheduleSeminar/errors"), &json!([]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn places_are_taken_given_back_and_seen_by_those_who_may() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = scheduled(hub, json!({})).await;
            let input = json!({ "input": { "id": id } });
            assert_eq!(hub.run(None, REGISTER, input.clone()).await.code(), "UNAUTHENTICATED");
            let first = hub.run(Some(people::READER), REGISTER, input.clone()).await;
            assert_eq!(first.at("/registerForSeminar/seminar"), &json!({ "registered": 1, "placesLeft": 1, "version": 1, "viewerRegistration": { "name": "Robin Leseman", "city": null } }));
            let again = hub.run(Some(people::READER), REGISTER, input.clone()).await;
            assert_eq!(again.at("/registerForSeminar/seminar"), first.at("/registerForSeminar/seminar"), "twice is the same as once");

            // For a city, but only for one's own.
            let austin = hub.id("city", "austin").await;
            assert_eq!(hub.run(Some(people::READER), REGISTER, json!({ "input": { "id": id, "city": austin } })).await.code(), "FORBIDDEN");
            let second = hub.run(Some(people::AUSTIN), REGISTER, json!({ "input": { "id": id, "city": austin } })).await;
            assert_eq!(second.text("/registerForSeminar/seminar/viewerRegistration/city/slug"), "austin");
            assert_eq!(hub.run(Some(people::LYON), REGISTER, input.clone()).await.code(), "FULL");
            let fewer = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "expectedVersion": 1, "capacity": 1 } })).await;
            assert_eq!(fewer.code(), "WRONG_STATE", "two places are taken");

            // Who takes part is the business of those who hold it; accounts are members' to see.
            let hosts = hub.run(Some(people::HAMBURG_TOO), PLACES, json!({ "id": id })).await;
            assert_eq!(hosts.at("/node/participants"), &json!({ "totalCount": 2, "nodes": [
                { "name": "Robin Leseman", "person": null, "city": null }, { "name": "Dale Creekmore", "person": { "slug": people::AUSTIN }, "city": { "slug": "austin" } }] }));
            for other in [None, Some(people::READER), Some(people::AUSTIN), Some(people::OFFICER)] {
                assert!(hub.run(other, PLACES, json!({ "id": id })).await.at("/node/participants").is_null(), "{other:?}");
            }
            let administrator = hub.run(Some(people::ADMINISTRATOR), PLACES, json!({ "id": id })).await;
            assert_eq!(administrator.text("/node/participants/nodes/0/person/slug"), people::READER);

            let freed = hub.run(Some(people::READER), UNREGISTER, input.clone()).await;
            assert_eq!(freed.at("/unregisterFromSeminar/seminar"), &json!({ "registered": 1, "viewerRegistration": null }));
            assert_eq!(hub.run(Some(people::READER), UNREGISTER, input.clone()).await.at("/unregisterFromSeminar/seminar/registered"), 1);
            assert_eq!(hub.run(Some(people::LYON), REGISTER, input.clone()).await.at("/registerForSeminar/errors"), &json!([]));
            assert_eq!(hub.run(Some(people::READER), REGISTER, input.clone()).await.code(), "FULL");

            // The door closes with the start; a place may still be given back until then.
            hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "capacity": null, "registrationClosesAt": "2026-07-01T00:00:00Z" } })).await;
            hub.still.pass(31 * 86_400);
            assert_eq!(hub.run(Some(people::READER), REGISTER, input.clone()).await.code(), "WRONG_STATE");
            assert_eq!(hub.run(Some(people::LYON), UNREGISTER, input.clone()).await.at("/unregisterFromSeminar/errors"), &json!([]));
            hub.still.pass(90 * 86_400);
            assert_eq!(hub.run(Some(people::AUSTIN), UNREGISTER, input).await.code(), "WRONG_STATE");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_on_the_last_places_takes_no_more_than_there_are() {
    const CROWD: [&str; 12] = [
        "maude-montreal",
        "neil-manchester",
        "itzel-merida",
        "eleni-west-athens",
        "rocio-guadalajara",
        "bruno-turin",
        "tasha-baltimore",
        "lena-fort-collins",
        "kalina-varna",
        "owen-boston",
        "june-new-york",
        "quim-barcelona",
    ];
    on_both(true, |hub| {
        Box::pin(async move {
            let id = scheduled(hub, json!({ "capacity": 5 })).await;
            let input = json!({ "input": { "id": id } });
            // Each of them three times at once, while the host keeps rewriting the seminar.
            let crowd = join_all((0..36).map(|turn| hub.run(Some(CROWD[turn % CROWD.len()]), REGISTER, input.clone())));
            let rewrites = join_all(
                (0..10)
                    .map(|turn| hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "title": format!("Gang {turn}") } }))),
            );
            let (crowd, rewrites) = futures_util::join!(crowd, rewrites);
            for rewrite in rewrites {
                assert_eq!(rewrite.at("/updateSeminar/errors"), &json!([]), "registrations are in nobody's way");
            }
            let mut inside = std::collections::BTreeSet::new();
            for (turn, answer) in crowd.iter().enumerate() {
                match answer.at("/registerForSeminar/errors")[0]["code"].as_str() {
                    None => drop(inside.insert(turn % CROWD.len())),
                    code => assert_eq!(code, Some("FULL"), "{:#}", answer.json),
                }
            }
            assert_eq!(inside.len(), 5);
            let places = hub.run(Some(people::HAMBURG), PLACES, json!({ "id": id })).await;
            assert_eq!(
                (places.at("/node/registered"), places.at("/node/placesLeft"), places.at("/node/participants/totalCount")),
                (&json!(5), &json!(0), &json!(5))
            );
            assert_eq!(places.at("/node/version"), 11);
            // And out again, twice at once each.
            let out = join_all((0..24).map(|turn| hub.run(Some(CROWD[turn % CROWD.len()]), UNREGISTER, input.clone()))).await;
            assert!(out.iter().all(|answer| answer.at("/unregisterFromSeminar/errors") == &json!([])));
            let places = hub.run(Some(people::HAMBURG), PLACES, json!({ "id": id })).await;
            assert_eq!((places.at("/node/registered"), places.at("/node/participants/totalCount")), (&json!(0), &json!(0)));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seminar_shared_with_a_pairing_is_for_its_people() {
    on_both(true, |hub| {
        Box::pin(async move {
            let pairing = hub.id("pairing", "guadalajara-hamburg").await;
            let id = scheduled(hub, json!({ "pairing": pairing })).await;
            let narrowed = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "shareWith": pairing } })).await;
            assert_eq!(narrowed.text("/updateSeminar/seminar/audience/scope"), "PAIRING");
            hub.indexed().await;
            for (person, sees) in [(None, false), (Some(people::AUSTIN), false), (Some(people::OFFICER), false), (Some(people::STAKEHOLDER), true), (Some("rocio-guadalajara"), true)] {
                let looks = hub.run(person, "query($id: ID!) { node(id: $id) { id } search(text: \"Deichkunde\") { totalCount } exchangeEvents(filter: { subjects: [$id] }) { totalCount } pairing(slug: \"guadalajara-hamburg\") { seminars(filter: { kinds: [STUDY_VISIT] }) { nodes { id } } } }", json!({ "id": id })).await;
                let seen = [!looks.at("/node").is_null(), looks.at("/search/totalCount") == 1, looks.at("/exchangeEvents/totalCount") == 2, looks.at("/pairing/seminars").to_string().contains(&id)];
                assert_eq!(seen, [sees; 4], "{person:?}");
                let registered = hub.run(person.or(Some(people::READER)), REGISTER, json!({ "input": { "id": id } })).await;
                assert_eq!(registered.at("/registerForSeminar/errors")[0]["code"].as_str(), (!sees).then_some("NOT_FOUND"), "{person:?}");
            }
            let opened = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "shareWith": null } })).await;
            assert_eq!(opened.text("/updateSeminar/seminar/audience/scope"), "PUBLIC");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guests_hear_of_every_step_though_it_names_no_guest() {
    on_both(true, |hub| {
        Box::pin(async move {
            let austin = hub.id("city", "austin").await;
            let past = json!({ "cities": [austin], "startsAt": "2018-09-01T09:00:00Z", "endsAt": null });
            let id = scheduled(hub, past).await;
            hub.run(Some(people::HAMBURG), MOVE, json!({ "input": { "id": id, "place": " Hamburg, town hall " } })).await;
            hub.run(Some(people::HAMBURG), HOLD, json!({ "input": { "id": id } })).await;
            let heard = "query($city: ID!, $id: ID!) { exchangeEvents(filter: { cities: [$city], subjects: [$id] }) { nodes { type } } }";
            let heard = hub.run(None, heard, json!({ "city": austin, "id": id })).await;
            assert_eq!(
                heard.at("/exchangeEvents/nodes"),
                &json!([{ "type": "SEMINAR_SCHEDULED" }, { "type": "SEMINAR_MOVED" }, { "type": "SEMINAR_HELD" }])
            );
            let place = hub.run(None, "query($id: ID!) { node(id: $id) { ... on Seminar { place } } }", json!({ "id": id })).await;
            assert_eq!(place.text("/node/place"), "Hamburg, town hall");
        })
    })
    .await;
}
