//! Answers in fewer bytes, where that is wanted and worth it.
use std::io::Read;

use serde_json::{Value, json};

use crate::transport::kit::Hub;

fn unzipped(bytes: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).expect("gzip");
    text
}

#[tokio::test]
async fn answers_that_are_worth_it_are_compressed_as_the_client_likes_best() {
    let hub = Hub::new().await;
    let long = json!({ "query": "{ items(first: 100) { nodes { id name tags } totalCount } }" }).to_string();
    let ask = |body: &str, accept: &str| hub.post().header("accept-encoding", accept).body(body.to_owned()).send();
    let plain = ask(&long, "identity").await.expect("an answer");
    assert_eq!(plain.headers().get("content-encoding"), None);
    assert!(plain.headers().get_all("vary").iter().any(|value| value == "accept-encoding"), "caches must know");
    let plain = plain.text().await.expect("text");
    for (accept, coding) in [("gzip, deflate, br", "gzip"), ("gzip, br, zstd", "zstd")] {
        let answer = ask(&long, accept).await.expect("an answer");
        assert_eq!(answer.headers()["content-encoding"], coding);
        assert_eq!(answer.headers()["content-type"], "application/json; charset=utf-8");
        let bytes = answer.bytes().await.expect("bytes");
        assert!(bytes.len() * 4 < plain.len(), "{} of {}", bytes.len(), plain.len());
        let text =
            if coding == "gzip" { unzipped(&bytes) } else { String::from_utf8(zstd::decode_all(&*bytes).expect("zstd")).expect("text") };
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), serde_json::from_str::<Value>(&plain).expect("JSON"));
    }
    let short = ask(r#"{"query":"{ hello }"}"#, "gzip").await.expect("an answer");
    assert_eq!(short.headers().get("content-encoding"), None, "a short one is sent as it is");
    assert_eq!(short.text().await.expect("text"), r#"{"data":{"hello":"world"}}"#);
}

#[tokio::test]
async fn the_sdl_is_compressed_but_parts_heads_and_streams_are_not() {
    let hub = Hub::new().await;
    let client = reqwest::Client::new();
    let sdl = client.get(hub.url("/schema.graphql")).header("accept-encoding", "gzip").send().await.expect("an answer");
    assert_eq!(sdl.headers()["content-encoding"], "gzip");
    assert!(unzipped(&sdl.bytes().await.expect("bytes")).contains("type Query"));
    for request in [
        client.get(hub.url("/schema.graphql")).header("range", "bytes=0-9"),
        client.head(hub.url("/schema.graphql")),
        client.post(hub.url("/graphql")).header("accept", "text/event-stream").json(&json!({ "query": "subscription { count(to: 2) }" })),
    ] {
        let answer = request.header("accept-encoding", "gzip, zstd").send().await.expect("an answer");
        assert_eq!(answer.headers().get("content-encoding"), None);
    }
}
