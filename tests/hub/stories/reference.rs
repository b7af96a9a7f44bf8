//! What is new is news: reference data and the hub's own doing are told to those who ask for them.
use std::{collections::BTreeSet, time::Duration};

use futures_util::StreamExt;
use hansa::{api::FeedPages, domain::event::event_types};
use poem::{Endpoint, EndpointExt, Request, Route};
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

const PAGE: &str = "query($filter: ExchangeEventFilter, $after: String) { exchangeEvents(first: 100, after: $after, filter: $filter) { totalCount nodes { cursor type } pageInfo { hasNextPage endCursor } } }";
const STREAM: &str = "subscription($after: String, $filter: ExchangeEventFilter) { exchangeEvents(after: $after, filter: $filter) { ... on ExchangeEvent { cursor type summary } } }";
const THEME: &str = "mutation($input: CreateThemeInput!) { createTheme(input: $input) { theme { id } errors { code message } } }";
const CALL: &str = "mutation($input: UpdateProgrammeInput!) { updateProgramme(input: $input) { errors { code message } } }";

/// The types of all events that a filter leaves the public, and how many there are said to be.
async fn all(hub: &TestHub, filter: Value) -> (Vec<String>, u64) {
    let (mut types, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = hub.run(None, PAGE, json!({ "filter": filter, "after": after })).await;
        let nodes = page.at("/exchangeEvents/nodes").as_array().expect("a list");
        types.extend(nodes.iter().map(|node| node["type"].as_str().expect("a type").to_owned()));
        after = page.at("/exchangeEvents/pageInfo/endCursor").clone();
        if page.at("/exchangeEvents/pageInfo/hasNextPage") == false {
            return (types, page.at("/exchangeEvents/totalCount").as_u64().expect("a count"));
        }
    }
}

async fn next(stream: &mut (impl futures_util::Stream<Item = Value> + Unpin)) -> Value {
    let item = tokio::time::timeout(Duration::from_secs(20), stream.next()).await.expect("an event comes");
    item.expect("the stream goes on").pointer("/data/exchangeEvents").cloned().expect("an event")
}

