//! All applications of two sides are assigned at once: proposed, changed by hand, decided in one transaction, taken back.
use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::kit::{
    Answer, TestHub,
    matching::{OFFICERS, application, bring, call, matches, mutate, ranked, record, three_by_three},
    on_both, people,
};

const WEST: [&str; 3] = ["austin", "baltimore", "boston"];
const EAST: [&str; 3] = ["hamburg", "bologna", "lyon"];
const SHOWN: &str = "assignment { id slug version state total value loss lossSentence isByHand breaches aloneCost weightsVersion undoneReason decidedOn viewerCan audience { scope }
    must { left { slug } right { slug } } pairs { left { slug } right { slug } score isMust worth reasons { points of kind sentence } pairing { id state } }
    alone { application { slug } why sentence cheapestPartner { slug } cheapestCost } nextBest { loss sentence without { left { slug } } with { left { slug } } } }";

async fn propose(hub: &TestHub, person: &str, more: Value) -> Answer {
    let mut input = json!({ "call": hub.id("call", "who-fits").await });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    mutate(hub, person, "proposeAssignment", SHOWN, input).await
}

async fn update(hub: &TestHub, id: &str, mutation: &str, more: Value) -> Answer {
    let mut input = json!({ "id": id });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    mutate(hub, people::OFFICER, mutation, SHOWN, input).await
}

/// The payload's assignment, where nothing was refused.
fn made(answer: &Answer) -> &Value {
    let payload = answer.json["data"].as_object().and_then(|data| data.values().next()).expect("a payload");
    assert_eq!(payload["errors"], json!([]), "{:#}", answer.json);
    &payload["assignment"]
}

fn id(assignment: &Value) -> &str {
    assignment["id"].as_str().expect("an id")
}

async fn of(hub: &TestHub, city: &str) -> String {
    hub.id("application", &application(city)).await
}

async fn tie(hub: &TestHub, left: &str, right: &str) -> Value {
    json!({ "left": of(hub, left).await, "right": of(hub, right).await })
}

/// The pairs by the cities of their slugs.
fn pairs(assignment: &Value) -> BTreeMap<String, String> {
    let city = |side: &Value| side["slug"].as_str().expect("a slug").trim_end_matches("-fits").to_owned();
    assignment["pairs"].as_array().expect("pairs").iter().map(|pair| (city(&pair["left"]), city(&pair["right"]))).collect()
}

/// The scores of all pairs, as `matches` tells them.
async fn scores(hub: &TestHub) -> BTreeMap<(String, String), i64> {
    let mut scores = BTreeMap::new();
    for west in WEST {
        for (east, score) in ranked(&matches(hub, Some(people::OFFICER), west).await) {
            scores.insert((west.to_owned(), east), score);
        }
    }
    scores
}

/// The best sum of three pairs by trying all, where these must be.
fn best(scores: &BTreeMap<(String, String), i64>, must: &[(&str, &str)]) -> i64 {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let wholes = orders.map(|order| WEST.iter().zip(order).map(|(west, at)| (*west, EAST[at])).collect::<Vec<_>>());
    let allowed = wholes.into_iter().filter(|whole| must.iter().all(|pair| whole.contains(pair)));
    allowed.map(|whole| whole.iter().map(|(west, east)| scores[&((*west).to_owned(), (*east).to_owned())]).sum()).max().expect("a whole")
}

async fn close(hub: &TestHub) -> String {
    let call = hub.id("call", "who-fits").await;
    assert_eq!(
        mutate(hub, people::OFFICER, "closeCall", "call { state }", json!({ "id": call })).await.at("/closeCall/call/state"),
        "CLOSED"
    );
    call
}

async fn decide(hub: &TestHub, person: &str, assignment: &str, more: Value) -> Answer {
    let mut input = json!({ "id": hub.id("call", "who-fits").await, "assignment": assignment });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    mutate(
        hub,
        person,
        "decideCall",
        "call { state pairings(orderBy: NAME_ASC) { nodes { state name rulesVersion stateReason cities { slug } } } }",
        input,
    )
    .await
}

/// What became of an application, as its city's people read it.
async fn fate(hub: &TestHub, person: &str, city: &str) -> Value {
    let query = "query($slug: String!) { application(slug: $slug) { state reason reservePosition decidedOn } }";
    hub.run(Some(person), query, json!({ "slug": application(city) })).await.at("/application").clone()
}

