//! Saved searches: what answers them is told once, to their person, as a search would find it.
use std::{collections::BTreeSet, time::Duration};

use futures_util::{Stream, StreamExt};
use hansa::api::FeedPages;
use poem::{Endpoint, EndpointExt, Request, Route, http::StatusCode};
use serde_json::{Value, json};

use crate::kit::{Answer, Backend, TestHub, both, on_both, people};

const SAVE: &str = "mutation($input: SaveSearchInput!) { saveSearch(input: $input) { savedSearch { id version name text filter { kinds cities } feedUrl } errors { code message path } position } }";
const UPDATE: &str =
    "mutation($input: UpdateSavedSearchInput!) { updateSavedSearch(input: $input) { savedSearch { version text } errors { code } } }";
const DELETE: &str = "mutation($input: DeleteSavedSearchInput!) { deleteSavedSearch(input: $input) { deletedId errors { code } } }";
const MATCHES: &str = "subscription($id: ID!, $after: String) { savedSearchMatches(savedSearch: $id, after: $after) { cursor savedSearch { id } node { id ... on Practice { title } } snippets { fragments { text isMatch } } } }";
const CREATE: &str = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { errors { code message } position } }";

async fn save(hub: &TestHub, person: &str, text: &str, filter: Value) -> String {
    let saved = hub.run(Some(person), SAVE, json!({ "input": { "text": text, "filter": filter } })).await;
    saved.text("/saveSearch/savedSearch/id").to_owned()
}

async fn draft(hub: &TestHub, person: &str, city: &str, language: &str, title: &str) -> String {
    let input = json!({ "city": city, "language": language, "title": title, "summary": title, "difficulties": "None told." });
    hub.run(Some(person), CREATE, json!({ "input": input })).await.text("/createPractice/practice/id").to_owned()
}

async fn publish(hub: &TestHub, person: &str, id: &str) -> Answer {
    hub.run(Some(person), PUBLISH, json!({ "input": { "id": id } })).await
}

async fn next(stream: &mut (impl Stream<Item = Value> + Unpin)) -> Value {
    let item = tokio::time::timeout(Duration::from_secs(30), stream.next()).await.expect("a match comes").expect("the stream goes on");
    item.pointer("/data/savedSearchMatches").cloned().unwrap_or_else(|| panic!("no match in {item:#}"))
}

