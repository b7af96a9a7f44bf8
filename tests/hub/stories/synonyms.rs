//! Synonyms: administrators say what else a word finds, and every hub finds it from then on.
use serde_json::{Value, json};

use crate::kit::{Backend, TestHub, both, on_both, people};

const CREATE: &str = "mutation($input: CreateSynonymInput!) { createSynonym(input: $input) { synonym { id slug version } errors { code message path } position } }";
const UPDATE: &str = "mutation($input: UpdateSynonymInput!) { updateSynonym(input: $input) { synonym { version language terms expansions } errors { code } position } }";
const DELETE: &str = "mutation($input: DeleteSynonymInput!) { deleteSynonym(input: $input) { deletedId errors { code } position } }";
const FIND: &str = "query($text: String!, $at: Position) { search(text: $text, atLeast: $at, filter: { kinds: [PRACTICE] }) {
  totalCount didYouMean explanation { sentence parts { text synonyms } } edges { score node { ... on Practice { title } } } } }";

/// The titles found for a text at a place in the log, best first.
async fn find(hub: &TestHub, person: Option<&str>, text: &str, at: &Value) -> Vec<String> {
    let answer = hub.run(person, FIND, json!({ "text": text, "at": at })).await;
    let edges = answer.at("/search/edges").as_array().expect("a list").clone();
    edges.iter().map(|edge| edge["node"]["title"].as_str().expect("a title").to_owned()).collect()
}

fn practice(slug: &str, language: &str, title: &str, audience: &str) -> String {
    let record = json!({ "kind": "practice", "slug": slug, "city": "hamburg", "title": title, "summary": "S.", "language": language, "published_on": "2020-01-01", "audience": audience });
    format!("{record}\n")
}

