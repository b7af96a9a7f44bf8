//! GraphQL over HTTP.

use serde_json::json;

use crate::transport::kit::{Hub, code, read};

const RESPONSE: &str = "application/graphql-response+json";

#[tokio::test]
async fn the_status_tells_where_the_client_takes_graphql_response_json() {
    let hub = Hub::new().await;
    for (query, status, expected) in [
        ("{ hello }", 200, "none"),
        ("{", 400, "PARSE_FAILED"),
        ("{ nothing }", 400, "VALIDATION_FAILED"),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", 400, "BAD_VARIABLES"),
        ("{ fault }", 200, "INTERNAL"),
        ("{ panic }", 500, "INTERNAL"),
        ("{ forbidden }", 200, "FORBIDDEN"),
        ("{ positive(number: 0) }", 200, "BAD_INPUT"),
        ("subscription { count(to: 1) }", 400, "NOT_SUPPORTED"),
        ("{ nothing(name: \"\\u0000\") }", 400, "BAD_REQUEST"),
    ] {
        let (is, answer) = hub.query(query).await;
        assert_eq!((is, code(&answer)), (status, expected), "{query}: {answer}");
        assert_eq!(answer.get("data").is_some(), status == 200, "{query}: {answer}");
    }
}

#[tokio::test]
async fn plain_json_is_answered_with_200_for_every_well_formed_request() {
    let hub = Hub::new().await;
    for query in ["{", "{ nothing }", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"] {
        let (status, answer) = read(hub.post().body(json!({ "query": query }).to_string())).await;
        assert_eq!(status, 200, "{answer}");
        assert!(answer.get("data").is_none(), "{answer}");
    }
    for body in [
        "",
        "{",
        "[]",
        "null",
        "1",
        "{}",
        r#"{"query": 1}"#,
        r#"{"query": "{hello}", "variables": []}"#,
        r#"{"query": "{hello}", "operationName": 1}"#,
        r#"{"query": "{hello}", "extensions": ""}"#,
    ] {
        let (status, answer) = read(hub.post().body(body)).await;
        assert_eq!((status, code(&answer)), (400, "BAD_REQUEST"), "{body}: {answer}");
    }
}

