//! A practice from its first draft to its tombstone.
use serde_json::json;

use crate::kit::{on_both, people};

const CREATE: &str = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id slug state version audience { scope } } errors { code path message } position } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { practice { id state version publishedOn } errors { code path message } position } }";
const UPDATE: &str = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { practice { id title version slug audience { scope } } errors { code path message } position } }";
const FIND: &str = "query($text: String!, $at: Position) { search(text: $text, atLeast: $at) { totalCount edges { language node { id } snippets { fragments { text isMatch } } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_practice_is_written_published_found_translated_and_withdrawn() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let input = json!({ "city": hamburg, "language": "de", "title": "Regenspielplätze im Quartier", "summary": "Spielplätze, die Starkregen aufnehmen.", "body": "Zisternenwunder unter Sand." });
            let drafted = hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await;
            let id = drafted.text("/createPractice/practice/id").to_owned();
            assert_eq!(drafted.text("/createPractice/practice/state"), "DRAFT");
            assert_eq!(drafted.text("/createPractice/practice/audience/scope"), "CITY");
            let position = drafted.at("/createPractice/position").clone();

            // A draft is found by its own city and by nobody else.
            let own = hub.run(Some(people::HAMBURG_TOO), FIND, json!({ "text": "Zisternenwunder", "at": position })).await;
            assert_eq!(own.at("/search/totalCount"), 1);
            for other in [None, Some(people::AUSTIN), Some(people::OFFICER)] {
                let hidden = hub.run(other, FIND, json!({ "text": "Zisternenwunder" })).await;
                assert_eq!(hidden.at("/search/totalCount"), 0, "{other:?} finds a draft of Hamburg");
                assert!(hub.run(other, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await.at("/node").is_null());
            }

            // It can't be published before it says what was hard.
            let early = hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await;
            assert_eq!(early.code(), "REQUIRED");
            let told = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "expectedVersion": 1, "difficulties": "Der Sand verschlammt." } })).await;
            assert_eq!(told.at("/updatePractice/practice/version"), 2);
            let stale = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "expectedVersion": 1, "title": "Anders" } })).await;
            assert_eq!(stale.code(), "CONFLICT");
            let published = hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id, "expectedVersion": 2 } })).await;
            assert_eq!(published.text("/publishPractice/practice/state"), "PUBLISHED");
            let again = hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await;
            assert_eq!(again.code(), "WRONG_STATE");

            let found = hub.run(None, FIND, json!({ "text": "zisternenwunder", "at": published.at("/publishPractice/position") })).await;
            assert_eq!(found.text("/search/edges/0/language"), "de");
            assert_eq!(found.text("/search/edges/0/node/id"), id);

            // A translation is found in its language and goes stale when the original changes.
            let translate = "mutation($input: TranslatePracticeInput!) { translatePractice(input: $input) { practice { title(languages: [\"en\"]) translations { language isStale } } errors { code } position } }";
            let translated = hub.run(Some(people::HAMBURG), translate, json!({ "input": { "id": id, "language": "en", "title": "Rain playgrounds", "summary": "Playgrounds that drink cloudbursts.", "body": "A cisternmarvel below." } })).await;
            assert_eq!(translated.text("/translatePractice/practice/title"), "Rain playgrounds");
            assert_eq!(translated.at("/translatePractice/practice/translations/0/isStale"), false);
            let in_english = hub.run(None, FIND, json!({ "text": "cisternmarvel", "at": translated.at("/translatePractice/position") })).await;
            assert_eq!(in_english.text("/search/edges/0/language"), "en");
            let revised = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "body": "Zisternenwunder unter Kies." } })).await;
            assert_eq!(revised.at("/updatePractice/errors"), &json!([]));
            let stale = hub.run_in(None, &["en"], "query($id: ID!) { node(id: $id) { ... on Practice { title text { language isStale isOriginal } } } }", json!({ "id": id })).await;
            assert_eq!(stale.at("/node"), &json!({ "title": "Rain playgrounds", "text": { "language": "en", "isStale": true, "isOriginal": false } }));

            // A rename keeps the old address.
            let renamed = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "slug": "regenspielplaetze" } })).await;
            assert_eq!(renamed.text("/updatePractice/practice/slug"), "regenspielplaetze");
            for slug in [drafted.text("/createPractice/practice/slug"), "regenspielplaetze"] {
                assert_eq!(hub.run(None, "query($slug: String!) { practice(slug: $slug) { id } }", json!({ "slug": slug })).await.text("/practice/id"), id);
            }

            // A tombstone tells why, and is no longer found.
            let own_title = hub.run(None, "query($id: ID!) { node(id: $id) { ... on Practice { title } } }", json!({ "id": id })).await.text("/node/title").to_owned();
            let heir = json!({ "kind": "practice", "slug": "tombstone-heir", "city": "hamburg", "language": "en", "title": "Heir", "summary": "Goes on.", "published_on": "2020-01-01" });
            assert!(!hub.import(&format!("{heir}\n")).await.any_refused());
            let withdraw = "mutation($input: WithdrawPracticeInput!) { withdrawPractice(input: $input) { practice { state withdrawnReason } errors { code } position } }";
            let withdrawn = hub.run(Some(people::HAMBURG), withdraw, json!({ "input": { "id": id, "reason": "Superseded by the sponge plan.", "successor": hub.id("practice", "tombstone-heir").await } })).await;
            assert_eq!(withdrawn.text("/withdrawPractice/practice/withdrawnReason"), "Superseded by the sponge plan.");
            let gone = hub.run(None, FIND, json!({ "text": "cisternmarvel", "at": withdrawn.at("/withdrawPractice/position") })).await;
            assert_eq!(gone.at("/search/totalCount"), 0);

            // What it said is its city's alone from then on; its title, its reason and its successor are told to all who saw it.
            let heir = hub.id("practice", "tombstone-heir").await;
            let asked = "query($id: ID!) { node(id: $id) { ... on Practice { title summary body difficulties withdrawnReason successor { id } text { title } translations { language } money { amount } indicators { name } stakeholders } } }";
            let told = hub.run(None, asked, json!({ "id": id })).await;
            assert_eq!(told.text("/node/title"), own_title);
            assert_eq!((told.text("/node/summary"), told.text("/node/withdrawnReason")), ("", "Superseded by the sponge plan."));
            assert_eq!(told.at("/node/successor/id"), &json!(heir));
            for part in ["body", "difficulties", "text"] {
                assert!(told.at(&format!("/node/{part}")).is_null(), "{part}: {:#}", told.json);
            }
            for list in ["money", "indicators", "stakeholders"] {
                assert_eq!(told.at(&format!("/node/{list}")), &json!([]), "{list}");
            }
            for other in [people::AUSTIN, people::OFFICER, people::READER] {
                assert_eq!(hub.run(Some(other), asked, json!({ "id": id })).await.json, told.json, "{other}");
            }
            for own in [people::HAMBURG, people::ADMINISTRATOR] {
                let read = hub.run(Some(own), asked, json!({ "id": id })).await;
                assert!(!read.text("/node/summary").is_empty() && !read.at("/node/text").is_null(), "{own}");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_writes_for_a_city_they_do_not_represent() {
    on_both(true, |hub| {
        Box::pin(async move {
            let austin = hub.id("city", "austin").await;
            let count = "{ practices { totalCount } }";
            let before = hub.run(Some(people::ADMINISTRATOR), count, json!({})).await.json;
            let input = json!({ "input": { "city": austin, "language": "en", "title": "Not ours", "summary": "To be refused." } });
            for (person, code) in [
                (None, "UNAUTHENTICATED"),
                (Some(people::HAMBURG), "FORBIDDEN"),
                (Some(people::OFFICER), "FORBIDDEN"),
                (Some(people::READER), "FORBIDDEN"),
            ] {
                assert_eq!(hub.run(person, CREATE, input.clone()).await.code(), code, "{person:?}");
            }
            assert_eq!(hub.run(Some(people::ADMINISTRATOR), count, json!({})).await.json, before, "a refused mutation changed something");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idempotency_key_makes_a_retry_harmless() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let input = |title: &str| json!({ "input": { "city": hamburg, "language": "de", "title": title, "summary": "Einmal.", "idempotencyKey": "k1" } });
            let first = hub.run(Some(people::HAMBURG), CREATE, input("Einmal")).await;
            let second = hub.run(Some(people::HAMBURG), CREATE, input("Einmal")).await;
            assert_eq!(first.at("/createPractice"), second.at("/createPractice"));
            assert_eq!(hub.run(Some(people::HAMBURG), CREATE, input("Zweimal")).await.code(), "KEY_REUSED");
            // Another person's keys are their own.
            let other = hub.run(Some(people::HAMBURG_TOO), CREATE, input("Zweimal")).await;
            assert_eq!(other.at("/createPractice/errors"), &json!([]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn narrowing_pulls_a_practice_out_of_everything() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (hamburg, id) = (hub.id("city", "hamburg").await, hub.run(None, "{ practices(filter: { cities: [\"hamburg\"] }, first: 1) { nodes { id } } }", json!({})).await.text("/practices/nodes/0/id").to_owned());
            let events = "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { totalCount } node(id: $id) { id } search(text: \"\", filter: { kinds: [PRACTICE], cities: [\"hamburg\"] }) { nodes { id } } }";
            let seen = hub.run(None, events, json!({ "id": id })).await;
            assert_ne!(seen.at("/exchangeEvents/totalCount"), 0);
            let narrowed = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "shareWith": hamburg } })).await;
            assert_eq!(narrowed.text("/updatePractice/practice/audience/scope"), "CITY");
            hub.indexed().await;
            let hidden = hub.run(None, events, json!({ "id": id })).await;
            assert_eq!(hidden.at("/exchangeEvents/totalCount"), 0, "its past events are narrowed with it");
            assert!(hidden.at("/node").is_null());
            assert!(!hidden.at("/search/nodes").to_string().contains(&id));
            assert_ne!(hub.run(Some(people::HAMBURG_TOO), events, json!({ "id": id })).await.at("/exchangeEvents/totalCount"), 0);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_save_keeps_the_past_of_its_rows() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let drafted = hub
                .run(
                    Some(people::HAMBURG),
                    CREATE,
                    json!({ "input": { "city": hamburg, "language": "de", "title": "Erst", "summary": "So." } }),
                )
                .await;
            let id = drafted.text("/createPractice/practice/id").to_owned();
            hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "title": "Dann" } })).await;
            let (_, uuid) = hansa::base::id::split(&id).expect("an id");
            let past =
                hansa::store::Reader::hub(hub.app.store.db.clone()).history(&[uuid], &["practice"]).await.expect("the past is there");
            let titles: Vec<_> = past
                .iter()
                .map(|past| {
                    (
                        past.version,
                        past.before.as_ref().map(|row| row["title"].clone()),
                        past.after.as_ref().map(|row| row["title"].clone()),
                    )
                })
                .collect();
            assert_eq!(titles, [(1, None, Some(json!("Erst"))), (2, Some(json!("Erst")), Some(json!("Dann")))]);
            assert!(past.iter().all(|past| past.actor.is_some()), "somebody did it");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_hidden_is_no_filter_either() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let draft = json!({ "city": hamburg, "language": "en", "title": "Takeover of the gasworks", "summary": "S." });
            let drafted = hub.run(Some(people::HAMBURG), CREATE, json!({ "input": draft })).await;
            let id = drafted.text("/createPractice/practice/id").to_owned();
            let seminar = json!({ "host": hamburg, "kind": "WEBINAR", "language": "en", "title": "Probe", "startsAt": "2026-09-01T09:00:00Z", "timeZone": "Europe/Berlin", "practices": [id] });
            let schedule = "mutation($input: ScheduleSeminarInput!) { scheduleSeminar(input: $input) { seminar { id } errors { message } } }";
            assert_eq!(hub.run(Some(people::HAMBURG), schedule, json!({ "input": seminar })).await.at("/scheduleSeminar/errors"), &json!([]));
            for named in [id.as_str(), "takeover-of-the-gasworks"] {
                let ask = "query($practice: ID!) { seminars(filter: { practices: [$practice] }) { totalCount } }";
                // As what is not there: whoever names it is told so.
                for person in [None, Some(people::AUSTIN), Some(people::OFFICER)] {
                    let refused = hub.run(person, ask, json!({ "practice": named })).await;
                    let absent = hub.run(person, ask, json!({ "practice": named.replace("gas", "water") })).await;
                    assert_eq!((refused.code(), absent.code()), ("BAD_INPUT", "BAD_INPUT"), "{person:?} asks for {named}");
                }
                let found = hub.run(Some(people::HAMBURG_TOO), ask, json!({ "practice": named })).await;
                assert_eq!(found.at("/seminars/totalCount"), 1, "{named}");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_address_is_nobody_elses() {
    on_both(true, |hub| {
        Box::pin(async move {
            let create = async |person, city: &str, slug: &str| {
                let input = json!({ "city": hub.id("city", city).await, "language": "en", "title": "T", "summary": "S.", "slug": slug });
                hub.run(Some(person), CREATE, json!({ "input": input })).await
            };
            let first = create(people::HAMBURG, "hamburg", "old-address").await;
            let id = first.text("/createPractice/practice/id").to_owned();
            hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "slug": "new-address" } })).await;
            let taken = create(people::AUSTIN, "austin", "old-address").await;
            assert_eq!((taken.code(), taken.at("/createPractice/errors/0/path")), ("TAKEN", &json!(["input", "slug"])));
            let other = create(people::AUSTIN, "austin", "elsewhere").await.text("/createPractice/practice/id").to_owned();
            assert_eq!(
                hub.run(Some(people::AUSTIN), UPDATE, json!({ "input": { "id": other, "slug": "old-address" } })).await.code(),
                "TAKEN"
            );
            // Its own old address it may have back.
            let back = hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": { "id": id, "slug": "old-address" } })).await;
            assert_eq!(back.text("/updatePractice/practice/slug"), "old-address");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_key_makes_one_practice_however_often_and_at_once_it_is_sent() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let retry = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code } } }";
            for round in 0..5 {
                let input = json!({ "city": hamburg, "language": "en", "title": format!("Retried {round}"), "summary": "S.", "idempotencyKey": format!("key {round}") });
                let sent = (0..6).map(|_| hub.run(Some(people::HAMBURG), retry, json!({ "input": input })));
                let answers: Vec<_> = futures_util::future::join_all(sent).await.into_iter().map(|answer| answer.json).collect();
                assert!(answers[0]["data"]["createPractice"]["practice"]["id"].is_string(), "{:#}", answers[0]);
                assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
                // Without a key each is a practice of its own, with a slug of its own. (Two: the ids of tests end alike.)
                let input = json!({ "city": hamburg, "language": "en", "title": format!("Alike {round}"), "summary": "S." });
                let sent = (0..2).map(|_| hub.run(Some(people::HAMBURG), retry, json!({ "input": input })));
                let alike = futures_util::future::join_all(sent).await;
                assert!(alike.iter().all(|answer| answer.json["data"]["createPractice"]["errors"] == json!([])), "{alike:#?}");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_object_of_which_nothing_is_asked_is_empty_and_not_null() {
    on_both(true, |hub| {
        Box::pin(async move {
            let city = hub.id("city", "hamburg").await;
            let asked = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Practice { slug } } node(id: \"city_01h455vb4pex5vsknk084sn02q\") { id } search(text: \"\", filter: { kinds: [CITY] }, first: 1) { nodes { ... on Practice { slug } } } }";
            let answer = hub.run(None, asked, json!({ "ids": [city, "city_01h455vb4pex5vsknk084sn02q"] })).await;
            assert_eq!(answer.at(""), &json!({ "nodes": [{}, null], "node": null, "search": { "nodes": [{}] } }));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_leaves_the_moment_a_thing_was_added() {
    on_both(true, |hub| {
        Box::pin(async move {
            let create = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id createdAt updatedAt } } }";
            let input =
                json!({ "city": hub.id("city", "hamburg").await, "language": "en", "title": "Quiet streets", "summary": "Less noise." });
            let made = hub.run(Some(people::HAMBURG), create, json!({ "input": input })).await;
            let added = made.text("/createPractice/practice/createdAt").to_owned();
            assert_eq!(made.text("/createPractice/practice/updatedAt"), added);
            hub.still.pass(60);
            let update =
                "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { practice { createdAt updatedAt version } } }";
            let changed = hub
                .run(
                    Some(people::HAMBURG),
                    update,
                    json!({ "input": { "id": made.text("/createPractice/practice/id"), "title": "Quieter streets" } }),
                )
                .await;
            assert_eq!(changed.text("/updatePractice/practice/createdAt"), added);
            assert_ne!(changed.text("/updatePractice/practice/updatedAt"), added);
            assert_eq!(changed.at("/updatePractice/practice/version"), 2);
        })
    })
    .await;
}
