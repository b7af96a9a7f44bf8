//! Following things, and being told of what happens to them.
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, on_both, people};

const CREATE: &str = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { errors { code message } position } }";
const FOLLOW: &str = "mutation($id: ID!) { follow(input: { id: $id }) { followed { id } errors { code path } } }";
const UNFOLLOW: &str = "mutation($id: ID!) { unfollow(input: { id: $id }) { unfollowedId errors { code } } }";
const READ: &str = "mutation($upto: Position!) { markNotificationsRead(input: { upto: $upto }) { upto errors { code } } }";
const TOLD: &str = "{ notifications { unreadCount readUpto events(last: 20) { nodes { type summary } } } }";
const CHANGED: &str = "subscription { notificationsChanged { unreadCount events(last: 1) { nodes { cursor summary } } } }";

async fn draft(hub: &TestHub, city: &str, title: &str, themes: Value) -> String {
    let input = json!({ "city": city, "language": "en", "title": title, "summary": title, "difficulties": "None told.", "themes": themes });
    hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await.text("/createPractice/practice/id").to_owned()
}

async fn publish(hub: &TestHub, id: &str) -> Answer {
    hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await
}

async fn follow(hub: &TestHub, id: &str) {
    let followed = hub.run(Some(people::AUSTIN), FOLLOW, json!({ "id": id })).await;
    assert_eq!(followed.at("/follow/followed/id"), id, "{:#}", followed.json);
}

async fn unread(hub: &TestHub) -> Value {
    hub.run(Some(people::AUSTIN), TOLD, json!({})).await.at("/notifications/unreadCount").clone()
}