async fn states(hub: &TestHub) -> Vec<String> {
    let query =
        "{ call(slug: \"who-fits\") { state pairings { totalCount } applications(first: 100, orderBy: NAME_ASC) { nodes { state } } } }";
    let told = hub.run(Some(people::OFFICER), query, json!({})).await;
    let nodes = told.at("/call/applications/nodes").as_array().expect("a list").clone();
    nodes.iter().map(|node| node["state"].as_str().expect("a state").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_best_whole_is_proposed_and_what_officers_settle_tells_its_cost() {
    on_both(true, |hub| {
        Box::pin(async move {
            three_by_three(hub).await;
            let scores = scores(hub).await;
            let proposed = propose(hub, people::OFFICER, json!({ "aloneCost": 20, "note": "First try." })).await;
            let draft = made(&proposed).clone();
            assert_eq!((&draft["state"], &draft["value"], &draft["loss"], &draft["alone"]), (&json!("DRAFT"), &json!(best(&scores, &[])), &json!(0), &json!([])));
            assert_eq!((&draft["audience"]["scope"], &draft["viewerCan"], &draft["weightsVersion"]), (&json!("OFFICERS"), &json!(["UPDATE"]), &json!(1)));
            assert_eq!(pairs(&draft)["austin"], "hamburg", "each has what the other needs");
            for pair in draft["pairs"].as_array().expect("pairs") {
                let sum: i64 = pair["reasons"].as_array().expect("reasons").iter().map(|reason| reason["points"].as_i64().expect("points")).sum();
                assert_eq!(pair["score"], json!(sum), "{pair:#}");
            }
            assert!(draft["nextBest"]["sentence"].as_str().expect("a sentence").contains("next-best"), "{draft:#}");
            // A pair that must be, whatever the rest: what it costs is told, and the rest is as good as can be.
            let must = update(hub, id(&draft), "updateAssignment", json!({ "must": [tie(hub, "austin", "lyon").await] })).await;
            let bound = made(&must);
            let (free, forced) = (best(&scores, &[]), best(&scores, &[("austin", "lyon")]));
            assert!(forced < free, "or it would cost nothing");
            assert_eq!((&bound["value"], &bound["loss"]), (&json!(forced), &json!(free - forced)), "{bound:#}");
            assert_eq!(pairs(bound)["austin"], "lyon");
            let is_must = bound["pairs"].as_array().expect("pairs").iter().find(|pair| pair["isMust"] == true).expect("one");
            assert_eq!((&is_must["left"]["slug"], &is_must["worth"]), (&json!("austin-fits"), &Value::Null));
            // Exchanged by hand: as it was told, and nothing else.
            let again = update(hub, id(&draft), "updateAssignment", json!({ "must": [] })).await;
            let partners = pairs(made(&again));
            let swap = json!({ "first": tie(hub, "austin", &partners["austin"]).await, "second": tie(hub, "boston", &partners["boston"]).await });
            let swapped = update(hub, id(&draft), "swapAssignmentPairs", swap).await;
            let by_hand = made(&swapped);
            assert_eq!((&pairs(by_hand)["austin"], &pairs(by_hand)["boston"]), (&partners["boston"], &partners["austin"]));
            let sum: i64 = pairs(by_hand).into_iter().map(|pair| scores[&pair]).sum();
            assert_eq!((&by_hand["total"], &by_hand["loss"], &by_hand["isByHand"], &by_hand["breaches"]), (&json!(sum), &json!(free - sum), &json!(true), &json!([])));
            // Austin can serve one partner; and who is left out is told so.
            let both = json!({ "pairs": [tie(hub, "austin", "hamburg").await, tie(hub, "austin", "bologna").await] });
            let over = update(hub, id(&draft), "updateAssignment", both).await;
            let over = made(&over);
            assert_eq!(over["breaches"], json!(["Austin has 2 partners, but can serve 1 partner."]));
            assert_eq!((&over["alone"][0]["why"], over["alone"].as_array().expect("a list").len()), (&json!("BY_HAND"), 3));
            let must_not = update(hub, id(&draft), "updateAssignment", json!({ "mustNot": [tie(hub, "austin", "hamburg").await], "aloneCost": 0, "minimumScore": 50 })).await;
            let apart = made(&must_not);
            assert!(pairs(apart).get("austin") != Some(&"hamburg".to_owned()) && apart["isByHand"] == false, "{apart:#}");
            let alone = apart["alone"].as_array().expect("a list").iter().find(|one| one["application"]["slug"] == "austin-fits").expect("it fits nobody else");
            assert_eq!(alone["why"], "BELOW_MINIMUM");
            assert!(alone["sentence"].as_str().expect("a sentence").starts_with("Austin stays alone: its best"), "{alone:#}");

            for (wrong, code, path) in [
                (json!({ "must": [tie(hub, "hamburg", "austin").await] }), "BAD_INPUT", "input.must.0.left"),
                (json!({ "must": [tie(hub, "austin", "lyon").await], "mustNot": [tie(hub, "austin", "lyon").await] }), "BAD_INPUT", "input.mustNot.0"),
                (json!({ "must": [tie(hub, "austin", "lyon").await, tie(hub, "austin", "bologna").await] }), "BAD_INPUT", "input.must"),
                (json!({ "minimumScore": 101 }), "BAD_INPUT", "input.minimumScore"),
                (json!({ "aloneCost": -1 }), "BAD_INPUT", "input.aloneCost"),
                (json!({ "sides": ["west"] }), "BAD_INPUT", "input.sides"),
                (json!({ "sides": ["west", "north"] }), "BAD_INPUT", "input.sides"),
            ] {
                let refused = propose(hub, people::OFFICER, wrong.clone()).await;
                assert_eq!((refused.code(), refused.paths()), (code, vec![path.to_owned()]), "{wrong}");
            }
            assert_eq!(propose(hub, people::HAMBURG, json!({})).await.code(), "FORBIDDEN");
            let seen = "query($id: ID!) { node(id: $id) { id } assignments { totalCount } call(slug: \"who-fits\") { assignments { totalCount } } programme(slug: \"iuc-north-america\") { assignments { totalCount } } exchangeEvents(filter: { subjects: [$id] }) { nodes { type } } }";
            for (person, is_seen) in [(Some(people::OFFICER), true), (Some(people::HAMBURG), false), (Some(people::STAKEHOLDER), false), (None, false)] {
                let told = hub.run(person, seen, json!({ "id": id(&draft) })).await;
                let count = json!(i64::from(is_seen));
                assert_eq!((told.at("/node").is_null(), told.at("/assignments/totalCount")), (!is_seen, &count), "{person:?}");
                assert_eq!((told.at("/call/assignments/totalCount"), told.at("/programme/assignments/totalCount")), (&count, &count));
                let events = if is_seen { json!(["ASSIGNMENT_PROPOSED", "ASSIGNMENT_CHANGED", "ASSIGNMENT_CHANGED", "ASSIGNMENT_CHANGED", "ASSIGNMENT_CHANGED", "ASSIGNMENT_CHANGED"]) } else { json!([]) };
                let types: Vec<&Value> = told.at("/exchangeEvents/nodes").as_array().expect("a list").iter().map(|node| &node["type"]).collect();
                assert_eq!(json!(types), events, "{person:?}");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_serves_two_partners_gets_two_and_staying_alone_has_its_price() {
    on_both(true, |hub| {
        Box::pin(async move {
            let heat =
                |city: &str, more: Value| record(city, &[("Heat", "en", Some("urban-heat"))], &[("Shade", "en", Some("urban-heat"))], more);
            bring(
                hub,
                &[
                    call(json!({})),
                    heat("hamburg", json!({ "capacity": 2 })),
                    heat("austin", json!({})),
                    heat("boston", json!({})),
                    heat("baltimore", json!({})),
                ],
            )
            .await;
            let asked = json!({ "aloneCost": 10, "idempotencyKey": "once" });
            let draft = propose(hub, people::OFFICER, asked.clone()).await;
            let draft = made(&draft);
            // Asked for again it is the same one, whatever is waiting by now.
            let opted = json!({ "id": of(hub, "austin").await, "optsOut": true });
            mutate(hub, people::AUSTIN, "updateApplicationMatching", "application { state }", opted).await;
            assert_eq!(id(made(&propose(hub, people::OFFICER, asked).await)), id(draft));
            assert_eq!(propose(hub, people::OFFICER, json!({ "idempotencyKey": "once" })).await.code(), "KEY_REUSED");
            assert_eq!(draft["pairs"].as_array().expect("pairs").len(), 2, "{draft:#}");
            let alone = &draft["alone"][0];
            assert_eq!(
                (&alone["why"], &alone["cheapestPartner"]["slug"]),
                (&json!("BETTER_USED_ELSEWHERE"), &json!("hamburg-fits")),
                "{alone:#}"
            );
            assert_eq!(draft["value"], json!(draft["total"].as_i64().expect("a total") - 10));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_is_whole_and_each_city_reads_its_own_reason() {
    on_both(true, |hub| {
        Box::pin(async move {
            three_by_three(hub).await;
            let proposed = propose(hub, people::OFFICER, json!({ "minimumScore": 50 })).await;
            let draft = made(&proposed).clone();
            let paired = pairs(&draft);
            assert!(paired.contains_key("austin") && paired.len() == 2, "two fit: {draft:#}");
            let lost: Vec<&str> = WEST.iter().chain(&EAST).copied().filter(|city| !paired.contains_key(*city) && !paired.values().any(|other| other == city)).collect();
            let [left, right] = lost[..] else { panic!("{lost:?}") };
            assert_eq!(decide(hub, people::OFFICER, id(&draft), json!({ "reason": "So." })).await.code(), "WRONG_STATE", "the call is open");
            close(hub).await;
            let untold = decide(hub, people::OFFICER, id(&draft), json!({})).await;
            assert_eq!((untold.code(), untold.paths()), ("REQUIRED", vec!["input.reason".to_owned()]));
            assert_eq!(decide(hub, people::HAMBURG, id(&draft), json!({ "reason": "So." })).await.code(), "FORBIDDEN");
            assert_eq!(decide(hub, people::OFFICER, id(&draft), json!({ "reason": "So.", "assignmentVersion": 7 })).await.code(), "CONFLICT");
            let reserve_paired = decide(hub, people::OFFICER, id(&draft), json!({ "reason": "So.", "reserve": [of(hub, "austin").await] })).await;
            assert_eq!(reserve_paired.paths(), ["input.reserve.0"]);
            let reserve_twice = json!({ "reason": "So.", "reserve": [of(hub, left).await, of(hub, left).await] });
            assert_eq!(decide(hub, people::OFFICER, id(&draft), reserve_twice).await.paths(), ["input.reserve.1"]);
            assert!(states(hub).await.iter().all(|state| state == "SUBMITTED"), "nothing was done by what was refused");

            // Two officers at once: one of them decides, and everything once.
            let told = json!({ "reserve": [of(hub, left).await], "reason": "No partner fits.", "reasons": [{ "application": of(hub, "austin").await, "reason": "Shade for all." }] });
            let (one, other) = tokio::join!(decide(hub, OFFICERS[0], id(&draft), told.clone()), decide(hub, OFFICERS[1], id(&draft), told.clone()));
            let done: Vec<&Answer> = [&one, &other].into_iter().filter(|answer| answer.at("/decideCall/errors") == &json!([])).collect();
            assert_eq!(done.len(), 1, "{:#} {:#}", one.json, other.json);
            let refused = if done[0].json == one.json { &other } else { &one };
            assert_eq!(refused.code(), "WRONG_STATE");
            assert_eq!(done[0].at("/decideCall/call/state"), "DECIDED");
            let made_pairs = done[0].at("/decideCall/call/pairings/nodes").as_array().expect("a list");
            assert_eq!(made_pairs.len(), 2);
            assert!(made_pairs.iter().all(|pairing| pairing["state"] == "MATCHED" && pairing["rulesVersion"] == 1), "{made_pairs:#?}");
            assert!(made_pairs.iter().any(|pairing| pairing["cities"] == json!([{ "slug": "austin" }, { "slug": "hamburg" }]) && pairing["name"] == "Austin – Hamburg"));

            let of_austin = json!({ "state": "MATCHED", "reason": "Shade for all.", "reservePosition": null, "decidedOn": "2026-06-01" });
            assert_eq!(fate(hub, people::AUSTIN, "austin").await, of_austin);
            assert_eq!(fate(hub, people::HAMBURG, "hamburg").await["reason"], Value::Null);
            assert_eq!(fate(hub, people::HAMBURG, "austin").await, Value::Null, "a reason is nobody else's");
            let waits = json!({ "state": "RESERVE", "reason": "No partner fits.", "reservePosition": 1, "decidedOn": "2026-06-01" });
            assert_eq!(fate(hub, people::OFFICER, left).await, waits);
            assert_eq!(fate(hub, people::OFFICER, right).await["state"], "DECLINED");
            let events = "query($ids: [ID!]!) { exchangeEvents(first: 100, filter: { subjects: $ids }) { nodes { type subjectId } } }";
            let types = async |id: String| {
                let told = hub.run(Some(people::OFFICER), events, json!({ "ids": [id] })).await;
                let nodes = told.at("/exchangeEvents/nodes").as_array().expect("a list").clone();
                nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned()).collect::<Vec<_>>()
            };
            let of_austin = types(of(hub, "austin").await).await;
            assert_eq!(of_austin[of_austin.len() - 2..], ["CITY_SELECTED", "APPLICATION_MATCHED"]);
            assert_eq!(types(of(hub, left).await).await.last().map(String::as_str), Some("APPLICATION_RESERVED"));
            assert_eq!(types(id(&draft).to_owned()).await, ["ASSIGNMENT_PROPOSED", "ASSIGNMENT_DECIDED"]);
            let kept = hub.run(Some(people::OFFICER), "query($id: ID!) { node(id: $id) { ... on Assignment { state decidedOn viewerCan pairs { pairing { name } } } } }", json!({ "id": id(&draft) })).await;
            assert_eq!((kept.at("/node/state"), kept.at("/node/viewerCan")), (&json!("DECIDED"), &json!(["UNDO"])));
            assert!(kept.at("/node/pairs").to_string().contains("Austin – Hamburg"));
            assert_eq!(update(hub, id(&draft), "updateAssignment", json!({ "must": [] })).await.code(), "WRONG_STATE");
            travels(hub).await;
        })
    })
    .await;
}

/// Taken into an empty hub it is the same there.
async fn travels(hub: &TestHub) {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    hub.app.store.export(&first).await.expect("it is written");
    let other = TestHub::empty(hub.backend).await;
    let report = other.app.store.import(std::slice::from_ref(&first), hansa::kernel::import::Options::default()).await.expect("no fault");
    assert!(!report.any_refused(), "{:?}", report.verdicts);
    other.app.store.export(&second).await.expect("it is written");
    for file in ["assignment.jsonl", "application.jsonl", "call.jsonl"] {
        let read = |folder: &std::path::Path| std::fs::read_to_string(folder.join(file)).expect("a file");
        assert_eq!(read(&first), read(&second), "{file}");
    }
    other.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_decided_is_taken_back_whole_with_its_reason_and_decided_anew() {
    on_both(true, |hub| {
        Box::pin(async move {
            three_by_three(hub).await;
            let draft = made(&propose(hub, people::OFFICER, json!({ "minimumScore": 50 })).await).clone();
            close(hub).await;
            assert_eq!(
                decide(hub, people::OFFICER, id(&draft), json!({ "reason": "No partner fits." })).await.at("/decideCall/errors"),
                &json!([])
            );
            let undo = async |person, reason: &str| {
                mutate(hub, person, "undoAssignment", SHOWN, json!({ "id": id(&draft), "reason": reason })).await
            };
            assert_eq!(undo(people::OFFICER, " ").await.code(), "REQUIRED");
            assert_eq!(undo(people::HAMBURG, "So.").await.code(), "NOT_FOUND");
            // A pairing that has gone on is named, and nothing is undone.
            let pairing =
                hub.run(None, "{ pairings(filter: { calls: [\"who-fits\"], name: \"austin\" }) { nodes { id name } } }", json!({})).await;
            let go = async |state: &str| {
                let input = json!({ "id": pairing.at("/pairings/nodes/0/id"), "state": state });
                assert_eq!(
                    mutate(hub, people::OFFICER, "updatePairing", "pairing { state }", input).await.at("/updatePairing/errors"),
                    &json!([])
                );
            };
            go("AGREED").await;
            let refused = undo(people::OFFICER, "A mistake.").await;
            assert_eq!(refused.code(), "WRONG_STATE");
            assert!(refused.message().contains("Austin – Hamburg"), "{}", refused.message());
            assert!(states(hub).await.iter().all(|state| state != "SUBMITTED"));
            go("MATCHED").await;
            // So is one that is matched still, and whose members chose a theme or signed something.
            let act = async |mutation: &str, kind: &str, input: Value| {
                let answer = mutate(hub, people::OFFICER, mutation, &format!("{kind} {{ id }}"), input).await;
                assert_eq!(answer.at(&format!("/{mutation}/errors")), &json!([]));
                answer.at(&format!("/{mutation}/{kind}/id")).clone()
            };
            let own = pairing.at("/pairings/nodes/0/id");
            act("choosePairingPriority", "pairing", json!({ "id": own, "theme": hub.id("theme", "energy").await })).await;
            assert_eq!(undo(people::OFFICER, "A mistake.").await.code(), "WRONG_STATE");
            act("updatePairing", "pairing", json!({ "id": own, "theme": null })).await;
            let agreement = act("createAgreement", "agreement", json!({ "pairing": own, "title": "Memorandum" })).await;
            let signature = json!({ "id": agreement, "member": hub.id("city", "austin").await, "name": "Ann" });
            act("signAgreement", "agreement", signature).await;
            assert!(undo(people::OFFICER, "A mistake.").await.message().contains("Austin – Hamburg"));
            act("endAgreement", "agreement", json!({ "id": agreement, "reason": "A mistake." })).await;
            let undone = undo(people::OFFICER, "A mistake.").await;
            let kept = made(&undone);
            assert_eq!(
                (&kept["state"], &kept["undoneReason"], &kept["decidedOn"], &kept["viewerCan"]),
                (&json!("UNDONE"), &json!("A mistake."), &json!("2026-06-01"), &json!([]))
            );
            assert!(
                kept["pairs"].as_array().expect("pairs").iter().all(|pair| pair["pairing"]["state"] == "ENDED"),
                "what was decided stays readable"
            );
            assert!(states(hub).await.iter().all(|state| state == "SUBMITTED"));
            let call =
                hub.run(None, "{ call(slug: \"who-fits\") { state pairings { nodes { state stateReason endedOn } } } }", json!({})).await;
            assert_eq!(call.at("/call/state"), "CLOSED");
            assert!(
                call.at("/call/pairings/nodes")
                    .as_array()
                    .expect("a list")
                    .iter()
                    .all(|one| one == &json!({ "state": "ENDED", "stateReason": "A mistake.", "endedOn": "2026-06-01" }))
            );
            assert_eq!(
                fate(hub, people::AUSTIN, "austin").await,
                json!({ "state": "SUBMITTED", "reason": null, "reservePosition": null, "decidedOn": null })
            );
            let events = "query($ids: [ID!]!) { exchangeEvents(last: 1, filter: { subjects: $ids }) { nodes { type } } }";
            let call_id = hub.id("call", "who-fits").await;
            for (thing, last) in [
                (id(&draft).to_owned(), "ASSIGNMENT_UNDONE"),
                (call_id, "CALL_REOPENED"),
                (of(hub, "austin").await, "APPLICATION_REOPENED"),
            ] {
                let told = hub.run(Some(people::OFFICER), events, json!({ "ids": [thing] })).await;
                assert_eq!(told.at("/exchangeEvents/nodes"), &json!([{ "type": last }]));
            }
            assert_eq!(decide(hub, people::OFFICER, id(&draft), json!({ "reason": "So." })).await.code(), "WRONG_STATE", "it was undone");
            // A pairing that was ended makes nobody matched.
            let austin = json!({ "id": of(hub, "austin").await });
            mutate(hub, people::OFFICER, "selectApplication", "application { state }", austin.clone()).await;
            assert_eq!(mutate(hub, people::OFFICER, "matchApplication", "application { state }", austin).await.code(), "WRONG_STATE");
            bring(hub, &[json!({ "kind": "application", "slug": application("austin"), "call": "who-fits", "city": "austin", "state": "submitted" })]).await;
            let second = made(&propose(hub, people::OFFICER, json!({ "aloneCost": 100 })).await).clone();
            let again = decide(hub, people::OFFICER, id(&second), json!({})).await;
            assert_eq!(again.at("/decideCall/errors"), &json!([]), "all have partners now: {:#}", again.json);
            assert_eq!(again.at("/decideCall/call/pairings/nodes").as_array().expect("a list").len(), 5);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_that_is_chosen_takes_part_in_the_programme_from_then_on() {
    on_both(true, |hub| {
        Box::pin(async move {
            three_by_three(hub).await;
            let stranger = json!({ "kind": "city", "slug": "othertown", "name": "Othertown", "country": "FR" });
            let more = json!({ "goals": ["sdg-11"] });
            let wants = [("Needed", "en", Some("recycling"))];
            let fits = record("othertown", &[("Had", "en", Some("public-transport"))], &wants, more);
            bring(hub, &[stranger, fits]).await;
            let draft = made(&propose(hub, people::OFFICER, json!({ "aloneCost": 100 })).await).clone();
            assert!(pairs(&draft).values().any(|city| city == "othertown"), "{draft:#}");
            close(hub).await;
            let decided = decide(hub, people::OFFICER, id(&draft), json!({ "reason": "So." })).await;
            assert_eq!(decided.at("/decideCall/errors"), &json!([]), "{:#}", decided.json);
            let joined = hub.run(None, "{ city(slug: \"othertown\") { programmes { slug } pairings { totalCount } } }", json!({})).await;
            assert_eq!(joined.at("/city"), &json!({ "programmes": [{ "slug": "iuc-north-america" }], "pairings": { "totalCount": 1 } }));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changed_since_it_was_reckoned_is_named_and_nothing_is_decided() {
    on_both(true, |hub| {
        Box::pin(async move {
            three_by_three(hub).await;
            let draft = made(&propose(hub, people::OFFICER, json!({})).await).clone();
            close(hub).await;
            let told = json!({ "reason": "So." });
            let withdrawn =
                mutate(hub, people::AUSTIN, "withdrawApplication", "application { state }", json!({ "id": of(hub, "austin").await })).await;
            assert_eq!(withdrawn.at("/withdrawApplication/errors"), &json!([]));
            let out = json!({ "id": of(hub, "lyon").await, "optsOut": true });
            mutate(hub, people::LYON, "updateApplicationMatching", "application { state }", out).await;
            let changed = record("boston", &[("Other", "en", Some("housing"))], &[], json!({}));
            bring(hub, &[changed, record("montreal", &[("Snow", "en", None)], &[], json!({}))]).await;
            let stale = decide(hub, people::OFFICER, id(&draft), told.clone()).await;
            assert_eq!((stale.code(), stale.paths()), ("CONFLICT", vec!["input.assignment".to_owned()]));
            for said in ["taken back, or decided otherwise: Austin", "kept out of matching: Lyon", "changed: Boston", "handed in: Montreal"]
            {
                assert!(stale.message().contains(said), "{said}: {}", stale.message());
            }
            assert!(states(hub).await.iter().all(|state| ["SUBMITTED", "WITHDRAWN"].contains(&state.as_str())));
            // Reckoned anew it is of those who wait now; but Lyon waits for a decision of its own.
            let anew = update(hub, id(&draft), "updateAssignment", json!({ "aloneCost": 0 })).await;
            assert_eq!(made(&anew)["state"], "DRAFT");
            let other = decide(hub, people::OFFICER, id(&draft), told.clone()).await;
            assert_eq!(other.code(), "WRONG_STATE");
            assert!(other.message().contains("Lyon"), "{}", other.message());
            let declined = mutate(
                hub,
                people::OFFICER,
                "declineApplication",
                "application { state }",
                json!({ "id": of(hub, "lyon").await, "reason": "It wants none." }),
            )
            .await;
            assert_eq!(declined.at("/declineApplication/errors"), &json!([]));
            // Other weights are other scores.
            let call = hub.id("call", "who-fits").await;
            mutate(
                hub,
                people::OFFICER,
                "updateCall",
                "call { slug }",
                json!({ "id": call, "matchWeights": { "goals": 10, "languages": 13 } }),
            )
            .await;
            let weighed = decide(hub, people::OFFICER, id(&draft), told.clone()).await;
            assert_eq!(weighed.code(), "CONFLICT");
            assert!(weighed.message().contains("version 1 of the weights"), "{}", weighed.message());
            let last = made(&update(hub, id(&draft), "updateAssignment", json!({ "aloneCost": 1 })).await).clone();
            assert_eq!(last["weightsVersion"], 2);
            // What it breaks by hand can't come true.
            let by_hand = json!({ "pairs": [tie(hub, "boston", "hamburg").await, tie(hub, "boston", "bologna").await] });
            update(hub, id(&draft), "updateAssignment", by_hand).await;
            let broken = decide(hub, people::OFFICER, id(&draft), told.clone()).await;
            assert_eq!((broken.code(), broken.message()), ("WRONG_STATE", "Boston has 2 partners, but can serve 1 partner."));
            update(hub, id(&draft), "updateAssignment", json!({ "aloneCost": 1 })).await;
            let done = decide(hub, people::OFFICER, id(&draft), told).await;
            assert_eq!(done.at("/decideCall/call/state"), "DECIDED", "{:#}", done.json);
        })
    })
    .await;
}
