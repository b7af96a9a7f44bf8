use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::{SearchError, State};

fn filled(folder: &Path) {
    let index = open(folder);
    let doc = practice(1, "en", "Tram", "lines");
    assert!(index.absorb(0, &[(doc.key.clone(), Some(doc))], 5).expect("absorbed"));
}

fn state(folder: &Path, identity: &str, head: i64) -> State {
    SearchIndex::open(folder, identity, head).expect("an index").state
}

fn volume(folder: &Path) -> PathBuf {
    folder.join(fs::read_to_string(folder.join("current")).expect("a name"))
}

#[test]
fn a_new_index_is_fresh_and_an_old_one_goes_on() {
    let folder = TempDir::new().expect("a folder");
    assert_eq!(state(folder.path(), "here", 0), State::Fresh);
    filled(folder.path());
    let opened = SearchIndex::open(folder.path(), "here", 5).expect("an index");
    assert_eq!(opened.state, State::Resumed { position: 5 });
    assert_eq!(opened.index.len(), 1);
}

#[test]
fn an_index_of_another_database_or_from_the_future_is_begun_anew() {
    let folder = TempDir::new().expect("a folder");
    filled(folder.path());
    assert!(matches!(state(folder.path(), "here", 4), State::Rebuilt { .. }));
    filled(folder.path());
    assert!(matches!(state(folder.path(), "there", 9), State::Rebuilt { .. }));
    assert_eq!(state(folder.path(), "there", 9), State::Resumed { position: 0 });
}

#[test]
fn whatever_happens_to_its_files_the_index_opens() {
    let clean = TempDir::new().expect("a folder");
    filled(clean.path());
    let files: Vec<_> = fs::read_dir(volume(clean.path())).expect("files").map(|file| file.expect("a file").file_name()).collect();
    for name in files.iter().filter(|name| !name.to_string_lossy().ends_with("lock")) {
        for harm in ["delete", "empty", "halve", "flip"] {
            let folder = TempDir::new().expect("a folder");
            filled(folder.path());
            // Segments have other names in each index: take the file of the same sort.
            let extension = Path::new(name).extension();
            let stem = name.to_string_lossy().starts_with(['m', '.']).then_some(name);
            let path = fs::read_dir(volume(folder.path()))
                .expect("files")
                .map(|file| file.expect("a file").path())
                .find(|path| {
                    stem.map_or(path.extension() == extension && path.file_name() != Some("meta.json".as_ref()), |stem| {
                        path.file_name() == Some(stem)
                    })
                })
                .expect("the file");
            let mut bytes = fs::read(&path).expect("bytes");
            match harm {
                "delete" => fs::remove_file(&path).expect("deleted"),
                "empty" => fs::write(&path, []).expect("written"),
                "halve" => fs::write(&path, &bytes[..bytes.len() / 2]).expect("written"),
                _ => {
                    let middle = bytes.len() / 2;
                    bytes[middle] ^= 0x55;
                    fs::write(&path, bytes).expect("written");
                }
            }
            let opened = SearchIndex::open(folder.path(), "here", 9).unwrap_or_else(|error| panic!("{harm} {name:?}: {error}"));
            match &opened.state {
                State::Resumed { .. } => {
                    assert_eq!(ids(&opened.index.search(&request_for("tram")).expect("a response")), [1], "{harm} {name:?}")
                }
                State::Rebuilt { why } => assert!(opened.index.is_empty() && opened.index.position() == 0, "{harm} {name:?}: {why}"),
                State::Fresh => panic!("{harm} {name:?} went unnoticed"),
            }
        }
    }
}

#[test]
fn a_deleted_folder_is_fresh_and_a_deleted_volume_is_rebuilt() {
    let folder = TempDir::new().expect("a folder");
    filled(folder.path());
    fs::remove_dir_all(volume(folder.path())).expect("deleted");
    assert!(matches!(state(folder.path(), "here", 9), State::Rebuilt { .. }));
    fs::remove_dir_all(folder.path()).expect("deleted");
    assert_eq!(state(folder.path(), "here", 9), State::Fresh);
}

#[test]
fn an_older_layout_is_rebuilt() {
    let folder = TempDir::new().expect("a folder");
    filled(folder.path());
    let meta = volume(folder.path()).join("meta.json");
    let older = fs::read_to_string(&meta).expect("meta").replace(&format!("layout {}", crate::index::LAYOUT), "layout 0");
    fs::write(&meta, older).expect("written");
    assert!(matches!(state(folder.path(), "here", 9), State::Rebuilt { why } if why.contains("layout")));
}

#[test]
fn one_process_writes_at_a_time() {
    let folder = TempDir::new().expect("a folder");
    let first = open(folder.path());
    assert!(matches!(SearchIndex::open(folder.path(), "here", 0), Err(SearchError::Busy)));
    drop(first);
    open(folder.path());
}

#[test]
fn a_rebuild_answers_from_the_old_until_it_is_done() {
    let index = TestIndex::new(&[practice(1, "en", "Tram", "")]);
    let mut rebuild = index.inner.rebuild().expect("begun");
    let doc = practice(2, "en", "Tram", "");
    rebuild.replace(&doc.key, Some(&doc)).expect("replaced");
    assert_eq!(index.find("tram"), [1]);
    // It never goes back behind the one that answers.
    rebuild.commit_at(0).expect("committed");
    assert!(!rebuild.finish().expect("a response"));
    assert_eq!((index.find("tram"), index.inner.position()), (vec![1], 1));
    rebuild.commit_at(40).expect("committed");
    assert!(rebuild.finish().expect("a response"));
    assert_eq!(index.find("tram"), [2]);
    assert_eq!(index.inner.position(), 40);
}

#[test]
fn changes_that_begin_elsewhere_than_the_index_are_refused() {
    let index = TestIndex::new(&[]);
    let mut rebuild = index.inner.rebuild().expect("begun");
    let before = index.inner.position();
    rebuild.commit_at(40).expect("committed");
    assert!(rebuild.finish().expect("a response"));
    let doc = practice(1, "en", "Tram", "");
    assert!(!index.inner.absorb(before, &[(doc.key.clone(), Some(doc))], 50).expect("a response"));
    assert_eq!((index.inner.position(), index.inner.len()), (40, 0));
}

#[test]
fn an_abandoned_rebuild_leaves_nothing_behind() {
    let folder = TempDir::new().expect("a folder");
    let index = Arc::new(open(folder.path()));
    drop(index.rebuild().expect("begun"));
    let volumes = fs::read_dir(folder.path()).expect("files").filter(|file| file.as_ref().is_ok_and(|file| file.path().is_dir())).count();
    assert_eq!(volumes, 1);
}

#[test]
fn an_index_whose_files_are_gone_says_so_until_it_is_rebuilt() {
    let folder = TempDir::new().expect("a folder");
    let index = Arc::new(open(folder.path()));
    assert!(index.is_readable());
    fs::remove_file(volume(folder.path()).join("meta.json")).expect("it goes");
    assert!(!index.is_readable());
    let mut rebuild = index.rebuild().expect("begun");
    rebuild.commit_at(5).expect("committed");
    assert!(rebuild.finish().expect("a response"));
    assert!(index.is_readable());
}
