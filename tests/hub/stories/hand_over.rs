//! What somebody had to do goes to a successor whole: places at seminars, saved searches, webhooks.
use serde_json::{Value, json};

use crate::kit::{Answer, Receiver, TestHub, eventually, on_both, people};

const LIST: &str = "query($id: ID!) { node(id: $id) { ... on Person { responsibilities { what isSole subject { __typename id } } } } }";

async fn id_of(hub: &TestHub, person: &str) -> String {
    hub.run(Some(person), "{ viewer { person { id } } }", json!({})).await.text("/viewer/person/id").to_owned()
}

async fn hand_over(hub: &TestHub, by: &str, from: &str, to: &str, leaves: bool) -> Answer {
    let query = "mutation($input: HandOverInput!) { handOver(input: $input) { person { slug } errors { code path message } } }";
    hub.run(Some(by), query, json!({ "input": { "person": from, "to": to, "leaves": leaves } })).await
}

async fn what(hub: &TestHub, person: &str, of: &str) -> Vec<(String, Value)> {
    let listed = hub.run(Some(person), LIST, json!({ "id": of })).await;
    let list = listed.at("/node/responsibilities").as_array().expect("a list").clone();
    list.iter().map(|one| (one["what"].as_str().expect("a sentence").to_owned(), one["subject"]["__typename"].clone())).collect()
}

async fn seminar(hub: &TestHub, title: &str, capacity: i32, starts: &str) -> String {
    let input = json!({ "host": hub.id("city", "hamburg").await, "kind": "SEMINAR", "language": "en", "title": title, "startsAt": starts, "timeZone": "Europe/Berlin", "capacity": capacity });
    hub.mutate(people::HAMBURG, "seminar", "scheduleSeminar", input).await.text("/scheduleSeminar/seminar/id").to_owned()
}

async fn register(hub: &TestHub, person: &str, id: &str, city: Option<&str>) {
    let done = hub.mutate(person, "seminar", "registerForSeminar", json!({ "id": id, "waits": true, "city": city })).await;
    assert_eq!(done.at("/registerForSeminar/errors"), &json!([]));
    hub.still.pass(1);
}

/// How somebody's place stands, for which city, and how many places are taken and waited for.
async fn stands(hub: &TestHub, person: &str, id: &str) -> (Value, Value, [Value; 2]) {
    let query = "query($id: ID!) { node(id: $id) { ... on Seminar { registered waiting viewerRegistration { state city { slug } } } } }";
    let seminar = hub.run(Some(person), query, json!({ "id": id })).await.at("/node").clone();
    let own = &seminar["viewerRegistration"];
    (own["state"].clone(), own["city"]["slug"].clone(), [seminar["registered"].clone(), seminar["waiting"].clone()])
}

