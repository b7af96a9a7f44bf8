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

#[tokio::test]
async fn what_a_dead_process_left_goes_at_the_next_opening_and_what_a_living_one_writes_stays() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("kept");
    let open = || Files::open(place.to_str().unwrap(), dir.path()).unwrap();
    let living = open();
    std::fs::write(living.incoming().join("received-1"), "on its way").unwrap();
    let left = place.join("incoming/left");
    std::fs::create_dir_all(left.join("lot")).unwrap();
    std::fs::write(left.join("lot/0"), "half").unwrap();

    let next = open();
    assert!(!left.exists());
    assert!(living.incoming().join("received-1").exists());
    assert_ne!(living.incoming(), next.incoming());
}
