//! A city seeks partners for a practice; others say that they would be, and are told, and nobody else learns who.
use futures_util::join;
use hansa::kernel::import::Verdict;
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const DAY: i64 = 86_400;
const SOUGHT: &str = "query($id: ID!) { node(id: $id) { ... on Practice { seeksPartners { until places note placesLeft isOpen } } } practices(filter: { seeksPartners: true, cities: [\"hamburg\"] }) { nodes { id } }
    others: practices(first: 100, filter: { seeksPartners: false, cities: [\"hamburg\"] }) { nodes { id } } }";
const EVENTS: &str = "query($id: ID!) { exchangeEvents(filter: { subjects: [$id] }) { nodes { type } } }";

/// A published practice of Hamburg with this slug.
async fn practice(hub: &TestHub, slug: &str) -> String {
    let line = json!({ "kind": "practice", "slug": slug, "city": "hamburg", "language": "en", "title": format!("Hedges {slug}"), "summary": "Hedges that feed.", "published_on": "2026-01-01" });
    let report = hub.import(&format!("{line}\n")).await;
    assert!(!report.any_refused(), "{:?}", report.verdicts);
    hub.id("practice", slug).await
}

/// The same, for which partners are sought.
async fn sought(hub: &TestHub, slug: &str, more: Value) -> String {
    let id = practice(hub, slug).await;
    let mut input = json!({ "id": id, "places": 1 });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    let answer = hub.mutate(people::HAMBURG, "practice", "seekPartners", input).await;
    assert_eq!(answer.at("/seekPartners/errors"), &json!([]));
    id
}

async fn express(hub: &TestHub, person: &str, practice: &str, city: &str) -> Answer {
    let input = json!({ "practice": practice, "city": hub.id("city", city).await, "note": "Unsere Hecken hungern.", "language": "de" });
    hub.mutate(person, "interest", "expressInterest", input).await
}

async fn expressed(hub: &TestHub, person: &str, practice: &str, city: &str) -> String {
    express(hub, person, practice, city).await.text("/expressInterest/interest/id").to_owned()
}

/// The state of an interest, as somebody sees it, and its answer.
async fn stands(hub: &TestHub, person: &str, id: &str) -> Value {
    let query = "query($id: ID!) { node(id: $id) { ... on Interest { state answer } } }";
    hub.run(Some(person), query, json!({ "id": id })).await.at("/node").clone()
}

async fn left(hub: &TestHub, practice: &str) -> Value {
    hub.run(None, SOUGHT, json!({ "id": practice })).await.at("/node/seeksPartners/placesLeft").clone()
}

async fn types(hub: &TestHub, person: Option<&str>, id: &str) -> Vec<String> {
    let answer = hub.run(person, EVENTS, json!({ "id": id })).await;
    let nodes = answer.at("/exchangeEvents/nodes").as_array().expect("a list").clone();
    nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_says_for_which_practice_until_when_and_for_how_many_it_seeks_partners() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = practice(hub, "medlars").await;
            let seek = async |person: &str, more: Value| {
                let mut input = json!({ "id": id, "places": 2 });
                for (name, value) in more.as_object().expect("an object") {
                    input[name] = value.clone();
                }
                hub.mutate(person, "practice", "seekPartners", input).await
            };
            for (more, code, place) in [
                (json!({ "places": 0 }), "BAD_INPUT", "input.places"),
                (json!({ "places": 101 }), "BAD_INPUT", "input.places"),
                (json!({ "until": "2026-05-31" }), "BAD_INPUT", "input.until"),
                (json!({ "note": "x".repeat(2_001) }), "TOO_LONG", "input.note"),
            ] {
                let answer = seek(people::HAMBURG, more).await;
                assert_eq!((answer.code(), answer.paths()), (code, vec![place.to_owned()]), "{:#}", answer.json);
            }
            assert_eq!(seek(people::AUSTIN, json!({})).await.code(), "FORBIDDEN");
            assert_eq!(hub.mutate(people::HAMBURG, "practice", "stopSeekingPartners", json!({ "id": id })).await.code(), "WRONG_STATE");

            let until = seek(people::HAMBURG, json!({ "until": "2026-06-01", "note": " Bring a spade. " })).await;
            assert_eq!(until.at("/seekPartners/errors"), &json!([]));
            let told = hub.run(None, SOUGHT, json!({ "id": id })).await;
            assert_eq!(
                told.at("/node/seeksPartners"),
                &json!({ "until": "2026-06-01", "places": 2, "note": "Bring a spade.", "placesLeft": 2, "isOpen": true })
            );
            assert!(told.at("/practices/nodes").to_string().contains(&id) && !told.at("/others/nodes").to_string().contains(&id));
            // The last day is one of them; the next is not.
            hub.still.pass(DAY);
            let over = hub.run(None, SOUGHT, json!({ "id": id })).await;
            assert_eq!(over.at("/node/seeksPartners/isOpen"), &json!(false));
            assert!(!over.at("/practices/nodes").to_string().contains(&id) && over.at("/others/nodes").to_string().contains(&id));
            assert_eq!(express(hub, people::AUSTIN, &id, "austin").await.message(), "It sought partners until 2026-06-01.");

            assert_eq!(seek(people::HAMBURG_TOO, json!({})).await.at("/seekPartners/errors"), &json!([]), "until further notice");
            assert_eq!(hub.run(None, SOUGHT, json!({ "id": id })).await.at("/node/seeksPartners/isOpen"), &json!(true));
            assert_eq!(
                hub.mutate(people::HAMBURG, "practice", "stopSeekingPartners", json!({ "id": id })).await.at("/stopSeekingPartners/errors"),
                &json!([])
            );
            assert!(hub.run(None, SOUGHT, json!({ "id": id })).await.at("/node/seeksPartners").is_null());
            assert_eq!(
                types(hub, None, &id).await,
                ["PRACTICE_PUBLISHED", "PARTNERS_SOUGHT", "PARTNERS_SOUGHT", "PARTNERS_SOUGHT_NO_MORE"]
            );
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_seeks_partners_by_the_same_rules() {
    on_both(true, |hub| {
        Box::pin(async move {
            let practice = |more: Value| {
                let mut line = json!({ "kind": "practice", "slug": "recorded", "city": "hamburg", "language": "en", "title": "Recorded", "summary": "S.", "published_on": "2020-01-01" });
                for (name, value) in more.as_object().expect("an object") {
                    line[name] = value.clone();
                }
                format!("{line}\n")
            };
            for (more, place) in [
                (json!({ "seeks_places": 0 }), "seeks_places"),
                (json!({ "seeks_until": "2030-01-01" }), "seeks_places"),
                (json!({ "seeks_places": 2, "published_on": null, "state": "draft" }), "seeks_places"),
            ] {
                let verdict = format!("{:?}", hub.import(&practice(more)).await.verdicts[0].1);
                assert!(verdict.contains("Refused") && verdict.contains(place), "{verdict}");
            }
            assert!(!hub.import(&practice(json!({ "seeks_places": 2, "seeks_until": "2030-01-01" }))).await.any_refused());
            let interest = |slug: &str, city: &str, state: &str| format!("{}\n", json!({ "kind": "interest", "slug": slug, "practice": "recorded", "city": city, "state": state }));
            let own = format!("{:?}", hub.import(&interest("own", "hamburg", "expressed")).await.verdicts[0].1);
            assert!(own.contains("This city did it itself"), "{own}");
            assert!(!hub.import(&[interest("one", "austin", "accepted"), interest("two", "austin", "withdrawn")].concat()).await.any_refused());
            assert_eq!(left(hub, &hub.id("practice", "recorded").await).await, 1);
            // Once at a time.
            let twice = hub.import(&interest("three", "austin", "expressed")).await;
            assert!(matches!(twice.verdicts[0].1, Verdict::Refused(_)), "{:?}", twice.verdicts);
            assert_eq!(hub.import(&interest("one", "austin", "accepted")).await.count(|verdict| *verdict == Verdict::Unchanged), 1);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_two_cities_see_an_interest_and_nobody_else_does() {
    on_both(true, |hub| {
        Box::pin(async move {
            let practice = sought(hub, "medlars", json!({})).await;
            let id = expressed(hub, people::AUSTIN, &practice, "austin").await;
            let ways = "query($id: ID!, $practice: ID!) { node(id: $id) { id } interests(filter: { practices: [$practice], cities: [\"austin\"], states: [EXPRESSED] }) { totalCount nodes { id } }
                practice: node(id: $practice) { ... on Practice { interests { totalCount } } } austin: city(slug: \"austin\") { interests(filter: { practices: [$practice] }) { totalCount } }
                hamburg: city(slug: \"hamburg\") { interestsReceived(filter: { practices: [$practice] }) { totalCount } } exchangeEvents(filter: { subjects: [$id] }) { totalCount } }";
            for (person, is_seen) in [
                (None, false),
                (Some(people::HAMBURG), true),
                (Some(people::HAMBURG_TOO), true),
                (Some(people::AUSTIN), true),
                (Some(people::ADMINISTRATOR), true),
                (Some(people::OFFICER), false),
                (Some(people::STAKEHOLDER), false),
                (Some(people::LYON), false),
                (Some(people::READER), false),
            ] {
                let seen = hub.run(person, ways, json!({ "id": id, "practice": practice })).await;
                assert_eq!(!seen.at("/node").is_null(), is_seen, "{person:?}");
                for count in ["/interests/totalCount", "/practice/interests/totalCount", "/austin/interests/totalCount", "/hamburg/interestsReceived/totalCount", "/exchangeEvents/totalCount"] {
                    assert_eq!(seen.at(count), i32::from(is_seen), "{person:?} {count}");
                }
            }
            let shown = "query($id: ID!) { node(id: $id) { ... on Interest { slug note language state answer viewerCan audience { scope of city } practice { slug } owner { slug } city { slug } } } }";
            let (hamburg, austin) = (hub.id("city", "hamburg").await, hub.id("city", "austin").await);
            assert_eq!(
                hub.run(Some(people::HAMBURG), shown, json!({ "id": id })).await.at("/node"),
                &json!({ "slug": "austin-hedges-medlars", "note": "Unsere Hecken hungern.", "language": "de", "state": "EXPRESSED", "answer": null, "viewerCan": ["ACCEPT", "DECLINE"],
                    "audience": { "scope": "CITY", "of": hamburg, "city": austin }, "practice": { "slug": "medlars" }, "owner": { "slug": "hamburg" }, "city": { "slug": "austin" } })
            );
            assert_eq!(hub.run(Some(people::AUSTIN), shown, json!({ "id": id })).await.at("/node/viewerCan"), &json!(["WITHDRAW"]));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_city_would_be_a_partner_and_is_accepted_declined_or_thinks_otherwise() {
    on_both(true, |hub| {
        Box::pin(async move {
            let none = practice(hub, "quinces").await;
            assert_eq!(express(hub, people::AUSTIN, &none, "austin").await.code(), "WRONG_STATE", "it seeks none");
            let practice = sought(hub, "medlars", json!({ "places": 1 })).await;
            // Who follows hears of it: the one its city, the other the practice.
            let follow = "mutation($id: ID!) { follow(input: { id: $id }) { errors { code } } }";
            hub.run(Some(people::HAMBURG), follow, json!({ "id": hub.id("city", "hamburg").await })).await;
            for person in [people::AUSTIN, people::LYON] {
                hub.run(Some(person), follow, json!({ "id": practice })).await;
            }
            assert_eq!(express(hub, people::HAMBURG, &practice, "hamburg").await.paths(), ["input.city"], "one's own");
            assert_eq!(express(hub, people::AUSTIN, &practice, "lyon").await.code(), "FORBIDDEN");
            let austin = expressed(hub, people::AUSTIN, &practice, "austin").await;
            assert_eq!(express(hub, people::AUSTIN, &practice, "austin").await.code(), "TAKEN");
            let lyon = expressed(hub, people::LYON, &practice, "lyon").await;
            assert_eq!(left(hub, &practice).await, 1, "who waits takes no place");

            // Each answers for its own city.
            assert_eq!(hub.mutate(people::AUSTIN, "interest", "acceptInterest", json!({ "id": austin })).await.code(), "FORBIDDEN");
            assert_eq!(hub.mutate(people::HAMBURG, "interest", "withdrawInterest", json!({ "id": austin })).await.code(), "FORBIDDEN");
            assert_eq!(hub.mutate(people::LYON, "interest", "withdrawInterest", json!({ "id": austin })).await.code(), "NOT_FOUND");
            let accept = json!({ "id": austin, "answer": "Welcome." });
            assert_eq!(
                hub.mutate(people::HAMBURG, "interest", "acceptInterest", accept.clone()).await.at("/acceptInterest/errors"),
                &json!([])
            );
            assert_eq!(stands(hub, people::AUSTIN, &austin).await, json!({ "state": "ACCEPTED", "answer": "Welcome." }));
            let public = hub.run(None, SOUGHT, json!({ "id": practice })).await;
            assert_eq!((public.at("/node/seeksPartners/placesLeft"), public.at("/node/seeksPartners/isOpen")), (&json!(0), &json!(false)));
            assert!(!public.at("/practices/nodes").to_string().contains(&practice));
            let full = hub.mutate(people::HAMBURG, "interest", "acceptInterest", json!({ "id": lyon })).await;
            assert_eq!((full.code(), full.paths()), ("FULL", vec!["input.id".to_owned()]));
            assert_eq!(express(hub, people::BOLOGNA, &practice, "bologna").await.code(), "FULL");
            assert_eq!(
                hub.mutate(people::HAMBURG, "practice", "seekPartners", json!({ "id": practice, "places": 0 })).await.paths(),
                ["input.places"]
            );
            let unsaid = hub.mutate(people::HAMBURG, "interest", "declineInterest", json!({ "id": lyon, "answer": " " })).await;
            assert_eq!((unsaid.code(), unsaid.paths()), ("REQUIRED", vec!["input.answer".to_owned()]));
            let declined = json!({ "id": lyon, "answer": "One partner is all we can serve." });
            assert_eq!(
                hub.mutate(people::HAMBURG, "interest", "declineInterest", declined).await.at("/declineInterest/errors"),
                &json!([])
            );
            assert_eq!(stands(hub, people::LYON, &lyon).await["state"], "DECLINED");
            assert_eq!(hub.mutate(people::HAMBURG, "interest", "acceptInterest", json!({ "id": lyon })).await.code(), "WRONG_STATE");

            // The place is given back, and may be had by another, or by the same anew.
            assert_eq!(
                hub.mutate(people::AUSTIN, "interest", "withdrawInterest", json!({ "id": austin })).await.at("/withdrawInterest/errors"),
                &json!([])
            );
            assert_eq!(left(hub, &practice).await, 1);
            assert_ne!(expressed(hub, people::AUSTIN, &practice, "austin").await, austin);
            assert_eq!(types(hub, Some(people::AUSTIN), &austin).await, ["INTEREST_EXPRESSED", "INTEREST_ACCEPTED", "INTEREST_WITHDRAWN"]);
            let heard = async |person: &str| {
                let told = hub.run(Some(person), "{ notifications { events(last: 50) { nodes { type subjectId } } } }", json!({})).await;
                let nodes = told.at("/notifications/events/nodes").as_array().expect("a list").clone();
                nodes
                    .iter()
                    .map(|node| (node["type"].as_str().expect("a type").to_owned(), node["subjectId"].as_str().expect("an id").to_owned()))
                    .collect::<Vec<_>>()
            };
            let has = |heard: &[(String, String)], event: &str, id: &str| heard.iter().any(|(of, subject)| of == event && subject == id);
            let (hamburgs, austins, lyons) = (heard(people::HAMBURG).await, heard(people::AUSTIN).await, heard(people::LYON).await);
            assert!(
                has(&hamburgs, "INTEREST_EXPRESSED", &austin)
                    && has(&hamburgs, "INTEREST_WITHDRAWN", &austin)
                    && !has(&hamburgs, "INTEREST_ACCEPTED", &austin)
            );
            assert!(has(&austins, "INTEREST_ACCEPTED", &austin) && !austins.iter().any(|(_, subject)| *subject == lyon));
            assert!(has(&lyons, "INTEREST_DECLINED", &lyon) && !lyons.iter().any(|(_, subject)| *subject == austin));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_place_is_taken_once_by_two_who_accept_at_once() {
    on_both(true, |hub| {
        Box::pin(async move {
            let practice = sought(hub, "medlars", json!({ "places": 1 })).await;
            let (austin, lyon) =
                (expressed(hub, people::AUSTIN, &practice, "austin").await, expressed(hub, people::LYON, &practice, "lyon").await);
            let (one, other) = join!(
                hub.mutate(people::HAMBURG, "interest", "acceptInterest", json!({ "id": austin })),
                hub.mutate(people::HAMBURG_TOO, "interest", "acceptInterest", json!({ "id": lyon }))
            );
            let mut codes = [&one, &other]
                .map(|answer| answer.json.pointer("/data/acceptInterest/errors/0/code").and_then(Value::as_str).unwrap_or("DONE"));
            codes.sort_unstable();
            assert_eq!(codes, ["DONE", "FULL"]);
            assert_eq!(left(hub, &practice).await, 0);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn interests_follow_their_practice_where_it_is_hidden_withdrawn_or_another_citys() {
    on_both(true, |hub| {
        Box::pin(async move {
            let practice = sought(hub, "medlars", json!({ "places": 3 })).await;
            let (austin, lyon, bologna) = (
                expressed(hub, people::AUSTIN, &practice, "austin").await,
                expressed(hub, people::LYON, &practice, "lyon").await,
                expressed(hub, people::BOLOGNA, &practice, "bologna").await,
            );
            hub.mutate(people::HAMBURG, "interest", "acceptInterest", json!({ "id": lyon })).await;
            // Shared with its pairing alone: who waited is told, who works with it goes on, and sees the text no longer.
            let narrow = json!({ "id": practice, "shareWith": hub.id("pairing", "guadalajara-hamburg").await });
            assert_eq!(hub.mutate(people::HAMBURG, "practice", "updatePractice", narrow).await.at("/updatePractice/errors"), &json!([]));
            assert_eq!(stands(hub, people::AUSTIN, &austin).await, json!({ "state": "DECLINED", "answer": "The practice is no longer shared with your city." }));
            assert_eq!(stands(hub, people::LYON, &lyon).await["state"], "ACCEPTED");
            let seen = hub.run(Some(people::LYON), "query($id: ID!) { node(id: $id) { ... on Interest { practice { slug } owner { slug } } } }", json!({ "id": lyon })).await;
            assert_eq!(seen.at("/node"), &json!({ "practice": null, "owner": { "slug": "hamburg" } }));
            assert_eq!(hub.mutate(people::LYON, "interest", "withdrawInterest", json!({ "id": lyon })).await.at("/withdrawInterest/errors"), &json!([]));
            assert_eq!(express(hub, people::AUSTIN, &practice, "austin").await.code(), "NOT_FOUND");

            // Published anew, then withdrawn for good.
            let other = sought(hub, "quinces", json!({ "places": 3 })).await;
            let waiting = expressed(hub, people::BOLOGNA, &other, "bologna").await;
            let withdrawn = json!({ "id": other, "reason": "The hedges froze." });
            assert_eq!(hub.mutate(people::HAMBURG, "practice", "withdrawPractice", withdrawn).await.at("/withdrawPractice/errors"), &json!([]));
            assert_eq!(stands(hub, people::BOLOGNA, &waiting).await, json!({ "state": "DECLINED", "answer": "The hedges froze." }));
            assert!(hub.run(None, SOUGHT, json!({ "id": other })).await.at("/node/seeksPartners").is_null());
            assert_eq!(types(hub, None, &other).await.last().map(String::as_str), Some("PRACTICE_WITHDRAWN"));

            // Another city's from now on: its people answer, who was asked before learns no more of it, and its own interest is over.
            let third = sought(hub, "cherries", json!({})).await;
            let own = expressed(hub, people::AUSTIN, &third, "austin").await;
            hub.mutate(people::HAMBURG, "interest", "acceptInterest", json!({ "id": own })).await;
            assert_eq!(stands(hub, people::HAMBURG, &bologna).await["state"], "DECLINED");
            for slug in ["medlars", "cherries"] {
                let line = json!({ "kind": "practice", "slug": slug, "city": "austin", "language": "en", "title": "Hedges", "summary": "Hedges that feed.", "published_on": "2026-01-01", "seeks_places": 1 });
                let report = hub.import(&format!("{line}\n")).await;
                assert!(!report.any_refused(), "{:?}", report.verdicts);
            }
            assert_eq!((&stands(hub, people::AUSTIN, &own).await["state"], left(hub, &third).await), (&json!("WITHDRAWN"), json!(1)));
            assert!(stands(hub, people::HAMBURG, &bologna).await.is_null() && types(hub, Some(people::HAMBURG), &bologna).await.is_empty());
            assert_eq!((&stands(hub, people::AUSTIN, &bologna).await["state"], &stands(hub, people::BOLOGNA, &bologna).await["state"]), (&json!("DECLINED"), &json!("DECLINED")));
        })
    })
    .await;
}
