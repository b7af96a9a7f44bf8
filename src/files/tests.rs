//! Files in a folder.
use std::path::Path;

use bytes::Bytes;
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};

use super::{Files, Source};

async fn read(files: &Files, sha256: &str, range: Option<std::ops::Range<u64>>) -> Option<(u64, Vec<u8>)> {
    let opened = files.open_at(sha256, range).await.unwrap()?;
    let bytes: Vec<Bytes> = opened.bytes.try_collect().await.unwrap();
    Some((opened.size, bytes.concat()))
}

fn sum(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn count(folder: &Path) -> usize {
    let files = |folder: &Path| std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect::<Vec<_>>();
    files(folder).iter().map(|path| if path.is_dir() { count(path) } else { 1 }).sum()
}

#[tokio::test]
async fn what_was_kept_is_read_back_whole_and_in_parts() {
    let dir = tempfile::tempdir().unwrap();
    let files = Files::open(dir.path().join("kept").to_str().unwrap(), dir.path()).unwrap();
    let content: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let arriving = files.incoming().join("received-1");
    std::fs::write(&arriving, &content).unwrap();
    files.keep(&arriving, &sum(&content)).await.unwrap();
    assert!(!arriving.exists());
    assert_eq!(read(&files, &sum(&content), None).await, Some((1_200_000, content.clone())));
    assert_eq!(read(&files, &sum(&content), Some(70_000..140_001)).await, Some((1_200_000, content[70_000..140_001].to_vec())));
    assert_eq!(read(&files, &sum(b"other"), None).await, None);
    assert!(files.exists(&sum(&content)).await.unwrap());
    assert_eq!(files.on_disk(&sum(&content)).await.unwrap().unwrap().path().metadata().unwrap().len(), 1_200_000);
    files.check().await.unwrap();
}

#[tokio::test]
async fn a_content_is_kept_once_however_often_it_comes() {
    let dir = tempfile::tempdir().unwrap();
    let files = Files::open(dir.path().join("kept").to_str().unwrap(), dir.path()).unwrap();
    let text = Bytes::from_static(b"twice");
    let sources = vec![
        Source::Bytes(text.clone()),
        Source::Bytes(text.clone()),
        Source::Path(dir.path().join("missing")),
        Source::Path(dir.path().to_owned()),
    ];
    let kept = files.keep_all(sources).await.unwrap();
    assert_eq!(kept[0].as_ref().unwrap().sha256, sum(b"twice"));
    assert_eq!(kept[0].as_ref().unwrap(), kept[1].as_ref().unwrap());
    assert!(kept[2].is_err() && kept[3].is_err());
    assert_eq!(files.keep_bytes(text).await.unwrap(), sum(b"twice"));
    let arriving = files.incoming().join("received-1");
    std::fs::write(&arriving, b"twice").unwrap();
    files.keep(&arriving, &sum(b"twice")).await.unwrap();
    assert_eq!(count(&dir.path().join("kept")), 1);
}

#[tokio::test]
async fn a_name_that_is_no_checksum_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let files = Files::open(dir.path().to_str().unwrap(), dir.path()).unwrap();
    for name in ["", "../../etc/passwd", &"A".repeat(64), &"é".repeat(32)] {
        assert!(files.open_at(name, None).await.is_err(), "{name}");
    }
}

#[test]
fn a_folder_that_can_not_be_made_is_told_by_the_settings_name() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("file"), "").unwrap();
    let told = Files::open(dir.path().join("file/below").to_str().unwrap(), dir.path()).err().unwrap().told();
    assert!(told.contains("documents-url"), "{told}");
}
