//! Listening, refusing, observing and stopping.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::transport::kit::{Hub, Socket, limit, read};

#[tokio::test]
async fn operators_and_readers_find_what_they_need() {
    let hub = Hub::new().await;
    let get = |path: &str| reqwest::get(hub.url(path));
    assert_eq!(get("/healthz").await.expect("an answer").status(), 200);
    assert_eq!(
        get("/readyz").await.expect("an answer").json::<serde_json::Value>().await.expect("JSON"),
        json!({"ready": true, "checks": []})
    );
    assert!(get("/schema.graphql").await.expect("an answer").text().await.expect("text").contains("type Query"));
    hub.query("{ hello }").await;
    let metrics = get("/metrics").await.expect("an answer").text().await.expect("text");
    assert!(metrics.contains(r#"hansa_operations_total{transport="http",operation="query",outcome="OK"} 1"#), "{metrics}");
    // The explorer, whichever it is, and whatever it names, come from here alone.
    let page = get("/graphiql").await.expect("an answer");
    let policy = page.headers()["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("http") && !policy.contains('*'), "{policy}");
    let page = page.text().await.expect("text");
    let named: Vec<&str> = page.split('"').filter(|part| part.starts_with("/graphiql/")).collect();
    assert!(named.len() >= 2 && !page.contains("://") && !page.contains("src=\"//"), "{page}");
    for path in named {
        let file = get(path).await.expect("an answer");
        let of = if path.ends_with(".js") { "text/javascript" } else { "text/css" };
        assert!(file.status() == 200 && file.headers()["content-type"].to_str().expect("text").starts_with(of), "{path}");
        assert_eq!(file.headers()["content-security-policy"].to_str().expect("text"), policy);
    }
    assert_eq!(get("/graphiql/nothing.js").await.expect("an answer").status(), 404);
}

#[tokio::test]
async fn too_many_connections_are_told_so() {
    let hub = Hub::with(|limits| limits.connections = 2).await;
    let _one = Socket::ready(&hub).await;
    let _two = Socket::ready(&hub).await;
    let (status, answer) = read(reqwest::Client::new().get(hub.url("/graphql"))).await;
    assert_eq!((status, limit(&answer)), (503, "connections"));
}

#[tokio::test]
async fn too_many_requests_at_once_are_told_so() {
    let hub = Hub::with(|limits| limits.concurrent_requests = 1).await;
    let slow = tokio::spawn(hub.post().body(r#"{"query":"{ slow(ms: 400) }"}"#).send());
    tokio::time::sleep(Duration::from_millis(150)).await;
    let response = hub.post().body(r#"{"query":"{ hello }"}"#).send().await.expect("an answer");
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (503, &"1".parse().expect("a header")));
    assert_eq!(limit(&response.json().await.expect("JSON")), "concurrent_requests");
    assert_eq!(slow.await.expect("joined").expect("an answer").status(), 200);
}

#[tokio::test]
async fn an_answer_has_so_long_and_no_longer() {
    let hub = Hub::with(|limits| limits.request_timeout_ms = 100).await;
    let (status, answer) = hub.query("{ slow(ms: 5000) }").await;
    assert_eq!((status, crate::transport::kit::code(&answer)), (504, "TIMEOUT"));
    assert_eq!(hub.query("{ hello }").await.0, 200, "its slot is free again");
}

#[tokio::test]
async fn draining_finishes_what_has_begun_and_begins_nothing() {
    let mut hub = Hub::new().await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("live", "subscription { endless }").await;
    assert_eq!(socket.hear().await["type"], "next");
    socket.subscribe("slow", "{ slow(ms: 300) }").await;
    let slow = tokio::spawn(hub.post().body(r#"{"query":"{ slow(ms: 300) }"}"#).send());
    let stream = hub.post().header("accept", "text/event-stream").body(r#"{"query":"subscription { endless }"}"#);
    let stream = stream.send().await.expect("an answer");
    tokio::time::sleep(Duration::from_millis(100)).await;

    let begun = Instant::now();
    hub.begin_stop();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(reqwest::get(hub.url("/healthz")).await.is_err(), "nothing new is accepted");
    socket.subscribe("late", "{ hello }").await;
    let mut heard = [socket.hear().await, socket.hear().await, socket.hear().await, socket.hear().await];
    heard.sort_by_key(|message| message.to_string());
    let kinds: Vec<_> =
        heard.iter().map(|message| (message["id"].as_str().unwrap_or_default(), message["type"].as_str().unwrap_or_default())).collect();
    assert_eq!(kinds, [("late", "error"), ("live", "complete"), ("slow", "next"), ("slow", "complete")]);
    assert_eq!(socket.closed().await, 1001);
    assert_eq!(slow.await.expect("joined").expect("an answer").status(), 200);
    assert!(stream.text().await.expect("text").ends_with("event: complete\ndata:\n\n"));
    assert!(hub.stopped().await, "nothing was cut");
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn draining_does_not_wait_for_ever() {
    let mut hub = Hub::with(|limits| {
        limits.drain_timeout_ms = 200;
        limits.stall_timeout_ms = 60_000;
    })
    .await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("1", "{ slow(ms: 20000) }").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    hub.begin_stop();
    assert!(!hub.stopped().await);
}
