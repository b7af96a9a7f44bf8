//! The store of documents' files: in a folder and in a bucket alike, and a bucket that goes away.
use std::{
    path::Path,
    time::{Duration, Instant},
};

use bytes::Bytes;
use futures_util::TryStreamExt;
use hansa::files::{Files, Source, is_away};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::kit::{Bucket, Served, people};

/// A store with the place where its contents stand.
struct Kept {
    files: Files,
    _data: tempfile::TempDir,
    place: std::path::PathBuf,
    _bucket: Option<Bucket>,
}

async fn both() -> [Kept; 2] {
    let data = tempfile::tempdir().expect("a folder");
    let files = Files::open(data.path().join("kept").to_str().expect("UTF-8"), data.path()).expect("the folder opens");
    let folder = Kept { files, place: data.path().join("kept"), _data: data, _bucket: None };
    let (data, bucket) = (tempfile::tempdir().expect("a folder"), Bucket::open().await);
    let files = bucket.files(data.path());
    [folder, Kept { files, place: bucket.root(), _data: data, _bucket: Some(bucket) }]
}

async fn read(files: &Files, sha256: &str, range: Option<std::ops::Range<u64>>) -> Option<(u64, Vec<u8>)> {
    let opened = files.open_at(sha256, range).await.expect("it answers")?;
    let bytes: Vec<Bytes> = opened.bytes.try_collect().await.expect("the bytes come");
    Some((opened.size, bytes.concat()))
}

