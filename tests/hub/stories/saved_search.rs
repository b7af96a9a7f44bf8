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
    let feeds = FeedPages::new(hub.app.gate.clone(), hub.app.index.clone(), "http://hub.test");
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
            let changed = next(&mut stream).await;
            assert_eq!(
                (&changed["node"]["title"], &changed["snippets"][0]["fragments"][0]),
                (&json!("Medlar jelly"), &json!({ "text": "Medlar", "isMatch": true }))
            );
            let stale = hub.run(Some(people::AUSTIN), DELETE, json!({ "input": { "id": id, "expectedVersion": 1 } })).await;
            assert_eq!(stale.code(), "CONFLICT");
            let theirs = hub.run(Some(people::ADMINISTRATOR), DELETE, json!({ "input": { "id": id } })).await;
            assert_eq!(theirs.code(), "FORBIDDEN");
            let gone = hub.run(Some(people::AUSTIN), DELETE, json!({ "input": { "id": id } })).await;
            assert_eq!(gone.at("/deleteSavedSearch/deletedId"), id);
            let end = tokio::time::timeout(Duration::from_secs(30), stream.next()).await.expect("the stream ends").expect("with a reason");
            assert_eq!(end["errors"][0]["extensions"]["code"], "NOT_FOUND", "{end:#}");
            assert!(stream.next().await.is_none());
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

/// Chance that is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a number") % most
    }

    fn words(&mut self, of: &[&str], most: usize) -> String {
        (0..=self.below(most)).map(|_| of[self.below(of.len())]).collect::<Vec<_>>().join(" ")
    }
}

/// What practices are called by, and what is asked: words and parts of compounds, slips of the pen, beginnings, phrases, what is excluded, fields, terms of synonyms.
const CALLED: [&str; 12] = ["tram", "trams", "Straßenbahn", "roof", "roofs", "Dach", "the", "und", "garden", "Gärten", "water", "Wasser"];
const ASKED: [&str; 22] = [
    "tram",
    "roofs",
    "Dach",
    "the",
    "garden",
    "Wasser",
    "Bahn",
    "gardne",
    "Strasenbahn",
    "trma",
    "gar*",
    "Wass*",
    "\"tram roof\"",
    "\"the water\"",
    "-water",
    "-\"the tram\"",
    "lang:de",
    "year:2026",
    "light rail",
    "canopy",
    "Hain",
    "2026",
];
const AGAIN: &str =
    "query($text: String!, $filter: SearchFilter) { search(text: $text, filter: $filter, first: 100, orderBy: NEWEST) { nodes { id } } }";
const SYNONYM: &str =
    "mutation($input: CreateSynonymInput!) { createSynonym(input: $input) { synonym { id } errors { message } position } }";

/// Says what else something finds; answers when searches heed it.
async fn say(hub: &TestHub, input: Value) {
    let said = hub.run(Some(people::ADMINISTRATOR), SYNONYM, json!({ "input": input })).await;
    let reached = "query($at: Position!) { search(text: \"\", first: 0, atLeast: $at) { totalCount } }";
    hub.run(None, reached, json!({ "at": said.at("/createSynonym/position") })).await.at("/search/totalCount");
}