async fn notified(hub: &TestHub, person: &str, of: &str) -> Vec<String> {
    let told = hub.run(Some(person), "{ notifications { events(last: 50) { nodes { type subjectId } } } }", json!({})).await;
    let nodes = told.at("/notifications/events/nodes").as_array().expect("a list").clone();
    nodes.iter().filter(|node| node["subjectId"] == of).map(|node| node["type"].as_str().expect("a type").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn places_at_seminars_to_come_are_handed_on_and_nobody_has_two() {
    on_both(true, |hub| {
        Box::pin(async move {
            let add = "mutation($input: AddMemberInput!) { addMember(input: $input) { person { id slug } errors { code } } }";
            let new = json!({ "email": "amy-austin@example.org", "name": "Amy", "languages": ["en"], "role": { "role": "CITY_REPRESENTATIVE", "city": "austin" } });
            let added = hub.run(Some(people::OFFICER), add, json!({ "input": new })).await;
            let (amy, slug) = (added.text("/addMember/person/id").to_owned(), added.text("/addMember/person/slug").to_owned());
            let (dale, austin) = (id_of(hub, people::AUSTIN).await, hub.id("city", "austin").await);
            let later = "2026-09-01T10:00:00Z";
            let (over, plain, waited, both, queue) = (
                seminar(hub, "Over", 5, "2026-06-02T10:00:00Z").await,
                seminar(hub, "Plain", 5, later).await,
                seminar(hub, "Waited for", 1, later).await,
                seminar(hub, "Both", 2, later).await,
                seminar(hub, "Queue", 1, later).await,
            );
            for id in [&over, &plain, &waited, &both] {
                register(hub, people::AUSTIN, id, Some(&austin)).await;
            }
            for (person, id) in [(&*slug, &waited), (&slug, &both), (people::LYON, &both), (people::LYON, &queue), (people::AUSTIN, &queue), (people::READER, &queue)] {
                register(hub, person, id, None).await;
            }
            hub.still.pass(2 * 86_400);
            let listed = what(hub, people::OFFICER, &dale).await;
            let count = |said: &str| listed.iter().filter(|(what, subject)| what == said && subject == "Seminar").count();
            assert_eq!((count("Has a place at a seminar."), count("Waits for a place at a seminar.")), (3, 1), "of what is over nothing is to be done: {listed:?}");

            let done = hand_over(hub, people::OFFICER, &dale, &amy, true).await;
            assert_eq!(done.at("/handOver/errors"), &json!([]));
            let numbers = |registered: i32, waiting: i32| [json!(registered), json!(waiting)];
            assert_eq!(stands(hub, &slug, &plain).await, (json!("REGISTERED"), json!("austin"), numbers(1, 0)));
            assert_eq!(stands(hub, &slug, &waited).await, (json!("REGISTERED"), json!("austin"), numbers(1, 0)), "who waited has the place");
            assert_eq!(stands(hub, &slug, &both).await, (json!("REGISTERED"), Value::Null, numbers(2, 0)), "who has one keeps it, and the list moves up");
            assert_eq!(stands(hub, people::LYON, &both).await.0, json!("REGISTERED"));
            assert_eq!(stands(hub, &slug, &queue).await, (json!("WAITING"), Value::Null, numbers(1, 2)));
            assert_eq!(stands(hub, &slug, &over).await, (Value::Null, Value::Null, numbers(1, 0)), "what is over stays as it was");
            assert_eq!((notified(hub, people::LYON, &both).await, notified(hub, &slug, &plain).await), (vec!["SEMINAR_PLACE_FOUND".to_owned()], vec!["SEMINAR_PLACE_HANDED_ON".to_owned()]));
            assert!(notified(hub, &slug, &both).await.is_empty());
            // She waits where he did: before who came after him.
            hub.mutate(people::LYON, "seminar", "unregisterFromSeminar", json!({ "id": queue })).await;
            assert_eq!((stands(hub, &slug, &queue).await.0, stands(hub, people::READER, &queue).await.0), (json!("REGISTERED"), json!("WAITING")));
            assert_eq!(what(hub, people::ADMINISTRATOR, &dale).await, []);
            assert_eq!(what(hub, &slug, &amy).await.iter().filter(|(_, subject)| subject == "Seminar").count(), 4);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_wait_one_is_left_in_the_turn_that_comes_first() {
    on_both(true, |hub| {
        Box::pin(async move {
            let id = seminar(hub, "Queue", 1, "2026-09-01T10:00:00Z").await;
            for person in [people::LYON, people::HAMBURG_TOO, people::READER, people::HAMBURG] {
                register(hub, person, &id, None).await;
            }
            let done =
                hand_over(hub, people::HAMBURG, &id_of(hub, people::HAMBURG).await, &id_of(hub, people::HAMBURG_TOO).await, false).await;
            assert_eq!(done.at("/handOver/errors"), &json!([]));
            assert_eq!(stands(hub, people::HAMBURG_TOO, &id).await, (json!("WAITING"), Value::Null, [json!(1), json!(2)]));
            hub.mutate(people::LYON, "seminar", "unregisterFromSeminar", json!({ "id": id })).await;
            assert_eq!(
                (stands(hub, people::HAMBURG_TOO, &id).await.0, stands(hub, people::READER, &id).await.0),
                (json!("REGISTERED"), json!("WAITING"))
            );
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn saved_searches_and_webhooks_are_handed_on_and_tell_what_the_successor_may_see() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (robin, carla) = (id_of(hub, people::READER).await, id_of(hub, people::BOLOGNA).await);
            let receiver = Receiver::start().await;
            let make = "mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } secret errors { message } } }";
            let input = json!({ "url": receiver.url(), "filter": { "types": ["PRACTICE_DRAFTED", "PRACTICE_PUBLISHED"] } });
            let made = hub.run(Some(people::READER), make, json!({ "input": input })).await;
            let (webhook, secret) = (made.text("/createWebhook/webhook/id").to_owned(), made.text("/createWebhook/secret").to_owned());
            let save = "mutation { saveSearch(input: { text: \"medlars\" }) { savedSearch { id feedUrl } } }";
            let saved = hub.run(Some(people::READER), save, json!({})).await;
            let (search, feed) = (saved.text("/saveSearch/savedSearch/id").to_owned(), saved.text("/saveSearch/savedSearch/feedUrl").to_owned());
            let listed = what(hub, people::READER, &robin).await;
            assert_eq!(listed, [("Keeps a saved search.".to_owned(), json!("SavedSearch")), ("Keeps a webhook.".to_owned(), json!("Webhook"))]);

            let draft = async |title: &str| {
                let input = json!({ "city": hub.id("city", "bologna").await, "language": "en", "title": title, "summary": "S.", "difficulties": "None told." });
                hub.mutate(people::BOLOGNA, "practice", "createPractice", input).await.text("/createPractice/practice/id").to_owned()
            };
            // A draft that Robin may not see, and is not sent: what is published is the first that comes.
            let first = draft("Medlars before").await;
            hub.mutate(people::BOLOGNA, "practice", "publishPractice", json!({ "id": first })).await;
            assert_eq!(receiver.take(1).await[0].body["type"], "PRACTICE_PUBLISHED");

            assert_eq!(hand_over(hub, people::ADMINISTRATOR, &robin, &carla, false).await.at("/handOver/errors"), &json!([]));
            assert_eq!(what(hub, people::READER, &robin).await, []);
            let look = "query($webhook: ID!) { webhook(id: $webhook) { id previousSecretUntil viewerCan } savedSearches { nodes { id feedUrl } } }";
            let gone = hub.run(Some(people::READER), look, json!({ "webhook": webhook })).await;
            assert!(gone.at("/webhook").is_null() && gone.at("/savedSearches/nodes") == &json!([]), "{:#}", gone.json);
            let hers = hub.run(Some(people::BOLOGNA), look, json!({ "webhook": webhook })).await;
            assert!(hers.at("/webhook/viewerCan").to_string().contains("ROTATE_SECRET") && !hers.json.to_string().contains(&secret), "{:#}", hers.json);
            assert_eq!(hers.at("/savedSearches/nodes/0/id"), &json!(search));
            assert_ne!(hers.text("/savedSearches/nodes/0/feedUrl"), feed, "who knew the address reads no more");

            // She sees the draft, signed by the secret that the receiver knows, until she rotates it.
            let second = draft("Medlars after").await;
            let came = receiver.take(1).await.remove(0);
            assert!(came.body["type"] == "PRACTICE_DRAFTED" && came.is_signed_by(&secret), "{came:?}");
            let rotate = "mutation($id: ID!) { rotateWebhookSecret(input: { id: $id }) { secret errors { code } } }";
            let next = hub.run(Some(people::BOLOGNA), rotate, json!({ "id": webhook })).await.text("/rotateWebhookSecret/secret").to_owned();
            hub.mutate(people::BOLOGNA, "practice", "publishPractice", json!({ "id": second })).await;
            assert!(receiver.take(1).await[0].is_signed_by(&next));
            eventually("the successor is told of a match", || async {
                let told = hub.run(Some(people::BOLOGNA), "{ notifications { events(last: 50) { nodes { type subjectId } } } }", json!({})).await;
                let nodes = told.at("/notifications/events/nodes").as_array().expect("a list").clone();
                nodes.iter().any(|node| node["type"] == "SEARCH_MATCHED" && node["subjectId"] == json!(search)).then_some(())
            })
            .await;
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_hand_on_learns_that_there_are_saved_searches_and_not_what_they_say() {
    on_both(true, |hub| {
        Box::pin(async move {
            let jens = id_of(hub, people::HAMBURG).await;
            let save = "mutation { saveSearch(input: { text: \"medlars\" }) { errors { code } } }";
            hub.run(Some(people::HAMBURG), save, json!({})).await;
            let told = what(hub, people::HAMBURG_TOO, &jens).await;
            assert!(told.contains(&("Keeps a saved search.".to_owned(), Value::Null)), "{told:?}");
            assert!(hub.run(Some(people::AUSTIN), LIST, json!({ "id": jens })).await.at("/node/responsibilities").is_null());
        })
    })
    .await;
}
