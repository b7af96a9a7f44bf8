//! What is asked for in vain is told, so that nobody takes an empty page for an answer.
use serde_json::{Value, json};

use crate::kit::{TestHub, on_both, people};

const SEARCH: &str = "query($text: String!, $filter: SearchFilter) { search(text: $text, filter: $filter, first: 3) { totalCount didYouMean
    explanation { sentence reading parts { text correctedTo offered isFound } warnings { code message field values } } nodes { __typename } } }";

async fn told(hub: &TestHub, text: &str, filter: Value) -> Value {
    hub.run(None, SEARCH, json!({ "text": text, "filter": filter })).await.at("/search").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_tells_what_of_it_nothing_has() {
    on_both(true, |hub| {
        Box::pin(async move {
            let answer = told(hub, "trees city:nowhere", Value::Null).await;
            assert_eq!(answer["totalCount"], 0);
            let warning = &answer["explanation"]["warnings"][0];
            assert_eq!(
                (&warning["code"], &warning["field"], &warning["values"]),
                (&json!("UNKNOWN_VALUE"), &json!("city"), &json!(["nowhere"]))
            );
            assert!(answer["explanation"]["sentence"].as_str().is_some_and(|told| told.ends_with("Nothing was found.")), "{answer:#}");
            let answer = told(hub, "trees", json!({ "themes": ["no-such-theme"], "countries": ["SE"] })).await;
            let codes: Vec<&Value> =
                answer["explanation"]["warnings"].as_array().expect("a list").iter().map(|told| &told["code"]).collect();
            assert_eq!(codes, [&json!("UNKNOWN_FILTER_VALUE"), &json!("UNKNOWN_FILTER_VALUE")]);
            let long: Vec<String> = (0..60).map(|number| format!("tree{number}")).collect();
            let answer = told(hub, &long.join(" "), Value::Null).await;
            assert_eq!(answer["explanation"]["warnings"][0]["code"], "WORDS_BEYOND_LIMIT");
            assert_eq!(answer["explanation"]["warnings"][0]["values"].as_array().map(Vec::len), Some(12));
            assert_eq!(told(hub, "trees city:Montréal", Value::Null).await["explanation"]["warnings"], json!([]));
            // A right word that nothing has is not taken for another, and said to be nowhere.
            let answer = told(hub, "galaxies", Value::Null).await;
            assert_eq!((&answer["totalCount"], &answer["explanation"]["parts"][0]["isFound"]), (&json!(0), &json!(false)), "{answer:#}");
            assert_eq!(answer["explanation"]["parts"][0]["correctedTo"], Value::Null);
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_pasted_is_no_query_language() {
    on_both(true, |hub| {
        Box::pin(async move {
            let pasted = "I look for what cities did with \"rain gardens at the kerb of every single street\" -and for whoever paid theme:nothing (e.g. c/o New York)";
            let answer = told(hub, pasted, Value::Null).await;
            assert_eq!(answer["explanation"]["reading"], "PROSE");
            assert!(answer["totalCount"].as_u64().is_some_and(|count| count > 0));
            let relaxed = told(hub, "rain gardens paid by the street \"of the moon\"", Value::Null).await;
            assert_eq!(relaxed["explanation"]["reading"], "RELAXED");
            let short = told(hub, "rain \"gardens of the moon\"", Value::Null).await;
            assert_eq!((&short["explanation"]["reading"], &short["totalCount"]), (&json!("STRICT"), &json!(0)));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_filter_that_names_nothing_is_refused() {
    on_both(true, |hub| {
        Box::pin(async move {
            for (query, filter) in [
                ("query($f: PracticeFilter) { practices(filter: $f) { totalCount } }", json!({ "themes": ["no-such-theme"] })),
                ("query($f: PracticeFilter) { practices(filter: $f) { totalCount } }", json!({ "countries": ["XX"] })),
                ("query($f: SeminarFilter) { seminars(filter: $f) { totalCount } }", json!({ "countries": ["XX"] })),
                ("query($f: PairingFilter) { pairings(filter: $f) { totalCount } }", json!({ "countries": ["XX"] })),
                ("query($f: SearchFilter) { search(text: \"\", filter: $f) { totalCount } }", json!({ "countries": ["XX"] })),
                (
                    "query($f: ExchangeEventFilter) { exchangeEvents(first: 1, filter: $f) { nodes { cursor } } }",
                    json!({ "themes": ["theme_01h00000000000000000000000"] }),
                ),
            ] {
                let answer = hub.run(None, query, json!({ "f": filter })).await;
                assert_eq!(answer.code(), "BAD_INPUT", "{query}");
            }
            // What is there and has nothing is an answer.
            let empty =
                hub.run(None, "{ practices(filter: { themes: [\"homelessness\"], cities: [\"varna\"] }) { totalCount } }", json!({})).await;
            assert_eq!(*empty.at("/practices/totalCount"), json!(0));
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_saved_search_says_when_nothing_can_ever_match() {
    const SAVE: &str = "mutation($input: SaveSearchInput!) { saveSearch(input: $input) { savedSearch { warnings } errors { code } } }";
    on_both(true, |hub| {
        Box::pin(async move {
            let warnings = async |text: &str, filter: Value| {
                let saved = hub.run(Some(people::AUSTIN), SAVE, json!({ "input": { "text": text, "filter": filter } })).await;
                saved.at("/saveSearch/savedSearch/warnings").as_array().map_or(0, Vec::len)
            };
            assert_eq!(warnings("?!", Value::Null).await, 1);
            assert_eq!(warnings("tram country:Atlantis", Value::Null).await, 1);
            assert_eq!(warnings("tram kind:city", json!({ "kinds": ["PRACTICE"] })).await, 1);
            assert_eq!(warnings("tram city:nowhere-yet", json!({ "kinds": ["PRACTICE"] })).await, 0);
        })
    })
    .await;
}
