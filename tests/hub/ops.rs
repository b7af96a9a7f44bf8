//! Operations as data: each `.graphql` file under `ops/` beside a snapshot of its answer and of the SQL it caused.
//!
//! The first lines of a file may say `# as: <person>`, `# languages: fr, en`, `# variables: {…}`, and `# seed: <file>` with records beside the demonstration's. A snapshot is the
//! same on both databases. `UPDATE=1 cargo test ops` writes the snapshots anew.
use std::path::PathBuf;

use rstest::rstest;
use serde_json::{Value, json};

use crate::kit::{Answer, TestHub, both};

fn header<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .take_while(|line| line.starts_with('#'))
        .find_map(|line| line.trim_start_matches('#').trim().strip_prefix(name)?.strip_prefix(':').map(str::trim))
}

/// Statements as both databases have them in common: one sort of placeholder, lists of any length alike.
fn plain(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut letters = sql.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '$' && letters.peek().is_some_and(char::is_ascii_digit) {
            while letters.next_if(char::is_ascii_digit).is_some() {}
            out.push('?');
        } else {
            out.push(letter);
        }
    }
    while let Some(at) = out.find("?, ?") {
        out.replace_range(at..at + 4, "?");
    }
    while let Some(at) = out.find("(?), (?)") {
        out.replace_range(at..at + 8, "(?)");
    }
    out
}

fn shown(answer: &Answer) -> String {
    let mut sql: Vec<String> = answer.sql.iter().map(|sql| plain(sql)).filter(|sql| !sql.starts_with("PRAGMA")).collect();
    // Root fields are read at the same time, so their order says nothing.
    sql.sort();
    format!("{:#}\n\n--- {} statements\n{}\n", answer.json, sql.len(), sql.join("\n"))
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn op(#[files("tests/hub/ops/**/*.graphql")] path: PathBuf) {
    let text = std::fs::read_to_string(&path).expect("a file");
    let person = header(&text, "as");
    let languages: Vec<&str> = header(&text, "languages").map(|list| list.split(',').map(str::trim).collect()).unwrap_or_default();
    let variables: Value = header(&text, "variables").map_or(json!({}), |text| serde_json::from_str(text).expect("variables are JSON"));
    let snapshot = path.with_extension("snap");
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        if let Some(seed) = header(&text, "seed") {
            hub.seed(seed).await;
        }
        let shown = shown(&hub.run_in(person, &languages, &text, variables.clone()).await);
        hub.end().await;
        if std::env::var_os("UPDATE").is_some() && backend == crate::kit::Backend::Sqlite {
            std::fs::write(&snapshot, &shown).expect("the snapshot is written");
            continue;
        }
        let expected =
            std::fs::read_to_string(&snapshot).unwrap_or_else(|_| panic!("{} is missing: UPDATE=1 cargo test ops", snapshot.display()));
        assert!(
            shown == expected,
            "{} on {backend:?} differs from its snapshot; look, then UPDATE=1 cargo test ops\n--- now\n{shown}\n--- snapshot\n{expected}",
            path.display()
        );
    }
}