async fn next(stream: &mut (impl Stream<Item = Value> + Unpin)) -> Value {
    let item = tokio::time::timeout(Duration::from_secs(20), stream.next()).await.expect("it changes").expect("the stream goes on");
    item.pointer("/data/notificationsChanged").cloned().unwrap_or_else(|| panic!("nothing in {item:#}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_told_of_what_they_follow_and_says_what_they_read() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            assert_eq!(unread(hub).await, 0, "who follows nothing is told nothing");
            follow(hub, &hamburg).await;
            follow(hub, &hamburg).await;
            let follows = hub.run(Some(people::AUSTIN), "{ follows { id } }", json!({})).await;
            assert_eq!(follows.at("/follows"), &json!([{ "id": hamburg }]));
            assert_eq!(unread(hub).await, 0, "what was before counts as read");

            let id = draft(hub, &hamburg, "Quince hedges", json!([])).await;
            assert_eq!(unread(hub).await, 0, "a draft of others is not theirs to see");
            let mut stream = hub.subscribe(Some(people::AUSTIN), CHANGED, json!({})).await;
            // The stream begins when it is first asked, and may hear of the follow itself before any news.
            let changed = tokio::spawn(async move {
                loop {
                    let changed = next(&mut stream).await;
                    if changed["events"]["nodes"][0]["summary"].as_str().is_some_and(|title| title.starts_with("More of it")) {
                        return stream;
                    }
                }
            });
            let mut number = 0;
            let mut stream = loop {
                number += 1;
                // Each is news of the city; one of them comes after the stream has begun.
                let more = draft(hub, &hamburg, &format!("More of it {number}"), json!([])).await;
                publish(hub, &more).await;
                if changed.is_finished() {
                    break changed.await.expect("joined");
                }
                tokio::task::yield_now().await;
            };
            let so_far = unread(hub).await.as_u64().expect("a count");
            publish(hub, &id).await;
            loop {
                let changed = next(&mut stream).await;
                if changed["events"]["nodes"][0]["summary"] == "Quince hedges" {
                    assert_eq!(changed["unreadCount"], so_far + 1);
                    let read = hub.run(Some(people::AUSTIN), READ, json!({ "upto": changed["events"]["nodes"][0]["cursor"] })).await;
                    assert_eq!(read.at("/markNotificationsRead/upto"), &changed["events"]["nodes"][0]["cursor"]);
                    break;
                }
            }
            assert_eq!(unread(hub).await, 0);
            // What was read stays read.
            let back = hub.run(Some(people::AUSTIN), READ, json!({ "upto": "1" })).await;
            assert_ne!(back.at("/markNotificationsRead/upto"), "1");
            let ahead = hub.run(Some(people::AUSTIN), READ, json!({ "upto": "99999999" })).await;
            assert_eq!(ahead.code(), "BAD_INPUT");

            // A theme stands for what is below it; publishing tells of the themes though they were set before.
            let tree = hub.run(None, "{ themes(first: 100) { nodes { id slug parent { id } } } }", json!({})).await;
            let below = tree.at("/themes/nodes").as_array().expect("a list").iter().find(|theme| !theme["parent"].is_null()).expect("a branch").clone();
            let above = below["parent"]["id"].as_str().expect("an id");
            let unfollowed = hub.run(Some(people::AUSTIN), UNFOLLOW, json!({ "id": hamburg })).await;
            assert_eq!(unfollowed.at("/unfollow/unfollowedId"), &json!(hamburg));
            follow(hub, above).await;
            let id = draft(hub, &hamburg, "Of that theme", json!([below["id"]])).await;
            let position = publish(hub, &id).await.text("/publishPractice/position").to_owned();
            let before = (position.parse::<i64>().expect("a number") - 1).to_string();
            assert_eq!(unread(hub).await, 1);
            let programme = hub.id("programme", "iuc-north-america").await;
            for filter in [json!({ "themes": [above] }), json!({ "programmes": [programme] }), json!({ "cities": [hamburg] })] {
                let page = "query($filter: ExchangeEventFilter, $after: String) { exchangeEvents(filter: $filter, after: $after) { nodes { type summary } } }";
                let page = hub.run(None, page, json!({ "filter": filter, "after": before })).await;
                assert_eq!(page.at("/exchangeEvents/nodes"), &json!([{ "type": "PRACTICE_PUBLISHED", "summary": "Of that theme" }]), "{filter}");
            }

            // Of one's own doing nobody is told, and of nothing but what they may see.
            assert_eq!(hub.run(Some(people::HAMBURG), FOLLOW, json!({ "id": hamburg })).await.at("/follow/errors"), &json!([]));
            let own = draft(hub, &hamburg, "Own", json!([])).await;
            publish(hub, &own).await;
            assert_eq!(hub.run(Some(people::HAMBURG), TOLD, json!({})).await.at("/notifications/unreadCount"), 0);
            let hidden = draft(hub, &hamburg, "Hidden", json!([])).await;
            assert_eq!(hub.run(Some(people::AUSTIN), FOLLOW, json!({ "id": hidden })).await.code(), "NOT_FOUND");
            let seminar = hub.run(None, "{ seminars(first: 1) { nodes { id } } }", json!({})).await.text("/seminars/nodes/0/id").to_owned();
            assert_eq!(hub.run(Some(people::AUSTIN), FOLLOW, json!({ "id": seminar })).await.code(), "BAD_INPUT");
            assert_eq!(hub.run(None, FOLLOW, json!({ "id": hamburg })).await.code(), "UNAUTHENTICATED");
            assert_eq!(hub.run(None, TOLD, json!({})).await.code(), "UNAUTHENTICATED");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_match_of_a_saved_search_is_a_notification() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let save = "mutation { saveSearch(input: { text: \"quinces\" }) { savedSearch { id } position } }";
            let saved = hub.run(Some(people::AUSTIN), save, json!({})).await;
            let matches = "subscription($id: ID!, $after: String) { savedSearchMatches(savedSearch: $id, after: $after) { cursor } }";
            let variables = json!({ "id": saved.text("/saveSearch/savedSearch/id"), "after": saved.text("/saveSearch/position") });
            let mut stream = hub.subscribe(Some(people::AUSTIN), matches, variables).await;
            let id = draft(hub, &hamburg, "Quince hedges", json!([])).await;
            publish(hub, &id).await;
            tokio::time::timeout(Duration::from_secs(20), stream.next()).await.expect("a match comes");
            let told = hub.run(Some(people::AUSTIN), TOLD, json!({})).await;
            assert_eq!(told.at("/notifications/events/nodes"), &json!([{ "type": "SEARCH_MATCHED", "summary": "quinces" }]));
            assert_eq!(told.at("/notifications/unreadCount"), 1);
        })
    })
    .await;
}
