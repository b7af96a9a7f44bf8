//! Uploads by the GraphQL multipart request specification.

use std::path::Path;

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::transport::kit::{Hub, code, limit, read};

const STORE: &str = "mutation ($file: Upload!) { store(file: $file) { size sha256 name declaredType path } }";

fn form(operations: &Value, map: &Value) -> Form {
    Form::new().text("operations", operations.to_string()).text("map", map.to_string())
}

fn one() -> Form {
    form(&json!({"query": STORE, "variables": {"file": null}}), &json!({"0": ["variables.file"]}))
}

async fn send(hub: &Hub, form: Form) -> (u16, Value) {
    let request = reqwest::Client::new().post(hub.url("/graphql")).header("graphql-require-preflight", "1");
    read(request.header("accept", "application/graphql-response+json").multipart(form)).await
}

#[tokio::test]
async fn a_file_is_measured_and_hashed_on_its_way_and_deleted_afterwards() {
    let hub = Hub::new().await;
    let bytes = vec![7_u8; 3 << 20];
    let part = Part::bytes(bytes.clone()).file_name("../plan ä.pdf").mime_str("application/pdf").expect("a type");
    let (status, answer) = send(&hub, one().part("0", part)).await;
    let stored = &answer["data"]["store"];
    assert_eq!(status, 200, "{answer}");
    assert_eq!(stored["size"], bytes.len());
    assert_eq!(stored["sha256"], hex::encode(Sha256::digest(&bytes)));
    assert_eq!(stored["name"], "../plan ä.pdf");
    assert_eq!(stored["declaredType"], "application/pdf");
    let path = Path::new(stored["path"].as_str().expect("a path"));
    assert_eq!(path.parent(), Some(hub.folder.path()), "the client's name is no path");
    assert!(!path.exists());
}

#[tokio::test]
async fn a_file_that_the_resolver_keeps_stays() {
    let hub = Hub::new().await;
    let operations = json!({"query": "mutation ($file: Upload!) { keep(file: $file) }", "variables": {"file": null}});
    let (_, answer) = send(&hub, form(&operations, &json!({"0": ["variables.file"]})).part("0", Part::text("x").file_name("a"))).await;
    assert_eq!(std::fs::read_to_string(answer["data"]["keep"].as_str().expect("a path")).expect("the file"), "x");
}

#[tokio::test]
async fn many_files_and_batches() {
    let hub = Hub::new().await;
    let many = json!({"query": "mutation ($files: [Upload!]!) { storeMany(files: $files) }", "variables": {"files": [null, null]}});
    let map = json!({"a": ["variables.files.0"], "b": ["variables.files.1"]});
    let files = |form: Form| form.part("a", Part::text("12").file_name("a")).part("b", Part::text("345").file_name("b"));
    assert_eq!(send(&hub, files(form(&many, &map))).await.1["data"]["storeMany"], 5);

    let single = json!({"query": STORE, "variables": {"file": null}});
    let map = json!({"a": ["0.variables.file"], "b": ["1.variables.file"]});
    let (_, answer) = send(&hub, files(form(&json!([single, single]), &map))).await;
    assert_eq!((&answer[0]["data"]["store"]["size"], &answer[1]["data"]["store"]["size"]), (&json!(2), &json!(3)));
}

#[tokio::test]
async fn a_form_of_another_origin_can_not_upload() {
    let hub = Hub::new().await;
    let request = reqwest::Client::new().post(hub.url("/graphql")).multipart(one().part("0", Part::text("x")));
    let (status, answer) = read(request).await;
    assert_eq!((status, code(&answer)), (415, "NOT_SUPPORTED"));
}

#[tokio::test]
async fn a_map_that_does_not_fit_is_refused_and_leaves_nothing_behind() {
    let hub = Hub::new().await;
    let operations = json!({"query": STORE, "variables": {"file": null, "other": 1}});
    let file = || Part::text("x").file_name("a");
    let with = |map: Value| form(&operations, &map);
    for wrong in [
        with(json!({"0": ["variables.nothing"]})).part("0", file()),
        with(json!({"0": ["variables.other"]})).part("0", file()),
        with(json!({"0": ["query"]})).part("0", file()),
        with(json!({"0": ["variables.file"]})).part("1", file()),
        with(json!({"0": ["variables.file"], "1": ["variables.file"]})).part("0", file()),
        with(json!({"0": ["variables.file"]})).part("0", file()).part("0", file()),
        with(json!({"0": "variables.file"})).part("0", file()),
        with(json!([])).part("0", file()),
        Form::new().text("map", "{}"),
        Form::new().part("0", file()),
        Form::new().text("operations", "{").text("map", "{}"),
        Form::new(),
    ] {
        let (status, answer) = send(&hub, wrong).await;
        assert_eq!((status, code(&answer)), (400, "BAD_REQUEST"), "{answer}");
    }
    assert_eq!(std::fs::read_dir(hub.folder.path()).expect("the folder").count(), 0);
}

#[tokio::test]
async fn a_string_is_no_file() {
    let hub = Hub::new().await;
    for file in ["upload:0", "upload:x", "#__graphql_file__:0", "x"] {
        let (status, answer) = hub.ask(&json!({"query": STORE, "variables": {"file": file}})).await;
        assert_eq!((status, code(&answer)), (200, "BAD_INPUT"), "{answer}");
    }
}

#[tokio::test]
async fn files_have_a_size_and_a_number() {
    let hub = Hub::with(|limits| {
        limits.upload_bytes = 1_000;
        limits.upload_files = 2;
    })
    .await;
    let (status, answer) = send(&hub, one().part("0", Part::bytes(vec![0; 1_001]).file_name("a"))).await;
    assert_eq!((status, limit(&answer)), (413, "upload_bytes"));
    let map = json!({"0": ["variables.file"], "1": ["variables.file"], "2": ["variables.file"]});
    let (_, answer) = send(&hub, form(&json!({"query": STORE, "variables": {"file": null}}), &map)).await;
    assert_eq!(limit(&answer), "upload_files");
    assert_eq!(std::fs::read_dir(hub.folder.path()).expect("the folder").count(), 0);
}
