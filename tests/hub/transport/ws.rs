//! `graphql-transport-ws`, to the letter.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio_tungstenite::tungstenite::{Message, protocol::CloseFrame};

use crate::transport::kit::{FLOODED, Hub, Socket, code, limit, read};

#[tokio::test]
async fn a_subscription_tells_its_events_and_then_that_it_is_complete() {
    let hub = Hub::new().await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("1", "subscription { count(to: 2) }").await;
    assert_eq!(socket.hear().await, json!({"id": "1", "type": "next", "payload": {"data": {"count": 1}}}));
    assert_eq!(socket.hear().await, json!({"id": "1", "type": "next", "payload": {"data": {"count": 2}}}));
    assert_eq!(socket.hear().await, json!({"id": "1", "type": "complete"}));
}

#[tokio::test]
async fn queries_and_mutations_are_answered_too() {
    let hub = Hub::new().await;
    let mut socket = Socket::ready(&hub).await;
    for (query, expected) in [
        ("{ hello }", json!({"hello": "world"})),
        ("mutation { add(input: {name: \"x\", count: 3}) { id } }", json!({"add": {"id": "item_3"}})),
    ] {
        socket.subscribe("1", query).await;
        assert_eq!(socket.hear().await, json!({"id": "1", "type": "next", "payload": {"data": expected}}));
        assert_eq!(socket.hear().await, json!({"id": "1", "type": "complete"}));
    }
}

#[tokio::test]
async fn a_refused_operation_is_an_error_and_the_id_is_free_again() {
    let hub = Hub::new().await;
    let mut socket = Socket::ready(&hub).await;
    for (query, expected) in [
        ("{", "PARSE_FAILED"),
        ("{ nothing }", "VALIDATION_FAILED"),
        ("subscription { nothing }", "VALIDATION_FAILED"),
        ("subscription { count(to: 1) endless }", "VALIDATION_FAILED"),
        ("query ($a: Int!) { sum(values: [$a]) }", "BAD_VARIABLES"),
    ] {
        socket.subscribe("1", query).await;
        let message = socket.hear().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!("1")), "{message}");
        assert_eq!(code(&json!({"errors": message["payload"]})), expected);
    }
    socket.subscribe("1", "{ hello }").await;
    assert_eq!(socket.hear().await["type"], "next");
}

#[tokio::test]
async fn a_stream_that_is_ended_tells_the_reason() {
    let hub = Hub::new().await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("1", "subscription { withdrawn }").await;
    assert_eq!(socket.hear().await["payload"]["data"]["withdrawn"], 1);
    assert_eq!(code(&socket.hear().await["payload"]), "FORBIDDEN");
    assert_eq!(socket.hear().await["type"], "complete");
}

#[tokio::test]
async fn the_client_may_end_a_subscription() {
    let hub = Hub::new().await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("1", "subscription { endless }").await;
    assert_eq!(socket.hear().await["type"], "next");
    assert_eq!(hub.engine.meters.subscriptions.get(), 1);
    socket.say(json!({"id": "1", "type": "complete"})).await;
    socket.say(json!({"id": "unknown", "type": "complete"})).await;
    socket.say(json!({"type": "ping", "payload": {"at": 1}})).await;
    assert_eq!(socket.hear().await, json!({"type": "pong", "payload": {"at": 1}}), "nothing is said of a completed operation");
    assert_eq!(hub.engine.meters.subscriptions.get(), 0, "its stream is dropped");
    socket.subscribe("1", "{ hello }").await;
    assert_eq!(socket.hear().await["type"], "next");
}

#[tokio::test]
async fn pings_are_answered_also_before_the_connection_is_open() {
    let hub = Hub::new().await;
    let mut socket = hub.socket().await;
    socket.say(json!({"type": "ping"})).await;
    assert_eq!(socket.hear().await, json!({"type": "pong"}));
    socket.say(json!({"type": "pong"})).await;
    socket.say(json!({"type": "connection_init", "payload": null})).await;
    assert_eq!(socket.hear().await["type"], "connection_ack");
}

