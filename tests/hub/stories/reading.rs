//! What a person finds who opens the hub's address in a browser, and documents in fewer bytes.
use std::io::Read;

use hansa::{
    api::{Downloads, Welcome, welcome},
    transport::Compressed,
};
use poem::{
    Endpoint, EndpointExt, Request, Response, Route,
    http::{Method, StatusCode},
};
use serde_json::json;

use crate::kit::{TestHub, on_both, people};

async fn call(endpoint: &impl Endpoint<Output = Response>, method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = Request::builder().method(method).uri(path.parse().expect("a path"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    endpoint.call(request.finish()).await.expect("an answer")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_start_page_leads_to_the_explorer_the_sdl_and_the_readme_s_first_query() {
    on_both(true, |hub| {
        Box::pin(async move {
            let page = Welcome::new("http://hub.test");
            let mut response = call(&page, Method::GET, "/", &[]).await;
            assert!(response.status() == StatusCode::OK && response.content_type() == Some("text/html; charset=utf-8"));
            let text = response.take_body().into_string().await.expect("text");
            assert!(text.contains("href=\"/graphiql\"") && text.contains("href=\"/schema.graphql\""), "{text}");
            assert!(
                text.contains("href=\"/graphiql?query=%7B%20programme%28slug%3A") && text.contains("curl -s http://hub.test/graphql"),
                "{text}"
            );
            assert_eq!(call(&page, Method::POST, "/", &[]).await.status(), StatusCode::METHOD_NOT_ALLOWED);
            // It is the README's, and it answers.
            let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("a README");
            let told = serde_json::to_string(welcome::FIRST).expect("JSON");
            assert_eq!(
                readme.split("{\"query\":").nth(1).map(|rest| rest.starts_with(&told)),
                Some(true),
                "the README's first query is another: {told}"
            );
            let answer = hub.run(None, welcome::FIRST, json!({})).await;
            assert!(
                answer.json.get("errors").is_none()
                    && answer.at("/programme/pairings/nodes").as_array().is_some_and(|pairs| pairs.len() == 3)
            );
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_s_text_is_compressed_whole_and_not_in_parts() {
    const UPLOAD: &str = "mutation($file: Upload!, $about: ID!) { uploadDocument(input: { file: $file, about: $about, title: \"Long\", publish: true }) { document { id } errors { message } } }";
    on_both(true, |hub: &TestHub| {
        Box::pin(async move {
            let text = "Wasser im Boden halten. ".repeat(500);
            let about = hub.id("city", "hamburg").await;
            let uploaded = hub.run_with_file(Some(people::HAMBURG), UPLOAD, json!({ "about": about }), "long.txt", text.as_bytes()).await;
            let path = format!("/documents/{}", uploaded.text("/uploadDocument/document/id"));
            let downloads = Downloads::at_gate(hub.app.store.files.clone(), hub.app.gate.clone());
            let endpoint = Compressed(Route::new().at("/documents/:id", downloads).map_to_response());
            let mut whole = call(&endpoint, Method::GET, &path, &[("accept-encoding", "gzip")]).await;
            let header = |response: &Response, name: &str| response.header(name).map(str::to_owned);
            assert_eq!(header(&whole, "content-encoding").as_deref(), Some("gzip"));
            let tag = header(&whole, "etag").expect("a tag");
            assert!(tag.starts_with("W/") && header(&whole, "content-length").is_none() && header(&whole, "accept-ranges").is_none());
            let bytes = whole.take_body().into_vec().await.expect("bytes");
            let mut read = String::new();
            flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut read).expect("gzip");
            assert!(read == text && bytes.len() * 10 < text.len());
            // The client has it: asked by that tag it is not sent again.
            let again = call(&endpoint, Method::GET, &path, &[("accept-encoding", "gzip"), ("if-none-match", &tag)]).await;
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
            let mut part = call(&endpoint, Method::GET, &path, &[("accept-encoding", "gzip"), ("range", "bytes=0-5")]).await;
            assert_eq!((part.status(), header(&part, "content-encoding")), (StatusCode::PARTIAL_CONTENT, None));
            assert_eq!(part.take_body().into_vec().await.expect("bytes"), b"Wasser");
        })
    })
    .await;
}
