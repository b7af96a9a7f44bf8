//! Server-sent events, distinct connections.

use serde_json::{Value, json};

use crate::transport::kit::{Hub, code, read};

/// The events of one request: their names and data.
async fn events(request: reqwest::RequestBuilder) -> Vec<(String, Value)> {
    let response = request.header("accept", "text/event-stream").send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
    parse(&response.text().await.expect("text"))
}

pub fn parse(text: &str) -> Vec<(String, Value)> {
    let blocks = text.split("\n\n").filter(|block| block.starts_with("event: "));
    let event = |block: &str| {
        let (name, data) = block.strip_prefix("event: ")?.split_once("\ndata:")?;
        Some((name.to_owned(), serde_json::from_str(data).unwrap_or_default()))
    };
    blocks.filter_map(event).collect()
}

#[tokio::test]
async fn any_operation_can_be_streamed() {
    let hub = Hub::new().await;
    for (query, expected) in [
        ("subscription { count(to: 2) }", vec![json!({"count": 1}), json!({"count": 2})]),
        ("{ hello }", vec![json!({"hello": "world"})]),
        ("mutation { add(input: {name: \"x\"}) { id } }", vec![json!({"add": {"id": "item_1"}})]),
    ] {
        let mut heard = events(hub.post().body(json!({ "query": query }).to_string())).await;
        assert_eq!(heard.pop().map(|event| event.0), Some("complete".into()));
        let data: Vec<_> = heard.into_iter().map(|(name, data)| (name, data["data"].clone())).collect();
        assert_eq!(data, expected.into_iter().map(|data| ("next".to_owned(), data)).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_get_subscribes_but_does_not_mutate() {
    let hub = Hub::new().await;
    let get = |query: &str| reqwest::Client::new().get(hub.url("/graphql")).query(&[("query", query)]);
    assert_eq!(events(get("subscription { count(to: 3) }")).await.len(), 4);
    let (status, answer) = read(get("mutation { add(input: {name: \"x\"}) { id } }").header("accept", "text/event-stream")).await;
    assert_eq!((status, code(&answer)), (405, "NOT_SUPPORTED"));
}

#[tokio::test]
async fn a_refused_document_is_told_in_the_stream_and_a_bad_request_is_not() {
    let hub = Hub::new().await;
    for (query, expected) in [("{", "PARSE_FAILED"), ("subscription { nothing }", "VALIDATION_FAILED")] {
        let heard = events(hub.post().body(json!({ "query": query }).to_string())).await;
        assert_eq!((heard.len(), heard[0].0.as_str(), code(&heard[0].1)), (2, "next", expected));
    }
    for body in ["{}", "[{\"query\":\"{hello}\"}]"] {
        assert_eq!(read(hub.post().header("accept", "text/event-stream").body(body)).await.0, 400);
    }
    let wrong = hub.post().header("accept", "text/event-stream").header("authorization", "Bearer bad").body(r#"{"query":"{hello}"}"#);
    assert_eq!(read(wrong).await.0, 401);
}

#[tokio::test]
async fn a_silent_stream_has_a_heartbeat_and_ends_with_the_client() {
    let hub = Hub::with(|limits| limits.heartbeat_ms = 50).await;
    let request = hub.post().header("accept", "text/event-stream").body(r#"{"query":"subscription { endless }"}"#);
    let mut response = request.send().await.expect("an answer");
    let mut text = String::new();
    while text.matches(":\n\n").count() < 4 {
        let chunk = response.chunk().await.expect("a chunk").expect("more");
        text.push_str(&String::from_utf8_lossy(&chunk));
    }
    assert_eq!(hub.engine.meters.subscriptions.get(), 1);
    drop(response);
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        if hub.engine.meters.subscriptions.get() == 0 {
            return;
        }
    }
    panic!("the subscription outlives its client");
}
