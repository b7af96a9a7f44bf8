//! Opening a store. What is kept in one is tested where there is a bucket, too: `tests/hub/stories/document_store.rs`.
use super::Files;

#[test]
fn a_folder_that_can_not_be_made_is_told_by_the_settings_name() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("file"), "").unwrap();
    let told = Files::open(dir.path().join("file/below").to_str().unwrap(), dir.path()).err().unwrap().told();
    assert!(told.contains("documents-url"), "{told}");
}

#[tokio::test]
async fn who_only_looks_makes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("kept");
    assert!(Files::look(missing.to_str().unwrap(), dir.path()).is_err());
    assert!(!missing.exists());
    std::fs::create_dir(&missing).unwrap();
    Files::look(missing.to_str().unwrap(), dir.path()).unwrap().check().await.unwrap();
    assert_eq!(std::fs::read_dir(&missing).unwrap().count(), 0);
}