async fn feed(hub: &TestHub, url: &str) -> Option<feed_rs::model::Feed> {
    let feeds = FeedPages::new(hub.app.store.db.clone(), hub.app.index.clone(), "http://hub.test");
    let endpoint = Route::new().at("/feeds/*", feeds).map_to_response();
    let path = url.strip_prefix("http://hub.test").expect("an address of this hub");
    let mut response = endpoint.call(Request::builder().uri(path.parse().expect("a path")).finish()).await.expect("an answer");
    let bytes = response.take_body().into_vec().await.expect("a body");
    (response.status() == StatusCode::OK).then(|| feed_rs::parser::parse(bytes.as_slice()).expect("Atom"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_saved_search_tells_its_person_of_what_answers_it_once() {
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let early = draft(hub, people::HAMBURG, &hamburg, "en", "Quince walls, before").await;
            let saved = hub
                .run(
                    Some(people::AUSTIN),
                    SAVE,
                    json!({ "input": { "text": " quinces ", "filter": { "kinds": ["PRACTICE"], "cities": [hamburg] } } }),
                )
                .await;
            let search = saved.at("/saveSearch/savedSearch");
            let id = search["id"].as_str().expect("an id");
            assert_eq!(
                (&search["name"], &search["text"], &search["filter"]),
                (&json!("quinces"), &json!("quinces"), &json!({ "kinds": ["practice"], "cities": ["hamburg"] }))
            );
            let start = saved.text("/saveSearch/position").to_owned();
            let mut stream = hub.subscribe(Some(people::AUSTIN), MATCHES, json!({ "id": id, "after": start })).await;

            // A draft of others is not theirs to see; when it is published it is.
            let one = draft(hub, people::HAMBURG, &hamburg, "en", "Quince hedges").await;
            draft(hub, people::HAMBURG, &hamburg, "en", "Apples").await;
            publish(hub, people::HAMBURG, &one).await;
            publish(hub, people::HAMBURG, &early).await;
            let (first, second) = (next(&mut stream).await, next(&mut stream).await);
            assert_eq!((&first["node"]["id"], &second["node"]["id"]), (&json!(one), &json!(early)));
            assert_eq!(first["savedSearch"]["id"], id);
            let marked = first["snippets"][0]["fragments"].as_array().expect("pieces").iter().find(|piece| piece["isMatch"] == true);
            assert_eq!(marked.expect("a marked word")["text"], "Quince");

            // It goes on from a cursor, and nobody else hears of it.
            let mut resumed = hub.subscribe(Some(people::AUSTIN), MATCHES, json!({ "id": id, "after": first["cursor"] })).await;
            assert_eq!(next(&mut resumed).await, second);
            let mut others = hub.subscribe(Some(people::HAMBURG), MATCHES, json!({ "id": id })).await;
            assert_eq!(others.next().await.expect("an answer")["errors"][0]["extensions"]["code"], "NOT_FOUND");
            let events = "{ exchangeEvents(last: 100, filter: { types: [SEARCH_MATCHED, SEARCH_SAVED] }) { totalCount } }";
            assert_eq!(hub.run(Some(people::HAMBURG), events, json!({})).await.at("/exchangeEvents/totalCount"), 0);
            assert_eq!(hub.run(Some(people::AUSTIN), events, json!({})).await.at("/exchangeEvents/totalCount"), 3);

            // The same as a feed, at an address that can't be guessed.
            let url = search["feedUrl"].as_str().expect("an address");
            let told: BTreeSet<String> = feed(hub, url).await.expect("a feed").entries.into_iter().map(|entry| entry.id).collect();
            assert_eq!(told, BTreeSet::from([format!("urn:hansa:{one}"), format!("urn:hansa:{early}")]));
            assert!(feed(hub, "http://hub.test/feeds/matches/0707.atom").await.is_none());

            // Changed, it tells of other things; deleted, of nothing.
            let changed =
                hub.run(Some(people::AUSTIN), UPDATE, json!({ "input": { "id": id, "text": "medlars", "expectedVersion": 1 } })).await;
            assert_eq!(changed.at("/updateSavedSearch/savedSearch"), &json!({ "version": 2, "text": "medlars" }));
            for title in ["Quince jelly", "Medlar jelly"] {
                let id = draft(hub, people::HAMBURG, &hamburg, "en", title).await;
                publish(hub, people::HAMBURG, &id).await;
            }
            assert_eq!(next(&mut stream).await["node"]["title"], "Medlar jelly");
            let stale = hub.run(Some(people::AUSTIN), DELETE, json!({ "input": { "id": id, "expectedVersion": 1 } })).await;
            assert_eq!(stale.code(), "CONFLICT");
            let theirs = hub.run(Some(people::ADMINISTRATOR), DELETE, json!({ "input": { "id": id } })).await;
            assert_eq!(theirs.code(), "FORBIDDEN");
            let gone = hub.run(Some(people::AUSTIN), DELETE, json!({ "input": { "id": id } })).await;
            assert_eq!(gone.at("/deleteSavedSearch/deletedId"), id);
            assert!(feed(hub, url).await.is_none());
            assert_eq!(
                hub.run(Some(people::AUSTIN), "{ savedSearches { totalCount } }", json!({})).await.at("/savedSearches/totalCount"),
                0
            );

            // What can't be kept.
            for (input, person, code) in [
                (json!({ "text": "x" }), None, "UNAUTHENTICATED"),
                (json!({ "text": " " }), Some(people::AUSTIN), "REQUIRED"),
                (json!({ "text": "x".repeat(1_001) }), Some(people::AUSTIN), "TOO_LONG"),
                (json!({ "text": "x", "name": " " }), Some(people::AUSTIN), "REQUIRED"),
                (
                    json!({ "text": "", "filter": { "near": { "latitude": 100.0, "longitude": 0.0, "kilometres": 1.0 } } }),
                    Some(people::AUSTIN),
                    "BAD_INPUT",
                ),
            ] {
                assert_eq!(hub.run(person, SAVE, json!({ "input": input })).await.code(), code, "{input}");
            }
        })
    })
    .await;
}

