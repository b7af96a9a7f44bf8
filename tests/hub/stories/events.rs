//! The stream of events: backlog then live, rights at delivery, an explicit gap.
use std::time::Duration;

use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

const CREATE: &str =
    "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } position } }";
const STREAM: &str = "subscription($after: String) { exchangeEvents(after: $after) { ... on ExchangeEvent { cursor type summary subject { id } } ... on FeedGap { after upto } } }";

async fn draft(hub: &TestHub, person: &str, city: &str, title: &str) -> Value {
    let answer =
        hub.run(Some(person), CREATE, json!({ "input": { "city": city, "language": "en", "title": title, "summary": "S." } })).await;
    answer.at("/createPractice/position").clone()
}

async fn next(stream: &mut (impl futures_util::Stream<Item = Value> + Unpin)) -> Value {
    let item = tokio::time::timeout(Duration::from_secs(20), stream.next()).await.expect("an event comes");
    item.expect("the stream goes on").pointer("/data/exchangeEvents").cloned().expect("an event")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscriber_gets_what_is_behind_and_what_comes_once_and_in_order() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let start = hub.app.store.log.head().to_string();
            for title in ["one", "two"] {
                draft(hub, people::HAMBURG, &hamburg, title).await;
            }
            let mut stream = hub.subscribe(Some(people::HAMBURG_TOO), STREAM, json!({ "after": start })).await;
            let first = next(&mut stream).await;
            for title in ["three", "four"] {
                draft(hub, people::HAMBURG, &hamburg, title).await;
            }
            let mut got = vec![first];
            for _ in 0..3 {
                got.push(next(&mut stream).await);
            }
            let titles: Vec<&str> = got.iter().map(|event| event["summary"].as_str().expect("a title")).collect();
            assert_eq!(titles, ["one", "two", "three", "four"]);
            assert!(got.iter().all(|event| event["type"] == "PRACTICE_DRAFTED" && !event["subject"].is_null()));
            // A second subscriber goes on from the cursor of the second event.
            let mut resumed = hub.subscribe(Some(people::HAMBURG_TOO), STREAM, json!({ "after": got[1]["cursor"] })).await;
            assert_eq!(next(&mut resumed).await, got[2]);
            assert_eq!(next(&mut resumed).await, got[3]);
            // The same log as a connection.
            let page = hub.run(Some(people::HAMBURG), "query($after: String) { exchangeEvents(first: 2, after: $after) { nodes { cursor summary } pageInfo { hasNextPage } } }", json!({ "after": start })).await;
            assert_eq!(page.at("/exchangeEvents/nodes/1/cursor"), &got[1]["cursor"]);
            assert_eq!(page.at("/exchangeEvents/pageInfo/hasNextPage"), true);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_that_the_log_has_not_reached_is_refused() {
    on_both(true, |hub| {
        Box::pin(async move {
            let beyond = (hub.app.store.log.head() + 1).to_string();
            let mut stream = hub.subscribe(Some(people::HAMBURG), STREAM, json!({ "after": beyond })).await;
            let refused = tokio::time::timeout(Duration::from_secs(20), stream.next()).await.expect("an answer").expect("an item");
            assert_eq!(refused.pointer("/errors/0/extensions/code"), Some(&json!("BAD_INPUT")), "{refused}");
            assert!(refused.pointer("/errors/0/message").is_some_and(|told| told.to_string().contains("The log ends at")), "{refused}");
            let save = "mutation { saveSearch(input: { text: \"water\" }) { savedSearch { id } } }";
            let saved = hub.run(Some(people::HAMBURG), save, json!({})).await.at("/saveSearch/savedSearch/id").clone();
            let matches = "subscription($id: ID!, $after: String) { savedSearchMatches(savedSearch: $id, after: $after) { cursor } }";
            let beyond = (hub.app.store.log.head() + 1).to_string();
            let mut stream = hub.subscribe(Some(people::HAMBURG), matches, json!({ "id": saved, "after": beyond })).await;
            let refused = tokio::time::timeout(Duration::from_secs(20), stream.next()).await.expect("an answer").expect("an item");
            assert_eq!(refused.pointer("/errors/0/extensions/code"), Some(&json!("BAD_INPUT")), "{refused}");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_hears_of_what_they_may_not_see() {
    on_both(true, |hub| {
        Box::pin(async move {
            let (hamburg, austin) = (hub.id("city", "hamburg").await, hub.id("city", "austin").await);
            let start = hub.app.store.log.head().to_string();
            let mut theirs = hub.subscribe(Some(people::AUSTIN), STREAM, json!({ "after": start })).await;
            draft(hub, people::HAMBURG, &hamburg, "of Hamburg").await;
            draft(hub, people::AUSTIN, &austin, "of Austin").await;
            assert_eq!(next(&mut theirs).await["summary"], "of Austin");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_of_a_document_are_found_by_the_city_and_the_themes_of_what_it_is_about() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let theme = hub.id("theme", "climate-action").await;
            let input = json!({ "city": hamburg, "language": "en", "title": "Dikes", "summary": "S.", "themes": [theme] });
            let created = hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await;
            let upload = "mutation($file: Upload!, $about: ID!) { uploadDocument(input: { file: $file, about: $about, title: \"A plan of dikes\" }) { document { id } errors { message } } }";
            let about = json!({ "about": created.at("/createPractice/practice/id") });
            let uploaded = hub.run_with_file(Some(people::HAMBURG), upload, about, "a.txt", b"Dikes").await;
            assert_eq!(uploaded.at("/uploadDocument/errors"), &json!([]));
            let find = "query($filter: ExchangeEventFilter) { exchangeEvents(last: 1, filter: $filter) { nodes { summary } } }";
            for filter in [json!({ "cities": [hamburg] }), json!({ "themes": [theme] })] {
                let filter = json!({ "types": ["DOCUMENT_DRAFTED"], "cities": filter["cities"], "themes": filter["themes"] });
                let found = hub.run(Some(people::HAMBURG), find, json!({ "filter": filter })).await;
                assert_eq!(found.at("/exchangeEvents/nodes/0/summary"), "A plan of dikes", "{filter}");
            }
            // Those of the import are, too: the demonstration has documents about Hamburg's practices.
            let filter = json!({ "types": ["DOCUMENT_PUBLISHED"], "cities": [hamburg] });
            let found = hub.run(None, find, json!({ "filter": filter })).await;
            assert!(found.at("/exchangeEvents/nodes/0/summary").is_string());
        })
    })
    .await;
}
