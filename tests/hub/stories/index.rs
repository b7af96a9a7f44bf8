//! The search index is derived: whatever happens to it, it is noticed and made anew.
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::kit::{Backend, TestHub, both, people};

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

/// Chance that is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a number") % most
    }

    fn words(&mut self, most: usize) -> String {
        const WORDS: [&str; 10] = ["quince", "medlar", "sloe", "Schlehe", "garden", "Garten", "tramway", "water", "Quittengarten", "the"];
        (0..=self.below(most)).map(|_| WORDS[self.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }
}

/// One write of chance: what is made and changed, published, withdrawn, translated, and what moves many documents at once.
async fn write(hub: &TestHub, chance: &mut Chance, own: &mut Vec<String>) {
    let city = hub.id("city", "hamburg").await;
    let run = async |person, field: &str, input: Value| {
        let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
        let mutation = format!("mutation($input: {kind}!) {{ {field}(input: $input) {{ errors {{ code message }} position }} }}");
        hub.run(Some(person), &mutation, json!({ "input": input })).await
    };
    let some = own.get(chance.below(own.len().max(1))).cloned();
    match (chance.below(8), some) {
        (0 | 1, _) | (_, None) => {
            let create = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { message } } }";
            let language = ["en", "de"][chance.below(2)];
            let input = json!({ "city": city, "language": language, "title": chance.words(3), "summary": chance.words(9), "difficulties": "None." });
            let created = hub.run(Some(people::HAMBURG), create, json!({ "input": input })).await;
            own.push(created.text("/createPractice/practice/id").to_owned());
        }
        (2 | 3, Some(id)) => drop(run(people::HAMBURG, "publishPractice", json!({ "id": id })).await),
        (4, Some(id)) => drop(run(people::HAMBURG, "updatePractice", json!({ "id": id, "title": chance.words(4) })).await),
        (5, Some(id)) => {
            drop(
                run(people::HAMBURG, "translatePractice", json!({ "id": id, "language": "fr", "title": chance.words(3), "summary": "S." }))
                    .await,
            );
        }
        (6, Some(id)) if chance.below(3) == 0 => {
            drop(run(people::HAMBURG, "withdrawPractice", json!({ "id": id, "reason": "A test." })).await)
        }
        (6, _) => drop(run(people::ADMINISTRATOR, "createSynonym", json!({ "terms": [chance.words(1), chance.words(2), "plum"] })).await),
        _ => {
            // A branch of themes gets another name, a theme with practices below another parent.
            let lines = [
                format!("{{\"kind\":\"theme\",\"slug\":\"fruit-{}\",\"name\":\"{}\"}}\n", chance.below(2), chance.words(2)),
                format!("{{\"kind\":\"theme\",\"slug\":\"water\",\"name\":\"Water\",\"parent\":\"fruit-{}\"}}\n", chance.below(2)),
            ];
            hub.import(&lines.concat()).await;
        }
    }
}

/// Everything a search can tell these viewers.
async fn told(hub: &TestHub) -> Vec<Value> {
    const ALL: &str = "query($text: String!) {
      search(text: $text, first: 100) { totalCount didYouMean edges { score language node { id } snippets { field fragments { text isMatch } } }
        facets { kinds { value count } themes { value count } cities { value count } languages { value count } years { value count } } }
      suggest(text: $text, first: 20) { kind text language node { id } } }";
    let mut told = Vec::new();
    for person in [None, Some(people::HAMBURG), Some(people::ADMINISTRATOR)] {
        for text in [
            "",
            "quince",
            "garden tramway",
            "Garten",
            "sloe medlar water",
            "quinces plum",
            "gardne",
            "qui*",
            "\"quince garden\"",
            "medlar -sloe",
            "theme:water",
        ] {
            told.push(hub.run(person, ALL, json!({ "text": text })).await.at("").clone());
        }
    }
    told
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { files(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

/// What a crash, a full disk, a careless hand or a restored backup does to the index.
fn harm(index: &Path, image: &Path, chance: &mut Chance) -> &'static str {
    // Threads that merge outlive a hub that stopped, as no process ended here: what they still write is left behind.
    let left = index.with_extension("left");
    std::fs::rename(index, &left).expect("it is put aside");
    copy_in_flight(&left, index);
    drop(std::fs::remove_dir_all(left));
    let mut all = Vec::new();
    files(index, &mut all);
    all.sort();
    let some = all[chance.below(all.len())].clone();
    match chance.below(5) {
        0 => "nothing",
        1 => {
            let length = std::fs::metadata(&some).expect("a file").len() as usize;
            let file = std::fs::OpenOptions::new().write(true).open(&some).expect("a file");
            file.set_len(chance.below(length + 1) as u64).expect("it is cut");
            "a file was cut"
        }
        2 => {
            std::fs::remove_file(&some).expect("it goes");
            "a file is gone"
        }
        _ => {
            std::fs::remove_dir_all(index).expect("it goes");
            copy(image, index);
            "as it was in a moment in between"
        }
    }
}

/// A copy of a folder as it is while it is written to: what a power cut leaves, or worse.
fn copy_in_flight(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            copy_in_flight(&entry.path(), &to.join(entry.file_name()));
        } else {
            // Gone in between, or not whole: as it comes.
            drop(std::fs::copy(entry.path(), to.join(entry.file_name())));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_written_and_wherever_it_crashes_the_index_tells_what_the_rows_tell() {
    for backend in both() {
        let mut chance = Chance(if backend == Backend::Sqlite { 11_235 } else { 81_321 });
        let mut hub = TestHub::demo(backend).await;
        let (mut own, mut harms) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            let crashed = tempfile::tempdir().expect("a folder");
            let at = chance.below(8);
            for nth in 0..8 {
                write(&hub, &mut chance, &mut own).await;
                if nth == at {
                    copy_in_flight(&hub.config.index_dir(), &crashed.path().join("image"));
                }
            }
            // Stopped without waiting until the index has everything.
            hub = hub.restarted(|index| harms.push(harm(index, &crashed.path().join("image"), &mut chance))).await;
            let followed = told(&hub).await;
            hub.app.reindex().await.expect("no fault");
            for (followed, rebuilt) in followed.iter().zip(&told(&hub).await) {
                assert_eq!(followed, rebuilt, "after {harms:?}");
            }
        }
        let found = hub.run(Some(people::ADMINISTRATOR), "{ search(text: \"quince plum\") { totalCount } }", json!({})).await;
        assert!(found.at("/search/totalCount").as_u64().expect("a count") > 2, "little was written");
        hub.end().await;
    }
}
