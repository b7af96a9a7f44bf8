//! The search index is derived: whatever happens to it, it is noticed and made anew.
use serde_json::json;

use crate::kit::{Backend, TestHub};

const FIND: &str = "{ search(text: \"water\") { totalCount } }";

/// Stops the hub, does something to its folder, starts it again, and compares what is found.
async fn comes_back_after(harm: impl FnOnce(&std::path::Path)) {
    let hub = TestHub::demo(Backend::Sqlite).await;
    let before = hub.run(None, FIND, json!({})).await.at("/search/totalCount").clone();
    assert_ne!(before, 0);
    let hub = hub.restarted(harm).await;
    assert_eq!(hub.run(None, FIND, json!({})).await.at("/search/totalCount"), &before);
    hub.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_index_is_made_anew() {
    comes_back_after(|index| std::fs::remove_dir_all(index).expect("it goes")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_truncated_index_is_made_anew() {
    comes_back_after(|index| {
        let mut cut = 0;
        let mut folders = vec![index.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else if entry.metadata().is_ok_and(|data| data.len() > 100) {
                    std::fs::OpenOptions::new().write(true).open(entry.path()).expect("a file").set_len(50).expect("it is cut");
                    cut += 1;
                }
            }
        }
        assert!(cut > 0, "nothing to cut");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_of_another_database_is_made_anew() {
    let other = TestHub::demo(Backend::Sqlite).await;
    other.import(r#"{"kind":"theme","slug":"water-two","name":"Water water"}"#).await;
    other.indexed().await;
    let empty = TestHub::empty(Backend::Sqlite).await;
    let from = other.config.index_dir();
    let empty = empty
        .restarted(|index| {
            std::fs::remove_dir_all(index).expect("it goes");
            copy(&from, index);
        })
        .await;
    assert_eq!(empty.run(None, FIND, json!({})).await.at("/search/totalCount"), 0, "an empty hub finds what another holds");
    other.end().await;
    empty.end().await;
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_ahead_of_a_restored_database_is_made_anew() {
    let hub = TestHub::demo(Backend::Sqlite).await;
    let database = hub.config.data_dir.join("hansa.sqlite");
    let backup = tempfile::tempdir().expect("a folder");
    hub.vacuum_into(&backup.path().join("backup.sqlite")).await;
    hub.import(r#"{"kind":"theme","slug":"lateness","name":"Zeitwort"}"#).await;
    hub.indexed().await;
    assert_eq!(hub.run(None, "{ search(text: \"zeitwort\") { totalCount } }", json!({})).await.at("/search/totalCount"), 1);
    let hub = hub
        .restarted(|_| {
            for ending in ["", "-wal", "-shm"] {
                drop(std::fs::remove_file(format!("{}{ending}", database.display())));
            }
            std::fs::copy(backup.path().join("backup.sqlite"), &database).expect("the backup is restored");
        })
        .await;
    assert_eq!(hub.run(None, "{ search(text: \"zeitwort\") { totalCount } }", json!({})).await.at("/search/totalCount"), 0);
    assert_ne!(hub.run(None, FIND, json!({})).await.at("/search/totalCount"), 0);
    hub.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuilt_index_answers_as_the_followed_one() {
    let hub = TestHub::demo(Backend::Sqlite).await;
    let query = "{ search(text: \"water city school\", first: 50) { totalCount edges { score node { id } } } }";
    let followed = hub.run(None, query, json!({})).await.json;
    hub.app.reindex().await.expect("no fault");
    hub.indexed().await;
    assert_eq!(hub.run(None, query, json!({})).await.json, followed);
    hub.end().await;
}