/// A practice that every person's last search finds: what came before it was looked through.
const LAST: &str = "Zwetschgenknoedel";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_is_what_searching_again_would_find() {
    on_both(true, |hub| {
        Box::pin(async move {
            let words = ["tram", "trams", "Straßenbahn", "roof", "roofs", "Dach", "the", "und", "garden", "Gärten", "water", "Wasser"];
            let cities = [(people::HAMBURG, hub.id("city", "hamburg").await), (people::AUSTIN, hub.id("city", "austin").await)];
            // Chance that is the same each time.
            let mut state = 20_180_718_u64;
            let mut chance = move |below: usize| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                usize::try_from(state >> 33).expect("a number") % below
            };
            let mut phrase = move |most: usize| (0..=chance(most)).map(|_| words[chance(words.len())]).collect::<Vec<_>>().join(" ");
            let filters = [
                json!({ "kinds": ["PRACTICE"] }),
                json!({ "kinds": ["PRACTICE"], "cities": ["hamburg"] }),
                json!({ "kinds": ["PRACTICE"], "languages": ["de"] }),
                json!({ "kinds": ["PRACTICE"], "years": [2026] }),
                json!({ "kinds": ["PRACTICE", "CITY"], "countries": ["US"] }),
            ];
            let mut searches = Vec::new();
            for (number, filter) in filters.iter().cycle().take(30).enumerate() {
                let person = cities[number % 2].0;
                let text = if number % 7 == 0 { String::new() } else { phrase(3) };
                searches.push((person, text.clone(), filter, save(hub, person, &text, filter.clone()).await));
            }
            let start = hub.app.store.log.head().to_string();
            let mut lasts = Vec::new();
            for (person, _) in &cities {
                lasts.push((*person, save(hub, person, LAST, json!({ "kinds": ["PRACTICE"] })).await));
            }
            let mut touched = BTreeSet::new();
            for number in 0..24 {
                let (person, city) = &cities[number % 2];
                let language = ["en", "de"][number / 2 % 2];
                let id = draft(hub, person, city, language, &phrase(4)).await;
                if number % 3 != 0 {
                    publish(hub, person, &id).await;
                }
                touched.insert(id);
            }
            let (person, city) = &cities[0];
            let last = draft(hub, person, city, "en", LAST).await;
            publish(hub, person, &last).await;
            for (person, id) in &lasts {
                let mut stream = hub.subscribe(Some(person), MATCHES, json!({ "id": id, "after": start })).await;
                assert_eq!(next(&mut stream).await["node"]["id"], last);
            }
            touched.insert(last);
            let mut sum = 0;
            for (person, text, filter, id) in &searches {
                let again = "query($text: String!, $filter: SearchFilter) { search(text: $text, filter: $filter, first: 100, orderBy: NEWEST) { nodes { id } } }";
                let found = hub.run(Some(person), again, json!({ "text": text, "filter": filter })).await;
                let found = found.at("/search/nodes").as_array().expect("a list").clone();
                let expected: BTreeSet<String> =
                    found.iter().map(|node| node["id"].as_str().expect("an id").to_owned()).filter(|id| touched.contains(id)).collect();
                let mut stream = hub.subscribe(Some(person), MATCHES, json!({ "id": id, "after": start })).await;
                let count = format!("{{ exchangeEvents(filter: {{ types: [SEARCH_MATCHED], subjects: [\"{id}\"] }}) {{ totalCount }} }}");
                let count = hub.run(Some(person), &count, json!({})).await.at("/exchangeEvents/totalCount").as_u64().expect("a count");
                let mut told = BTreeSet::new();
                for _ in 0..count {
                    told.insert(next(&mut stream).await["node"]["id"].as_str().expect("a thing").to_owned());
                }
                assert_eq!(told, expected, "“{text}” {filter} of {person}");
                assert_eq!(told.len() as u64, count, "each is told once");
                sum += count;
            }
            assert!(sum > 50, "{sum} matches say little");
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_several_hubs_each_match_is_told_once_whoever_ends() {
    if !both().contains(&Backend::Postgres) {
        return;
    }
    let one = TestHub::demo(Backend::Postgres).await;
    let mut two = one.second().await;
    let hamburg = one.id("city", "hamburg").await;
    let id = save(&one, people::AUSTIN, "quinces", Value::Null).await;
    let start = one.app.store.log.head().to_string();
    let mut stream = two.subscribe(Some(people::AUSTIN), MATCHES, json!({ "id": id, "after": start })).await;
    let first = draft(&two, people::HAMBURG, &hamburg, "en", "Quince hedges").await;
    publish(&two, people::HAMBURG, &first).await;
    assert_eq!(next(&mut stream).await["node"]["id"], first);
    // The hub that had the turn goes; the other takes it over where it was left.
    one.hand_over(&mut two).await;
    let second = draft(&two, people::HAMBURG, &hamburg, "en", "Quince walls").await;
    publish(&two, people::HAMBURG, &second).await;
    assert_eq!(next(&mut stream).await["node"]["id"], second);
    two.end().await;
}
