//! Several hubs on one database, and a log that does not keep everything.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::StreamExt;
use hansa::{
    base::Ambient as _,
    store::{Leases, Retention, wake::SLOW_POLL},
};
use serde_json::{Value, json};

use crate::kit::{Backend, Served, TestHub, both, create, drop_database, on_both, people};

const CREATE: &str =
    "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } position } }";
const STREAM: &str = "subscription($after: String) { exchangeEvents(after: $after) { ... on ExchangeEvent { cursor type summary } ... on FeedGap { after upto } } }";

async fn draft(hub: &TestHub, city: &str, title: &str) -> String {
    let input = json!({ "input": { "city": city, "language": "en", "title": title, "summary": "S." } });
    hub.run(Some(people::HAMBURG), CREATE, input).await.text("/createPractice/position").to_owned()
}

async fn next(stream: &mut (impl futures_util::Stream<Item = Value> + Unpin)) -> Value {
    let item = tokio::time::timeout(Duration::from_secs(30), stream.next()).await.expect("an event comes");
    let item = item.expect("the stream goes on");
    item.pointer("/data/exchangeEvents").cloned().unwrap_or_else(|| panic!("no event in {item:#}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_hub_commits_another_tells_long_before_it_would_ask() {
    if !both().contains(&Backend::Postgres) {
        return;
    }
    let one = TestHub::demo(Backend::Postgres).await;
    let two = one.second().await;
    let hamburg = one.id("city", "hamburg").await;
    let start = one.app.store.log.head().to_string();
    let mut theirs = two.subscribe(Some(people::HAMBURG_TOO), STREAM, json!({ "after": start })).await;
    let begun = Instant::now();
    let mut cursors = Vec::new();
    for title in ["one", "two", "three", "four", "five"] {
        let position = draft(&one, &hamburg, title).await;
        // Each is waited for before the next is written: by asking alone, each would take another poll.
        let event = next(&mut theirs).await;
        assert_eq!(event["summary"], title);
        assert_eq!(event["cursor"], position);
        cursors.push(position);
    }
    assert!(begun.elapsed() < SLOW_POLL * 2, "five events took {:?}", begun.elapsed());

    // A cursor of one is good on the other, in both directions, in the subscription as in the query.
    let mut resumed = one.subscribe(Some(people::HAMBURG_TOO), STREAM, json!({ "after": cursors[1] })).await;
    for cursor in &cursors[2..] {
        assert_eq!(&next(&mut resumed).await["cursor"], cursor);
    }
    let page = "query($after: String) { exchangeEvents(after: $after) { nodes { cursor } } }";
    let after = json!({ "after": cursors[2] });
    assert_eq!(one.run(Some(people::HAMBURG), page, after.clone()).await.json, two.run(Some(people::HAMBURG), page, after).await.json);

    // The other's search follows, too.
    two.indexed().await;
    let found = "{ search(text: \"five\", filter: { kinds: [PRACTICE], cities: [\"hamburg\"] }) { totalCount } }";
    assert_eq!(two.run(Some(people::HAMBURG), found, json!({})).await.at("/search/totalCount"), 1);

    // Both write at once: each hears everything once, in the log's order.
    let start = one.app.store.log.refresh().await.expect("the head").to_string();
    let mut streams = [
        one.subscribe(Some(people::HAMBURG_TOO), STREAM, json!({ "after": start })).await,
        two.subscribe(Some(people::HAMBURG_TOO), STREAM, json!({ "after": start })).await,
    ];
    let writing = (0..8).map(|number| {
        let (hub, hamburg) = (if number % 2 == 0 { &one } else { &two }, &hamburg);
        async move { draft(hub, hamburg, &format!("both {number}")).await }
    });
    futures_util::future::join_all(writing).await;
    let mut heard = [Vec::new(), Vec::new()];
    for (stream, heard) in streams.iter_mut().zip(&mut heard) {
        for _ in 0..8 {
            heard.push(next(stream).await["cursor"].as_str().expect("a cursor").parse::<i64>().expect("a number"));
        }
    }
    let first: i64 = start.parse().expect("a number");
    assert_eq!(heard[0], (first + 1..=first + 8).collect::<Vec<_>>());
    assert_eq!(heard[0], heard[1]);

    // A connection that is cut costs seconds, not events.
    let [_, mut theirs] = streams;
    assert!(one.cut_listeners().await >= 2, "both hubs listened");
    draft(&one, &hamburg, "after the cut").await;
    assert_eq!(next(&mut theirs).await["summary"], "after the cut");
    two.end().await;
    one.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trimmed_log_says_so_and_an_index_behind_it_is_rebuilt() {
    on_both(true, |hub| {
        Box::pin(async move {
            let log = &hub.app.store.log;
            let hamburg = hub.id("city", "hamburg").await;
            let head = log.head();
            // Nothing goes where nothing is said.
            assert_eq!(log.trim(Retention::default(), hub.still.now()).await.expect("no fault"), 0);
            hub.still.pass(3 * 86_400);
            draft(hub, &hamburg, "young").await;
            // By days: all but what was written three days later.
            let days = Retention { days: Some(2), entries: None };
            assert_eq!(log.trim(days, hub.still.now()).await.expect("no fault"), head);
            assert_eq!(log.trimmed().await.expect("no fault"), head);
            let mut stream = hub.subscribe(Some(people::HAMBURG), STREAM, json!({ "after": "3" })).await;
            assert_eq!(next(&mut stream).await, json!({ "after": "3", "upto": head.to_string() }));
            assert_eq!(next(&mut stream).await["summary"], "young");
            // Whoever was at the end has no gap.
            let mut at_the_end = hub.subscribe(Some(people::HAMBURG), STREAM, json!({ "after": head.to_string() })).await;
            assert_eq!(next(&mut at_the_end).await["summary"], "young");
            // By entries.
            for title in ["a", "b", "c"] {
                draft(hub, &hamburg, title).await;
            }
            let entries = Retention { days: None, entries: Some(2) };
            assert_eq!(log.trim(entries, hub.still.now()).await.expect("no fault"), head + 2);
            let mut stream = hub.subscribe(Some(people::HAMBURG), STREAM, json!({ "after": head.to_string() })).await;
            assert_eq!(next(&mut stream).await, json!({ "after": head.to_string(), "upto": (head + 2).to_string() }));
            assert_eq!(next(&mut stream).await["summary"], "b");

            // A hub that joins now has no log to make its index from, and makes it from the rows.
            let joined = hub.second().await;
            let ask = "{ search(text: \"\", first: 1) { totalCount facets { kinds { value count } } } }";
            assert_eq!(joined.run(None, ask, json!({})).await.json, hub.run(None, ask, json!({})).await.json);
            joined.end().await;
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_hub_at_a_time_holds_a_lease() {
    if !both().contains(&Backend::Postgres) {
        return;
    }
    let hub = TestHub::empty(Backend::Postgres).await;
    let (one, two) = (Leases::new(hub.app.store.db.clone()), Leases::new(hub.app.store.db.clone()));
    let takes = async |who: &Leases, name: &str| who.take(name, hub.still.now(), Duration::from_secs(60)).await.expect("no fault");
    assert!(takes(&one, "work").await);
    assert!(!takes(&two, "work").await);
    assert!(takes(&one, "work").await, "its holder keeps it");
    assert!(takes(&two, "other work").await);
    hub.still.pass(60);
    assert!(takes(&two, "work").await, "it has run out");
    assert!(!takes(&one, "work").await);
    one.give_back("work").await.expect("no fault");
    assert!(!takes(&one, "work").await, "it was not its own");
    two.give_back("work").await.expect("no fault");
    assert!(takes(&one, "work").await);
    hub.end().await;
}

/// Writes of the test with programs, and writers.
const WRITES: usize = 24;
const WRITERS: usize = 3;

/// Where the programs listen now: a restarted one listens elsewhere.
type Places = Arc<parking_lot::Mutex<Vec<String>>>;

/// Follows the log over HTTP from hub to hub, going on from the last cursor whenever a stream ends, until the last event.
async fn follow(places: Places, token: String, start: i64, first: usize) -> Vec<i64> {
    let (client, mut cursors) = (reqwest::Client::new(), Vec::new());
    for at in first.. {
        let place = places.lock()[at % 3].clone();
        let after = cursors.last().copied().unwrap_or(start).to_string();
        let request = client.post(format!("{place}/graphql")).header("accept", "text/event-stream").bearer_auth(&token);
        let Ok(response) = request.json(&json!({ "query": STREAM, "variables": { "after": after } })).send().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let (mut pieces, mut text) = (response.bytes_stream(), Vec::new());
        while let Some(Ok(piece)) = pieces.next().await {
            text.extend_from_slice(&piece);
            while let Some(end) = text.windows(2).position(|two| two == b"\n\n") {
                let event: Vec<u8> = text.drain(..end + 2).collect();
                let Some(data) = std::str::from_utf8(&event).expect("UTF-8").lines().find_map(|line| line.strip_prefix("data: ")) else {
                    continue;
                };
                let data: Value = serde_json::from_str(data).expect("JSON");
                let event = &data["data"]["exchangeEvents"];
                cursors.push(event["cursor"].as_str().unwrap_or_else(|| panic!("no event in {data:#}")).parse().expect("a number"));
                if event["summary"] == "the end" {
                    return cursors;
                }
            }
        }
    }
    cursors
}

/// Asks one hub after another until one answers.
async fn ask(places: &Places, first: usize, token: &str, query: &str, variables: Value) -> Value {
    let client = reqwest::Client::new();
    for at in first.. {
        let place = places.lock()[at % 3].clone();
        let request = client.post(format!("{place}/graphql")).bearer_auth(token).json(&json!({ "query": query, "variables": variables }));
        if let Ok(response) = request.send().await
            && let Ok(answer) = response.json().await
        {
            return answer;
        }
        tokio::task::yield_now().await;
    }
    Value::Null
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_three_programs_each_is_killed_and_every_subscriber_hears_the_log() {
    if !both().contains(&Backend::Postgres) {
        return;
    }
    let name = format!("hansa_many_{}", std::process::id());
    let url = create(&name, None).await;
    let folders: Vec<_> = (0..3).map(|_| tempfile::tempdir().expect("a folder")).collect();
    let mut hubs = Vec::new();
    for folder in &folders {
        hubs.push(Served::start(folder.path(), Some(&url)).await);
    }
    let tokens = [hubs[0].token(people::HAMBURG), hubs[0].token(people::AUSTIN)];
    let places: Places = Arc::new(parking_lot::Mutex::new(hubs.iter().map(|hub| hub.url.clone()).collect()));
    let newest = "{ exchangeEvents(last: 1) { nodes { cursor } } cities(first: 100) { nodes { id slug } } }";
    let known = ask(&places, 0, &tokens[0], newest, json!({})).await;
    let start: i64 = known["data"]["exchangeEvents"]["nodes"][0]["cursor"].as_str().expect("a cursor").parse().expect("a number");
    let id = |slug: &str| {
        let cities = known["data"]["cities"]["nodes"].as_array().expect("a list");
        cities.iter().find(|city| city["slug"] == slug).expect("the city")["id"].clone()
    };
    let homes = [id("hamburg"), id("austin")];
    let subscribers: Vec<_> =
        (0..6).map(|number| (number % 2, tokio::spawn(follow(places.clone(), tokens[number % 2].clone(), start, number)))).collect();
    let (told, mut answers) = tokio::sync::mpsc::unbounded_channel();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (places, tokens, homes, told) = (places.clone(), tokens.clone(), homes.clone(), told.clone());
            tokio::spawn(async move {
                for number in 0..WRITES {
                    let who = (writer + number) % 2;
                    let input = json!({ "city": homes[who], "language": "en", "title": format!("{writer} {number}"), "summary": "S." });
                    let answer = ask(&places, writer + number, &tokens[who], CREATE, json!({ "input": input })).await;
                    assert_eq!(answer["data"]["createPractice"]["errors"], json!([]), "{answer:#}");
                    told.send(()).expect("they are counted");
                }
            })
        })
        .collect();
    // Each program is killed while the others are written to, and comes back.
    for (number, folder) in folders.iter().enumerate() {
        for _ in 0..WRITERS * WRITES / 4 {
            answers.recv().await.expect("answers come");
        }
        hubs[number].kill().await;
        hubs[number] = Served::start(folder.path(), Some(&url)).await;
        places.lock()[number].clone_from(&hubs[number].url);
    }
    for writer in writers {
        writer.await.expect("no writer is surprised");
    }
    for who in [0, 1] {
        let input = json!({ "input": { "city": homes[who], "language": "en", "title": "the end", "summary": "S." } });
        ask(&places, 0, &tokens[who], CREATE, input).await;
    }
    let page = "query($after: String) { exchangeEvents(first: 100, after: $after) { nodes { cursor summary } } }";
    for (who, subscriber) in subscribers {
        let heard = subscriber.await.expect("a subscriber hears the end");
        let log = ask(&places, who, &tokens[who], page, json!({ "after": start.to_string() })).await;
        let log = log["data"]["exchangeEvents"]["nodes"].as_array().expect("a list").clone();
        let until = log.iter().position(|event| event["summary"] == "the end").expect("the end") + 1;
        let expected: Vec<i64> =
            log[..until].iter().map(|event| event["cursor"].as_str().expect("a cursor").parse().expect("a number")).collect();
        assert_eq!(heard, expected, "the subscriber hears the log, once and in order");
        assert!(expected.len() > WRITES, "{} events say little", expected.len());
    }
    for hub in hubs {
        hub.stop().await;
    }
    drop_database(&name).await;
}