#[tokio::test]
async fn answers_in_the_media_type_asked_for() {
    let hub = Hub::new().await;
    for (accept, expected) in [
        (Some(RESPONSE), Some(RESPONSE)),
        (Some("application/graphql-response+json, application/json;q=0.9"), Some(RESPONSE)),
        (Some("application/json"), Some("application/json")),
        (Some("*/*"), Some("application/json")),
        (None, Some("application/json")),
        (Some("text/html"), None),
    ] {
        let mut request = hub.post().body(r#"{"query":"{ hello }"}"#);
        if let Some(accept) = accept {
            request = request.header("accept", accept);
        }
        let response = request.send().await.expect("an answer");
        match expected {
            Some(expected) => assert_eq!(response.headers()["content-type"], format!("{expected}; charset=utf-8")),
            None => assert_eq!(response.status(), 406),
        }
    }
}

#[tokio::test]
async fn only_get_and_post_are_served() {
    let hub = Hub::new().await;
    for method in ["PUT", "PATCH", "DELETE", "HEAD"] {
        let request = reqwest::Client::new().request(method.parse().expect("a method"), hub.url("/graphql?query=%7Bhello%7D"));
        let response = request.send().await.expect("an answer");
        assert_eq!((response.status().as_u16(), &response.headers()["allow"]), (405, &"GET, POST".parse().expect("a header")), "{method}");
    }
}

#[tokio::test]
async fn a_get_runs_queries_and_never_a_mutation() {
    let hub = Hub::new().await;
    let get = |query: &[(&str, &str)]| read(reqwest::Client::new().get(hub.url("/graphql")).query(query));
    assert_eq!(
        get(&[("query", "query ($text: String!) { echo(text: $text) }"), ("variables", r#"{"text":"ä+ b"}"#)]).await.1["data"]["echo"],
        "ä+ b"
    );
    assert_eq!(get(&[("query", "query A { hello } query B { viewer }"), ("operationName", "B")]).await.1["data"]["viewer"], "public");
    let (status, answer) = get(&[("query", r#"mutation { add(input: {name: "x"}) { id } }"#)]).await;
    assert_eq!((status, code(&answer)), (405, "NOT_SUPPORTED"), "{answer}");
    assert_eq!(get(&[("query", "{ hello }"), ("variables", "[1]")]).await.0, 400);
    assert_eq!(get(&[("query", "{ hello }"), ("variables", "{")]).await.0, 400);
    assert_eq!(get(&[]).await.0, 400);
}

#[tokio::test]
async fn a_body_that_a_form_could_send_is_refused() {
    let hub = Hub::new().await;
    let body = r#"{"query":"mutation { add(input: {name: \"x\"}) { id } }"}"#;
    let client = reqwest::Client::new();
    for content_type in [
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("application/graphql"),
        Some("application/json; charset=utf-16"),
        None,
    ] {
        let mut request = client.post(hub.url("/graphql")).body(body);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let (status, answer) = read(request).await;
        assert_eq!((status, code(&answer)), (415, "NOT_SUPPORTED"), "{content_type:?}: {answer}");
    }
    let (status, _) = read(hub.post().header("content-encoding", "gzip").body(body)).await;
    assert_eq!(status, 415);
}

#[tokio::test]
async fn a_wrong_credential_is_an_error_and_none_is_the_public() {
    let hub = Hub::new().await;
    let ask = |credential: Option<&str>| {
        let request = hub.post().body(r#"{"query":"{ viewer }"}"#);
        read(credential.into_iter().fold(request, |request, value| request.header("authorization", value)))
    };
    assert_eq!(ask(None).await.1["data"]["viewer"], "public");
    assert_eq!(ask(Some("Bearer good")).await.1["data"]["viewer"], "member");
    for wrong in ["Bearer bad", "Bearer", "Basic good", "good", ""] {
        let (status, answer) = ask(Some(wrong)).await;
        assert_eq!((status, code(&answer)), (401, "UNAUTHENTICATED"), "{wrong:?}: {answer}");
    }
}

#[tokio::test]
async fn a_fault_shows_its_request_id_and_not_its_cause() {
    let hub = Hub::new().await;
    let response = hub.post().header("x-request-id", "abc-1").body(r#"{"query":"{ fault }"}"#).send().await.expect("an answer");
    assert_eq!(response.headers()["x-request-id"], "abc-1");
    let text = response.text().await.expect("text");
    assert!(text.contains(r#""requestId":"abc-1""#) && !text.contains("swordfish"), "{text}");
    let insane = "x".repeat(65);
    for given in ["", "a b", "\"<script>", insane.as_str()] {
        let response = hub.post().header("x-request-id", given).body(r#"{"query":"{ hello }"}"#).send().await.expect("an answer");
        assert_ne!(response.headers()["x-request-id"], given);
        assert!(!response.headers()["x-request-id"].is_empty());
    }
}

#[tokio::test]
async fn variables_are_checked_before_execution() {
    let hub = Hub::new().await;
    let query = "query ($input: AddInput!, $id: ID) { find(input: $input) item(id: $id) { id } }";
    for (variables, expected) in [
        (json!({"input": {"name": "a"}}), "none"),
        (json!({"input": {"name": "a", "count": 2, "kind": "LARGE", "tags": ["x"]}, "id": 7, "unknown": 1}), "none"),
        (json!({"input": {"name": "a", "tags": "one"}, "id": null}), "none"),
        (json!({}), "BAD_VARIABLES"),
        (json!({"input": null}), "BAD_VARIABLES"),
        (json!({"input": {}}), "BAD_VARIABLES"),
        (json!({"input": {"name": 1}}), "BAD_VARIABLES"),
        (json!({"input": {"name": "a", "count": 1.5}}), "BAD_VARIABLES"),
        (json!({"input": {"name": "a", "kind": "HUGE"}}), "BAD_VARIABLES"),
        (json!({"input": {"name": "a", "tags": [null]}}), "BAD_VARIABLES"),
        (json!({"input": {"name": "a", "other": 1}}), "BAD_VARIABLES"),
        (json!({"input": {"name": "a"}, "id": true}), "BAD_VARIABLES"),
    ] {
        let (status, answer) = hub.ask(&json!({"query": query, "variables": variables})).await;
        assert_eq!((status, code(&answer)), (if expected == "none" { 200 } else { 400 }, expected), "{variables}: {answer}");
    }
}

#[tokio::test]
async fn a_batch_is_answered_in_its_order() {
    let hub = Hub::new().await;
    let (status, answer) = hub.ask(&json!([{"query": "{ hello }"}, {"query": "{ nothing }"}, {"query": "{ viewer }"}])).await;
    assert_eq!(status, 200);
    assert_eq!(answer[0]["data"]["hello"], "world");
    assert_eq!(code(&answer[1]), "VALIDATION_FAILED");
    assert_eq!(answer[2]["data"]["viewer"], "public");
}

#[tokio::test]
async fn a_persisted_query_is_asked_for_once() {
    let hub = Hub::new().await;
    let hash = "f1fd4b9a7d3f4b9d8a2f1c2f5a1d6a0d3e3b8c7a6f5e4d3c2b1a09f8e7d6c5b4";
    let (status, answer) = hub.ask(&json!({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}}})).await;
    assert_eq!(
        (status, code(&answer), &answer["errors"][0]["message"]),
        (400, "PERSISTED_QUERY_NOT_FOUND", &json!("PersistedQueryNotFound"))
    );
    let (status, answer) =
        hub.ask(&json!({"query": "{ hello }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash}}})).await;
    assert_eq!((status, code(&answer)), (400, "BAD_REQUEST"), "a text must not be kept under another's hash");

    use sha2::{Digest, Sha256};
    let right = json!({"persistedQuery": {"version": 1, "sha256Hash": hex::encode(Sha256::digest("{ hello }"))}});
    assert_eq!(hub.ask(&json!({"query": "{ hello }", "extensions": right})).await.1["data"]["hello"], "world");
    assert_eq!(hub.ask(&json!({"extensions": right})).await.1["data"]["hello"], "world");
    let get = reqwest::Client::new().get(hub.url("/graphql")).query(&[("extensions", right.to_string())]);
    assert_eq!(read(get).await.1["data"]["hello"], "world");
    for wrong in [json!({"version": 2, "sha256Hash": hash}), json!({"version": 1, "sha256Hash": "zz"}), json!(1)] {
        assert_eq!(hub.ask(&json!({"extensions": {"persistedQuery": wrong}})).await.0, 400);
    }
}

#[tokio::test]
async fn an_operation_is_chosen_by_name() {
    let hub = Hub::new().await;
    let query = "query A { hello } query B { viewer }";
    assert_eq!(hub.ask(&json!({"query": query, "operationName": "B"})).await.1["data"], json!({"viewer": "public"}));
    for name in [json!(null), json!("C"), json!("")] {
        assert_eq!(code(&hub.ask(&json!({"query": query, "operationName": name})).await.1), "BAD_REQUEST");
    }
}

#[tokio::test]
async fn the_second_time_a_query_is_not_validated_and_answers_the_same() {
    let hub = Hub::new().await;
    let query = "query ($first: Int) { items(first: $first) { totalCount nodes { ...F } } } fragment F on Item { id name }";
    let ask = |first: i32| hub.ask_owned(json!({"query": query, "variables": {"first": first}}));
    assert_eq!(ask(2).await, ask(2).await);
    assert_eq!(ask(3).await.1["data"]["items"]["nodes"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn a_person_with_a_browser_is_shown_the_explorer() {
    let hub = Hub::new().await;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let request = client.get(hub.url("/graphql")).header("accept", "text/html,*/*;q=0.8");
    let response = request.send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), &response.headers()["location"]), (303, &"/graphiql".parse().expect("a header")));
}

#[tokio::test]
async fn pages_of_other_origins_may_ask_unless_a_setting_names_those_that_may() {
    let (open, closed) = (Hub::new().await, Hub::for_pages_of("https://app.example.org").await);
    for (hub, origin, may) in
        [(&open, "https://any.example", true), (&closed, "https://app.example.org", true), (&closed, "https://any.example", false)]
    {
        let preflight = reqwest::Client::new()
            .request(reqwest::Method::OPTIONS, hub.url("/graphql"))
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type");
        let preflight = preflight.send().await.expect("an answer");
        let asked = hub.post().header("origin", origin).body(r#"{"query":"{ hello }"}"#).send().await.expect("an answer");
        assert_eq!((preflight.status().is_success(), asked.status() == 200), (may, may), "{origin}");
        let allowed = |response: &reqwest::Response| response.headers().get("access-control-allow-origin").cloned();
        let expected: Option<reqwest::header::HeaderValue> = may.then(|| origin.parse().expect("a header"));
        assert_eq!((allowed(&preflight), allowed(&asked)), (expected.clone(), expected), "{origin}");
        if may {
            assert_eq!(preflight.headers()["access-control-allow-headers"], "authorization,content-type");
            assert!(asked.headers().get("access-control-allow-credentials").is_none(), "cookies are never asked for");
            assert!(asked.headers()["access-control-expose-headers"].to_str().expect("text").contains("x-request-id"));
        }
    }
    assert_eq!(closed.query("{ hello }").await.0, 200, "who is no page is asked for no origin");
}