/// The oracle: after each event every saved search is asked again by its person; what it then finds of the thing the event was about, and did not
/// find at an earlier event, is what must be told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_is_what_searching_again_after_each_event_finds() {
    on_both(true, |hub| {
        Box::pin(async move {
            let cities = [(people::HAMBURG, hub.id("city", "hamburg").await), (people::AUSTIN, hub.id("city", "austin").await)];
            let mut chance = Chance(20_180_718);
            say(hub, json!({ "language": "en", "terms": ["light rail", "tram"] })).await;
            say(hub, json!({ "language": "de", "terms": ["Hain"], "expansions": ["Garten", "und Wasser"] })).await;
            let filters = [
                json!({ "kinds": ["PRACTICE"] }),
                json!({ "kinds": ["PRACTICE"], "cities": ["hamburg"] }),
                json!({ "kinds": ["PRACTICE"], "languages": ["de"] }),
                json!({ "kinds": ["PRACTICE"], "years": [2026] }),
                json!({ "kinds": ["PRACTICE", "CITY"], "countries": ["US"] }),
            ];
            let mut searches = Vec::new();
            for (number, asked) in ASKED.iter().enumerate() {
                let text = if number % 3 == 0 { (*asked).to_owned() } else { format!("{asked} {}", chance.words(&ASKED, 2)) };
                searches.push((cities[number % 2].0, text, filters[0].clone()));
            }
            for (number, filter) in filters.iter().cycle().take(12).enumerate() {
                let text = if number % 5 == 0 { String::new() } else { chance.words(&ASKED, 3) };
                searches.push((cities[number % 2].0, text, filter.clone()));
            }
            let start = hub.app.store.log.head().to_string();
            let mut ids = Vec::new();
            for (person, text, filter) in &searches {
                ids.push(save(hub, person, text, filter.clone()).await);
            }
            // Each event is the first at which one of these sees the thing: when they are told, the event was looked through.
            let mut beacons = Vec::new();
            for person in [people::ADMINISTRATOR, people::HAMBURG, people::AUSTIN] {
                let id = save(hub, person, "", json!({ "kinds": ["PRACTICE"] })).await;
                beacons.push(hub.subscribe(Some(person), MATCHES, json!({ "id": id, "after": start })).await);
            }
            let mut expected = vec![BTreeSet::new(); searches.len()];
            for number in 0..18 {
                if number == 9 {
                    say(hub, json!({ "terms": ["canopy", "roof"] })).await;
                }
                let own = number % 2;
                let (person, city) = &cities[own];
                let id = draft(hub, person, city, ["en", "de"][number / 2 % 2], &chance.words(&CALLED, 4)).await;
                for is_published in [false, true] {
                    let first_to_see = match (is_published, number % 3) {
                        (false, _) => vec![0, 1 + own],
                        (true, 0) => continue,
                        (true, _) => {
                            publish(hub, person, &id).await;
                            vec![2 - own]
                        }
                    };
                    for beacon in first_to_see {
                        assert_eq!(next(&mut beacons[beacon]).await["node"]["id"], id);
                    }
                    for ((person, text, filter), expected) in searches.iter().zip(&mut expected) {
                        let found = hub.run(Some(person), AGAIN, json!({ "text": text, "filter": filter })).await;
                        if found.at("/search/nodes").as_array().expect("a list").iter().any(|node| node["id"] == id.as_str()) {
                            expected.insert(id.clone());
                        }
                    }
                }
            }
            let mut sums = [0; 2];
            for (((person, text, filter), id), expected) in searches.iter().zip(&ids).zip(expected) {
                let mut stream = hub.subscribe(Some(person), MATCHES, json!({ "id": id, "after": start })).await;
                let count = format!("{{ exchangeEvents(filter: {{ types: [SEARCH_MATCHED], subjects: [\"{id}\"] }}) {{ totalCount }} }}");
                let count = hub.run(Some(person), &count, json!({})).await.at("/exchangeEvents/totalCount").as_u64().expect("a count");
                let mut told = BTreeSet::new();
                for _ in 0..count {
                    told.insert(next(&mut stream).await["node"]["id"].as_str().expect("a thing").to_owned());
                }
                assert_eq!(told, expected, "“{text}” {filter} of {person}");
                assert_eq!(told.len() as u64, count, "each is told once");
                let has_more_than_words = ["light rail", "canopy", "Hain", "gardne", "gar*", "\""].iter().any(|part| text.contains(part));
                sums[usize::from(has_more_than_words)] += count;
            }
            assert!(sums[0] > 30 && sums[1] > 20, "{sums:?} matches say little");
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