fn sum(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn arriving(files: &Files, bytes: &[u8]) -> std::path::PathBuf {
    let path = files.incoming().join("received-1");
    std::fs::write(&path, bytes).expect("a file");
    path
}

/// How many files below a folder are contents.
fn count(folder: &Path) -> usize {
    let inside = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let is_content = |path: &Path| path.file_name().is_some_and(|name| name.len() == 64);
    inside.map(|path| if path.is_dir() { count(&path) } else { usize::from(is_content(&path)) }).sum()
}

#[tokio::test]
async fn what_was_kept_is_read_back_whole_and_in_parts() {
    for Kept { files, .. } in &both().await {
        // Twenty million bytes: a bucket takes them in parts.
        let content: Vec<u8> = (0..5_000_000_u32).flat_map(u32::to_le_bytes).collect();
        let path = arriving(files, &content);
        files.keep(&path, &sum(&content)).await.expect("it is kept");
        assert!(!path.exists(), "{}", files.place());
        assert!(read(files, &sum(&content), None).await == Some((20_000_000, content.clone())), "{}", files.place());
        for range in [0..1, 70_000..140_001, 19_999_999..20_000_000] {
            let part = content[range.start as usize..range.end as usize].to_vec();
            assert!(read(files, &sum(&content), Some(range.clone())).await == Some((20_000_000, part)), "{range:?} in {}", files.place());
        }
        assert_eq!(read(files, &sum(b"other"), None).await, None);
        assert_eq!(read(files, &sum(b"other"), Some(0..1)).await, None);
        assert!(files.on_disk(&sum(b"other")).await.expect("it answers").is_none());
        assert!(files.exists(&sum(&content)).await.expect("it answers"));
        let on_disk = files.on_disk(&sum(&content)).await.expect("it answers").expect("it is there");
        assert!(std::fs::read(on_disk.path()).expect("a file") == content);
        assert_eq!((files.check().await, files.health().away()), (Ok(()), None));
    }
}

#[tokio::test]
async fn a_content_is_kept_once_however_often_it_comes() {
    for Kept { files, place, .. } in &both().await {
        let text = Bytes::from_static(b"twice");
        let sources = vec![
            Source::Bytes(text.clone()),
            Source::Bytes(text.clone()),
            Source::Path(place.join("missing")),
            Source::Path(place.to_owned()),
        ];
        let kept = files.keep_all(sources).await.expect("it answers");
        assert_eq!(kept[0].as_ref().expect("kept").sha256, sum(b"twice"));
        assert_eq!(kept[0].as_ref().expect("kept"), kept[1].as_ref().expect("kept"));
        assert!(kept[2].is_err() && kept[3].is_err());
        assert_eq!(files.keep_bytes(text).await.expect("it answers"), sum(b"twice"));
        files.keep(&arriving(files, b"twice"), &sum(b"twice")).await.expect("it is kept");
        files.check().await.expect("it can be written to");
        assert_eq!(count(place), 1, "{}", files.place());
    }
}

#[tokio::test]
async fn a_name_that_is_no_checksum_opens_nothing() {
    for Kept { files, .. } in &both().await {
        for name in ["", "../../etc/passwd", &"A".repeat(64), &"é".repeat(32)] {
            assert!(files.open_at(name, None).await.is_err(), "{name} in {}", files.place());
        }
    }
}

/// Asks for everything of a store that is away; each is told as such, and soon.
async fn nothing_goes(files: &Files) {
    let asked = [
        files.open_at(&sum(b"a"), None).await.err(),
        files.open_at(&sum(b"a"), Some(0..1)).await.err(),
        files.on_disk(&sum(b"a")).await.err(),
        files.exists(&sum(b"a")).await.err(),
        files.keep(&arriving(files, b"b"), &sum(b"b")).await.err(),
        files.keep_bytes(Bytes::from_static(b"c")).await.err(),
    ];
    for (place, error) in asked.into_iter().enumerate() {
        assert!(is_away(&error.unwrap_or_else(|| panic!("the {place}. went well"))), "the {place}. is told as something else");
    }
}

#[tokio::test]
async fn a_bucket_that_goes_away_is_told_within_seconds_and_serves_when_it_is_back() {
    let (data, mut bucket) = (tempfile::tempdir().expect("a folder"), Bucket::open().await);
    let files = bucket.files(data.path());
    files.keep_bytes(Bytes::from_static(b"a")).await.expect("it is kept");
    bucket.go_away().await;
    let begun = Instant::now();
    nothing_goes(&files).await;
    // Six questions, each tried three times.
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let (_, told) = files.health().away().expect("it is away");
    assert!(told.contains("does not answer"), "{told}");
    assert!(files.check().await.expect_err("nothing is kept").contains("does not answer"));
    bucket.come_back().await;
    assert_eq!(read(&files, &sum(b"a"), None).await, Some((1, b"a".to_vec())));
    assert_eq!((files.health().away(), files.check().await), (None, Ok(())));
}

#[tokio::test]
async fn a_bucket_that_is_silent_is_found_to_be_away() {
    let (data, mut bucket) = (tempfile::tempdir().expect("a folder"), Bucket::open().await);
    let files = bucket.files(data.path());
    files.probe().await;
    assert_eq!(files.health().away(), None);
    bucket.fall_silent().await;
    let begun = Instant::now();
    files.probe().await;
    assert!(files.health().away().is_some() && begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn wrong_credentials_and_a_missing_bucket_are_told_in_a_sentence() {
    let (data, bucket) = (tempfile::tempdir().expect("a folder"), Bucket::open().await);
    let files = Files::open_with(&bucket.url(), data.path(), bucket.variables_with("another secret")).expect("it opens");
    let told = files.check().await.expect_err("it is refused");
    assert!(told.contains("credentials") && told.contains("AWS_SECRET_ACCESS_KEY"), "{told}");
    nothing_goes(&files).await;
    assert!(files.health().away().expect("it is away").1.contains("credentials"));
    let files = Files::open_with("s3://nowhere", data.path(), bucket.variables()).expect("it opens");
    let told = files.check().await.expect_err("there is none");
    assert!(told.contains("no such bucket") && told.contains("--documents-url"), "{told}");
    let told = Files::open_with("s3:///prefix", data.path(), bucket.variables()).err().expect("it names none").told();
    assert!(told.contains("documents-url") && told.contains("names no bucket"), "{told}");
}

const UPLOAD: &str = "mutation($input: UploadDocumentInput!) { uploadDocument(input: $input) { document { id } errors { code } } }";

async fn upload(served: &Served, about: &Value, text: String) -> reqwest::Response {
    let operations =
        json!({ "query": UPLOAD, "variables": { "input": { "about": about, "title": "Plan", "publish": true, "file": null } } });
    let form = reqwest::multipart::Form::new()
        .text("operations", operations.to_string())
        .text("map", json!({ "0": ["variables.input.file"] }).to_string())
        .part("0", reqwest::multipart::Part::text(text).file_name("plan.txt"));
    let request = reqwest::Client::new().post(format!("{}/graphql", served.url)).bearer_auth(served.token(people::HAMBURG));
    request.header("graphql-require-preflight", "1").multipart(form).send().await.expect("an answer")
}

async fn get(served: &Served, path: &str, range: Option<&str>) -> (u16, Option<String>, String) {
    let mut request = reqwest::Client::new().get(format!("{}{path}", served.url));
    if let Some(range) = range {
        request = request.header("range", range);
    }
    let answer = request.send().await.expect("an answer");
    let retry = answer.headers().get("retry-after").map(|after| after.to_str().expect("text").to_owned());
    (answer.status().as_u16(), retry, answer.text().await.expect("a text"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_on_a_bucket_serves_on_while_the_bucket_is_away_and_says_so() {
    let (data, mut bucket) = (tempfile::tempdir().expect("a folder"), Bucket::open().await);
    let url = bucket.url();
    let settings = ["--documents-url", &url];
    let served = Served::start_in(data.path(), None, &settings, &bucket.variables()).await;
    served.ready().await;
    let about = served.ask(None, "{ city(slug: \"hamburg\") { id } }", json!({})).await.expect("an answer")["data"]["city"]["id"].clone();
    let done: Value = upload(&served, &about, "Rain gardens. ".repeat(100_000)).await.json().await.expect("JSON");
    let id = done["data"]["uploadDocument"]["document"]["id"].as_str().unwrap_or_else(|| panic!("{done}")).to_owned();
    let path = format!("/documents/{id}");
    assert_eq!(get(&served, &path, None).await.2.len(), 1_400_000);
    assert_eq!(get(&served, &path, Some("bytes=5-11")).await, (206, None, "gardens".to_owned()));
    assert!(get(&served, "/metrics", None).await.2.contains("hansa_document_store_answers 1"));

    bucket.go_away().await;
    let begun = Instant::now();
    let (status, retry, told) = get(&served, &path, None).await;
    assert_eq!((status, retry.as_deref(), told.contains("STORE_UNAVAILABLE")), (503, Some("5"), true), "{told}");
    let refused = upload(&served, &about, "Green roofs.".to_owned()).await;
    assert_eq!((refused.status().as_u16(), refused.headers()["retry-after"].to_str().expect("text")), (503, "5"));
    let refused: Value = refused.json().await.expect("JSON");
    assert_eq!(refused["errors"][0]["extensions"]["code"], "STORE_UNAVAILABLE", "{refused}");
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    // What else it has it serves, so it is ready, and tells what is missing.
    let (status, _, ready) = get(&served, "/readyz", None).await;
    assert!(status == 200 && ready.contains("The document store has been away for"), "{ready}");
    let metrics = get(&served, "/metrics", None).await.2;
    assert!(metrics.contains("hansa_document_store_answers 0") && metrics.contains("hansa_document_store_failures_total"), "{metrics}");
    let mut doctor = tokio::process::Command::new(env!("CARGO_BIN_EXE_hansa"));
    doctor.args(["doctor", "--documents-url", &url, "--data-dir"]).arg(data.path()).envs(bucket.variables());
    let found = doctor.output().await.expect("the doctor comes");
    let told = String::from_utf8_lossy(&found.stdout);
    assert!(!found.status.success() && told.contains(&url) && told.contains("AWS_ENDPOINT"), "{told}");

    bucket.come_back().await;
    assert_eq!(get(&served, &path, Some("bytes=-8")).await.2, "ardens. ");
    assert!(upload(&served, &about, "Green roofs.".to_owned()).await.status().is_success());
    assert!(!get(&served, "/readyz", None).await.2.contains("away"));
    assert!(get(&served, "/metrics", None).await.2.contains("hansa_document_store_answers 1"));
    served.stop().await;
}