async fn theme(hub: &TestHub, name: &str) -> String {
    let made = hub.run(Some(people::ADMINISTRATOR), THEME, json!({ "input": { "name": name } })).await;
    made.text("/createTheme/theme/id").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_the_log_tells_news_unless_reference_data_is_asked_for() {
    let reference: BTreeSet<String> = event_types().filter(|event| event.is_reference).map(|event| event.name()).collect();
    on_both(true, |hub| {
        let reference = reference.clone();
        Box::pin(async move {
            let (news, count) = all(hub, Value::Null).await;
            assert_eq!(news.len() as u64, count, "the total is of what is told");
            assert!(news.iter().all(|name| !reference.contains(name)), "{news:?}");
            let (everything, count) = all(hub, json!({ "includeReference": true })).await;
            assert_eq!(everything.len() as u64, count);
            let left = everything.iter().filter(|name| !reference.contains(*name)).count();
            assert_eq!(left, news.len(), "nothing but reference data is left out");
            println!("{} public events, {} of them news", everything.len(), news.len());
            assert!(everything.len() > 3 * news.len(), "{} of {}", news.len(), everything.len());

            // Who names what they want gets it, be it a type or a thing; who says no as well, does not.
            let goals = json!({ "types": ["GOAL_ADDED", "PRACTICE_PUBLISHED"] });
            assert!(all(hub, goals.clone()).await.0.iter().any(|name| name == "GOAL_ADDED"));
            let id = hub.id("theme", "climate-action").await;
            assert_eq!(all(hub, json!({ "subjects": [id] })).await.0, ["THEME_ADDED"]);
            let not = json!({ "types": goals["types"], "includeReference": false });
            assert!(all(hub, not).await.0.iter().all(|name| name == "PRACTICE_PUBLISHED"));
            assert_eq!(all(hub, json!({ "subjects": [id], "includeReference": false })).await, (Vec::new(), 0));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_passes_over_reference_data_and_its_cursor_goes_on() {
    on_both(true, |hub| {
        Box::pin(async move {
            // From the very beginning, which is read from the database.
            let mut behind = hub.subscribe(None, STREAM, json!({ "after": "0" })).await;
            let first = next(&mut behind).await;
            assert!(!["THEME_ADDED", "AGENDA_ADDED", "GOAL_ADDED"].contains(&first["type"].as_str().expect("a type")), "{first}");

            // Live: what a theme does is passed over, be it read from memory or by who comes back later.
            let start = hub.app.store.log.head().to_string();
            let mut news = hub.subscribe(None, STREAM, json!({ "after": start })).await;
            let whole = json!({ "after": start, "filter": { "includeReference": true } });
            let mut everything = hub.subscribe(None, STREAM, whole).await;
            let programme = hub.id("programme", "iuc-north-america").await;
            for number in 0..3 {
                theme(hub, &format!("Between {number}")).await;
            }
            let said = json!({ "input": { "id": programme, "name": "Between themes" } });
            assert_eq!(hub.run(Some(people::OFFICER), CALL, said).await.at("/updateProgramme/errors"), &json!([]));
            let told = next(&mut news).await;
            assert_eq!((&told["type"], &told["summary"]), (&json!("PROGRAMME_REVISED"), &json!("Between themes")));
            for number in 0..3 {
                assert_eq!(next(&mut everything).await["summary"], format!("Between {number}"));
            }
            assert_eq!(next(&mut everything).await["cursor"], told["cursor"]);
            theme(hub, "Behind").await;
            assert_eq!(next(&mut everything).await["summary"], "Behind");
            let mut resumed = hub.subscribe(None, STREAM, json!({ "after": told["cursor"] })).await;
            let said = json!({ "input": { "id": programme, "name": "Behind the theme" } });
            hub.run(Some(people::OFFICER), CALL, said).await;
            assert_eq!(next(&mut resumed).await["summary"], "Behind the theme");
            assert_eq!(next(&mut news).await["summary"], "Behind the theme");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_tells_no_themes_and_goals_unless_they_are_asked_for() {
    on_both(true, |hub| {
        Box::pin(async move {
            let feeds = FeedPages::new(hub.app.gate.clone(), hub.app.index.clone(), "http://hub.test");
            let endpoint = Route::new().at("/feeds/*", feeds).map_to_response();
            let kinds = async |path: &str| -> BTreeSet<String> {
                let request = Request::builder().uri(path.parse().expect("a path")).finish();
                let mut response = endpoint.call(request).await.expect("an answer");
                let bytes = response.take_body().into_vec().await.expect("a body");
                let feed =
                    feed_rs::parser::parse(bytes.as_slice()).unwrap_or_else(|_| panic!("{path}: {}", String::from_utf8_lossy(&bytes)));
                feed.entries.iter().filter_map(|entry| Some(entry.categories.first()?.term.clone())).collect()
            };
            let reference = BTreeSet::from(["agenda", "goal", "theme"].map(str::to_owned));
            for path in ["/feeds/search.atom?text=climate", "/feeds/search.atom", "/feeds/theme/climate-action.atom"] {
                let told = kinds(path).await;
                assert!(!told.is_empty() && told.is_disjoint(&reference), "{path}: {told:?}");
            }
            for path in ["/feeds/search.atom?text=climate&includeReference=true", "/feeds/search.atom?text=climate&kind=theme&kind=goal"] {
                let told = kinds(path).await;
                assert!(!told.is_disjoint(&reference), "{path}: {told:?}");
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_says_whether_it_tells_reference_data() {
    on_both(true, |hub| {
        Box::pin(async move {
            let create = "mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { filter { includeReference } } errors { code message } } }";
            for (filter, told) in [(json!({}), true), (json!({ "includeReference": false }), false)] {
                let input = json!({ "url": "https://example.org/hook", "filter": filter, "query": "query($subject: ID!) { node(id: $subject) { id } }" });
                let made = hub.run(Some(people::HAMBURG), create, json!({ "input": input })).await;
                assert_eq!(made.at("/createWebhook/webhook/filter/includeReference"), told, "{:#}", made.json);
            }
        })
    })
    .await;
}