#[tokio::test]
async fn what_is_not_of_the_protocol_closes_with_4400() {
    let hub = Hub::new().await;
    for bad in [
        "",
        "{",
        "[]",
        "1",
        "{}",
        r#"{"type":1}"#,
        r#"{"type":"start"}"#,
        r#"{"type":"connection_init","payload":"x"}"#,
        r#"{"type":"ping","payload":[]}"#,
        r#"{"type":"complete"}"#,
        r#"{"type":"subscribe","payload":{"query":"{hello}"}}"#,
        r#"{"type":"subscribe","id":"","payload":{"query":"{hello}"}}"#,
        r#"{"type":"subscribe","id":1,"payload":{"query":"{hello}"}}"#,
        r#"{"type":"subscribe","id":"1"}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
        r#"{"type":"connection_ack"}"#,
    ] {
        let mut socket = Socket::ready(&hub).await;
        socket.text(bad).await;
        assert_eq!(socket.closed().await, 4400, "{bad}");
    }
    let mut socket = Socket::ready(&hub).await;
    socket.0.send(Message::Binary(br#"{"type":"ping"}"#.as_slice().into())).await.expect("sent");
    assert_eq!(socket.closed().await, 4400);
}

#[tokio::test]
async fn each_wrong_step_has_its_own_close_code() {
    let hub = Hub::with(|limits| limits.connection_init_timeout_ms = 200).await;

    let mut early = hub.socket().await;
    early.subscribe("1", "{ hello }").await;
    assert_eq!(early.closed().await, 4401);

    let mut silent = hub.socket().await;
    assert_eq!(silent.closed().await, 4408);

    let mut twice = Socket::ready(&hub).await;
    twice.say(json!({"type": "connection_init"})).await;
    assert_eq!(twice.closed().await, 4429);

    let mut same = Socket::ready(&hub).await;
    same.subscribe("1", "subscription { endless }").await;
    same.subscribe("1", "subscription { endless }").await;
    assert_eq!(same.closed().await, 4409);

    assert_eq!(Socket::open(&hub, None).await.closed().await, 4406);
}

#[tokio::test]
async fn credentials_come_with_the_first_message() {
    let hub = Hub::new().await;
    for payload in [json!({"Authorization": "Bearer good"}), json!({"authorization": "bearer good"})] {
        let mut socket = hub.socket().await;
        socket.say(json!({"type": "connection_init", "payload": payload})).await;
        assert_eq!(socket.hear().await["type"], "connection_ack");
        socket.subscribe("1", "{ viewer }").await;
        assert_eq!(socket.hear().await["payload"]["data"]["viewer"], "member");
    }
    for payload in [
        json!({"Authorization": "Bearer bad"}),
        json!({"Authorization": "good"}),
        json!({"Authorization": ""}),
        json!({"Authorization": 1}),
    ] {
        let mut socket = hub.socket().await;
        socket.say(json!({"type": "connection_init", "payload": payload})).await;
        assert_eq!(socket.closed().await, 4403, "{payload}");
    }
}

#[tokio::test]
async fn a_withdrawn_token_is_noticed_at_the_next_operation() {
    let hub = Hub::new().await;
    let mut socket = hub.socket().await;
    socket.say(json!({"type": "connection_init", "payload": {"Authorization": "Bearer good"}})).await;
    assert_eq!(socket.hear().await["type"], "connection_ack");
    hub.revoked.store(true, std::sync::atomic::Ordering::Relaxed);
    socket.subscribe("1", "{ viewer }").await;
    let message = socket.hear().await;
    assert_eq!(message["type"], "error");
    assert_eq!(code(&json!({"errors": message["payload"]})), "UNAUTHENTICATED");
}

#[tokio::test]
async fn one_socket_has_so_many_operations_and_no_more() {
    let hub = Hub::with(|limits| limits.subscriptions_per_connection = 2).await;
    let mut socket = Socket::ready(&hub).await;
    for id in ["1", "2"] {
        socket.subscribe(id, "subscription { endless }").await;
        assert_eq!(socket.hear().await["type"], "next");
    }
    socket.subscribe("3", "subscription { endless }").await;
    let message = socket.hear().await;
    assert_eq!(limit(&json!({"errors": message["payload"]})), "subscriptions_per_connection");
    socket.say(json!({"id": "1", "type": "complete"})).await;
    socket.subscribe("3", "subscription { endless }").await;
    assert_eq!(socket.hear().await["type"], "next");
}

#[tokio::test]
async fn a_message_that_is_too_large_closes_the_socket() {
    let hub = Hub::with(|limits| limits.message_bytes = 1_000).await;
    let mut socket = Socket::ready(&hub).await;
    socket.text(&" ".repeat(2_000)).await;
    assert_eq!(socket.closed().await, 1009);
}

#[tokio::test]
async fn a_client_that_does_not_read_stops_its_own_stream_and_is_dropped() {
    let hub = Hub::with(|limits| limits.stall_timeout_ms = 1_500).await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("1", "subscription { flood }").await;
    let made = || FLOODED.load(std::sync::atomic::Ordering::Relaxed);
    let pause = || tokio::time::sleep(Duration::from_millis(300));
    let mut before = 0;
    while made() == 0 || made() != before {
        before = made();
        pause().await;
    }
    // What the sockets' own buffers hold, and nothing beyond.
    assert!(hub.engine.meters.sockets.get() == 1 && before < 5_000, "{before} events were made for nobody");
    for _ in 0..20 {
        pause().await;
        if hub.engine.meters.sockets.get() == 0 {
            return;
        }
    }
    panic!("the connection is not given up");
}

#[tokio::test]
async fn a_peer_without_a_heartbeat_is_dropped() {
    let hub = Hub::with(|limits| limits.heartbeat_ms = 100).await;
    let mut alive = Socket::ready(&hub).await;
    let dead = Socket::ready(&hub).await;
    // Reading answers the pings; the other one never reads.
    let reading = tokio::time::timeout(Duration::from_millis(800), async { while let Some(Ok(_)) = alive.0.next().await {} });
    assert!(reading.await.is_err(), "a living peer is kept");
    assert_eq!(hub.engine.meters.sockets.get(), 1);
    drop(dead);
}

#[tokio::test]
async fn a_handshake_of_another_version_is_refused() {
    let hub = Hub::new().await;
    let request = reqwest::Client::new().get(hub.url("/graphql")).header("connection", "upgrade").header("upgrade", "websocket");
    let (status, answer) = read(request.header("sec-websocket-version", "8").header("sec-websocket-key", "x")).await;
    assert_eq!((status, code(&answer)), (426, "NOT_SUPPORTED"));
}

#[tokio::test]
async fn the_clients_farewell_is_answered() {
    let hub = Hub::new().await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("1", "subscription { endless }").await;
    let frame = CloseFrame { code: 1000.into(), reason: "".into() };
    socket.0.close(Some(frame)).await.expect("sent");
    assert_eq!(socket.closed().await, 1000, "1006 would be a broken connection");
}