/// Practices with words that nothing of the demonstration has.
async fn fill(hub: &TestHub) {
    let lines = [
        practice("one", "en", "Quincetram", "public"),
        practice("two", "en", "Medlar sorbus", "public"),
        practice("three", "en", "The sorbus of the medlar", "public"),
        practice("four", "de", "Quincetram", "public"),
        practice("hidden", "en", "Sloeferry", "city:hamburg"),
    ];
    assert!(!hub.import(&lines.concat()).await.any_refused());
    hub.indexed().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn administrators_say_what_finds_what_and_nothing_is_indexed_anew() {
    on_both(true, |hub| {
        Box::pin(async move {
            fill(hub).await;
            let admin = Some(people::ADMINISTRATOR);
            let input = json!({ "language": "en", "terms": ["quincetram", " medlar   sorbus "], "idempotencyKey": "k" });
            for (person, code) in [(None, "UNAUTHENTICATED"), (Some(people::OFFICER), "FORBIDDEN")] {
                assert_eq!(hub.run(person, CREATE, json!({ "input": input })).await.code(), code);
            }
            for (wrong, code) in [
                (json!({ "terms": [] }), "REQUIRED"),
                (json!({ "terms": ["tram"] }), "REQUIRED"),
                (json!({ "terms": ["tram", "…"] }), "REQUIRED"),
                (json!({ "terms": ["Tram", "tràm"] }), "BAD_INPUT"),
                (json!({ "terms": ["tram"], "expansions": ["TRAM"] }), "BAD_INPUT"),
                (json!({ "terms": ["tram", "a b c d e f g"] }), "TOO_LONG"),
                (json!({ "terms": vec!["tram"; 21] }), "TOO_LONG"),
                (json!({ "terms": ["tram", "train"], "slug": "No slug" }), "BAD_INPUT"),
            ] {
                assert_eq!(hub.run(admin, CREATE, json!({ "input": wrong })).await.code(), code, "{wrong}");
            }
            let created = hub.run(admin, CREATE, json!({ "input": input })).await;
            let (id, at) = (created.text("/createSynonym/synonym/id").to_owned(), created.at("/createSynonym/position").clone());
            assert_eq!(created.text("/createSynonym/synonym/slug"), "en-quincetram");
            assert_eq!(hub.run(admin, CREATE, json!({ "input": input })).await.at("/createSynonym/synonym/id"), &json!(id));

            // The word itself first, which both are called, then what it also finds: the words as they follow one another, in this language alone.
            assert_eq!(find(hub, None, "quincetram", &at).await, ["Quincetram", "Quincetram", "Medlar sorbus"]);
            let both_ways = find(hub, None, "medlar sorbus", &at).await;
            assert_eq!(both_ways.len(), 3, "{both_ways:?}");
            assert_eq!(both_ways.iter().filter(|title| *title == "Quincetram").count(), 1, "the German one has no such synonym");
            let told = hub.run(None, FIND, json!({ "text": "quincetrams", "at": at })).await;
            assert_eq!(told.at("/search/explanation/parts/0/synonyms"), &json!(["medlar sorbus"]));
            assert_eq!(told.text("/search/explanation/sentence"), "Sought: any of the words “quincetrams” (also “medlar sorbus”).");

            // Changed to one way, in every language; what is stale or not known is refused.
            let change = json!({ "id": id, "expectedVersion": 1, "language": null, "terms": ["quincetram"], "expansions": ["sloeferry"] });
            let changed = hub.run(admin, UPDATE, json!({ "input": change })).await;
            assert_eq!(
                changed.at("/updateSynonym/synonym"),
                &json!({ "version": 2, "language": null, "terms": ["quincetram"], "expansions": ["sloeferry"] })
            );
            assert_eq!(hub.run(admin, UPDATE, json!({ "input": change })).await.code(), "CONFLICT");
            assert_eq!(hub.run(Some(people::HAMBURG), UPDATE, json!({ "input": change })).await.code(), "FORBIDDEN");
            let at = changed.at("/updateSynonym/position").clone();
            // What only the hidden has is found by those who see it, and changes nothing for others, scores included.
            let mut seen = find(hub, Some(people::HAMBURG), "quincetram", &at).await;
            seen.sort_unstable();
            assert_eq!(seen, ["Quincetram", "Quincetram", "Sloeferry"]);
            let with = hub.run(None, FIND, json!({ "text": "quincetram", "at": at })).await.at("/search/edges").clone();
            assert_eq!(find(hub, Some(people::HAMBURG), "sloeferry", &at).await, ["Sloeferry"]);

            // Gone, it finds no more; what was the same all the while is the same.
            let gone = hub.run(admin, DELETE, json!({ "input": { "id": id, "expectedVersion": 2 } })).await;
            assert_eq!(gone.text("/deleteSynonym/deletedId"), id);
            let at = gone.at("/deleteSynonym/position").clone();
            assert_eq!(find(hub, Some(people::HAMBURG), "quincetram", &at).await.len(), 2);
            assert_eq!(&with, hub.run(None, FIND, json!({ "text": "quincetram", "at": at })).await.at("/search/edges"));
            assert_eq!(hub.run(admin, DELETE, json!({ "input": { "id": id } })).await.code(), "NOT_FOUND");
            let events = "{ exchangeEvents(last: 3, filter: { types: [SYNONYM_ADDED, SYNONYM_REVISED, SYNONYM_DELETED] }) { nodes { type summary } } synonyms { totalCount } }";
            let events = hub.run(None, events, json!({})).await;
            let types: Vec<&str> = events.at("/exchangeEvents/nodes").as_array().expect("a list").iter().filter_map(|e| e["type"].as_str()).collect();
            assert_eq!(types, ["SYNONYM_ADDED", "SYNONYM_REVISED", "SYNONYM_DELETED"]);
            assert_eq!(events.at("/synonyms/totalCount"), 0);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_starts_knows_the_synonyms_and_an_import_brings_them() {
    let hub = TestHub::demo(Backend::Sqlite).await;
    fill(&hub).await;
    let lines = "{\"kind\":\"synonym\",\"slug\":\"fruit\",\"language\":\"en\",\"terms\":[\"medlar\",\"quincetram\"]}\n{\"kind\":\"synonym\",\"slug\":\"alone\",\"terms\":[\"medlar\"]}\n";
    let report = hub.import(lines).await;
    assert_eq!(report.count(|verdict| matches!(verdict, hansa::kernel::import::Verdict::Refused(why) if why.contains("expansions"))), 1);
    hub.indexed().await;
    assert_eq!(find(&hub, None, "medlar", &Value::Null).await.len(), 3);
    let hub = hub.restarted(|_| {}).await;
    assert_eq!(find(&hub, None, "medlar", &Value::Null).await.len(), 3);
    hub.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_hub_learns_of_a_synonym_from_the_log() {
    if !both().contains(&Backend::Postgres) {
        return;
    }
    let one = TestHub::demo(Backend::Postgres).await;
    fill(&one).await;
    let two = one.second().await;
    let input = json!({ "language": "en", "terms": ["quincetram", "medlar"] });
    let created = one.run(Some(people::ADMINISTRATOR), CREATE, json!({ "input": input })).await;
    let at = created.at("/createSynonym/position").clone();
    assert_eq!(find(&two, None, "quincetram", &at).await.len(), 4);
    let deleted = two.run(Some(people::ADMINISTRATOR), DELETE, json!({ "input": { "id": created.at("/createSynonym/synonym/id") } })).await;
    let at = deleted.at("/deleteSynonym/position").clone();
    assert_eq!(find(&one, None, "quincetram", &at).await.len(), 2);
    two.end().await;
    one.end().await;
}
