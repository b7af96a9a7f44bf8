//! Pages and rebuilding while others write: what stays is found where it was, and what was written is found at once.
use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};

use crate::kit::{Served, TestHub, on_both, people};

const PAGE: &str = "query($after: String, $before: String, $first: Int, $last: Int) {
  search(text: \"quince tramway gardns\", after: $after, before: $before, first: $first, last: $last) {
    nodes { ... on Practice { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

fn practice(slug: &str, title: &str, body: &str) -> String {
    let record = json!({ "kind": "practice", "slug": slug, "city": "hamburg", "title": title, "summary": "S.", "body": body, "language": "en", "published_on": "2020-01-01" });
    format!("{record}\n")
}

/// One page of the walk; the slugs and the cursor of the next page.
async fn page(hub: &TestHub, cursor: Value, is_backward: bool) -> (Vec<String>, Option<Value>) {
    let variables = if is_backward { json!({ "last": 3, "before": cursor }) } else { json!({ "first": 3, "after": cursor }) };
    let answer = hub.run(None, PAGE, variables).await;
    let nodes = answer.at("/search/nodes").as_array().expect("a list").clone();
    let mut slugs: Vec<String> = nodes.iter().filter_map(|node| node["slug"].as_str().map(str::to_owned)).collect();
    let (more, cursor) = if is_backward {
        slugs.reverse();
        ("hasPreviousPage", "startCursor")
    } else {
        ("hasNextPage", "endCursor")
    };
    let more = answer.at(&format!("/search/pageInfo/{more}")) == &json!(true);
    (slugs, more.then(|| answer.at(&format!("/search/pageInfo/{cursor}")).clone()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_through_all_pages_neither_repeats_nor_skips_what_stays_while_others_write() {
    on_both(true, |hub| {
        Box::pin(async move {
            // Some match by one word and some by the other, many alike: what weighs more is decided by how many have each.
            let stays: Vec<String> = (0..24).map(|number| format!("stays-{number:02}")).collect();
            let told = |number: usize| match number % 4 {
                0 => ("Quince", "tramway"),
                1 => ("Quince", "and more of it"),
                2 => ("Tramway", "and more of it"),
                _ => ("Gardens", "quince"),
            };
            let lines: Vec<String> = stays.iter().enumerate().map(|(at, slug)| practice(slug, told(at).0, told(at).1)).collect();
            assert!(!hub.import(&lines.concat()).await.any_refused());
            hub.indexed().await;
            for is_backward in [false, true] {
                let (mut walked, mut cursor, mut round) = (Vec::new(), Value::Null, 0);
                loop {
                    let (slugs, next) = page(hub, cursor, is_backward).await;
                    walked.extend(slugs.into_iter().filter(|slug| slug.starts_with("stays")));
                    let Some(next) = next else { break };
                    cursor = next;
                    // What was rare becomes frequent, what was mistyped becomes a word, texts become longer, segments are merged.
                    let lines = (0..6).map(|number| {
                        let slug = format!("comes-{is_backward}-{round}-{number}");
                        let (title, body) =
                            if round % 2 == 0 { ("Tramway tramway", "gardns ".repeat(90)) } else { ("Quince", "tramway ".repeat(9)) };
                        practice(&slug, title, &body)
                    });
                    assert!(!hub.import(&lines.collect::<String>()).await.any_refused());
                    hub.indexed().await;
                    round += 1;
                }
                assert!(round > 6, "{round} pages are no walk");
                let once: HashSet<&String> = walked.iter().collect();
                assert_eq!(once.len(), walked.len(), "a hit is repeated: {walked:?}");
                assert_eq!(once.len(), stays.len(), "a hit is skipped: {walked:?}");
            }
            let wrong =
                hub.run(None, PAGE, json!({ "first": 1, "after": "r00000000000000000192f6a0000070008000000000000001practice.AAAA" })).await;
            assert_eq!(wrong.code(), "BAD_INPUT");
        })
    })
    .await;
}

const CREATE: &str = "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { errors { code message } position } }";
const WITHDRAW: &str = "mutation($input: WithdrawPracticeInput!) { withdrawPractice(input: $input) { errors { code message } position } }";
const AT: &str = "query($text: String!, $at: Position) { search(text: $text, atLeast: $at, filter: { kinds: [PRACTICE] }) { totalCount } }";

/// One answer after another for the same questions: those that stay are always all there.
async fn watch(hub: &TestHub, is_over: &AtomicBool, count: u64) -> u64 {
    let (mut rounds, mut position) = (0, 0);
    while !is_over.load(Ordering::SeqCst) {
        let answer = hub.run(None, AT, json!({ "text": "quince", "at": null })).await;
        assert_eq!(answer.at("/search/totalCount"), count, "what nobody touched is found, all of it, at every moment");
        let now = hub.app.index.position();
        assert!(now >= position, "the index went back from {position} to {now}");
        position = now;
        rounds += 1;
        // An answer that waits for nothing would let nobody else go on.
        tokio::task::yield_now().await;
    }
    rounds
}

/// Publishes and withdraws: what was published is found at its place in the log, what was withdrawn is not, whichever index answers.
async fn write(hub: &TestHub, is_over: &AtomicBool, rebuilt: &AtomicU64) -> u64 {
    let hamburg = hub.id("city", "hamburg").await;
    let mut rounds = 0;
    while !is_over.load(Ordering::SeqCst) {
        let word = format!("medlar{rounds}x");
        let input = json!({ "city": hamburg, "language": "en", "title": word, "summary": "S.", "difficulties": "None." });
        let created = hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await;
        let id = created.at("/createPractice/practice/id").clone();
        let published = hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await;
        let found = hub.run(None, AT, json!({ "text": word, "at": published.at("/publishPractice/position") })).await;
        assert_eq!(found.at("/search/totalCount"), 1, "{word} was published");
        let input = json!({ "id": id, "reason": "It was a test." });
        let withdrawn = hub.run(Some(people::HAMBURG), WITHDRAW, json!({ "input": input })).await;
        let at = withdrawn.at("/withdrawPractice/position").clone();
        let before = rebuilt.load(Ordering::SeqCst);
        // Asked until another index answers, or for a while.
        for _ in 0..20 {
            let found = hub.run(None, AT, json!({ "text": word, "at": at })).await;
            assert_eq!(found.at("/search/totalCount"), 0, "{word} was withdrawn");
            if rebuilt.load(Ordering::SeqCst) > before {
                break;
            }
            tokio::task::yield_now().await;
        }
        rounds += 1;
    }
    rounds
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_index_is_rebuilt_no_answer_is_wrong() {
    on_both(true, |hub| {
        Box::pin(async move {
            let lines: Vec<String> = (0..40).map(|number| practice(&format!("stays-{number}"), "Quince", "")).collect();
            assert!(!hub.import(&lines.concat()).await.any_refused());
            hub.indexed().await;
            let (is_over, rebuilt) = (AtomicBool::new(false), AtomicU64::new(0));
            let current = || std::fs::read_to_string(hub.config.index_dir().join("current")).expect("a name");
            let rebuild = async {
                for _ in 0..5 {
                    let before = current();
                    assert!(hub.app.reindex().await.expect("no fault") > 300);
                    assert_ne!(current(), before, "another index answers");
                    rebuilt.fetch_add(1, Ordering::SeqCst);
                }
                is_over.store(true, Ordering::SeqCst);
            };
            let (_, watched, written) = futures_util::join!(rebuild, watch(hub, &is_over, 40), write(hub, &is_over, &rebuilt));
            assert!(watched > 5 && written > 2, "{watched} answers and {written} writes say little");
        })
    })
    .await;
}

/// Runs `hansa reindex` on a data folder.
async fn reindex(folder: &std::path::Path) -> (bool, String) {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_hansa"));
    command.env_clear().args(["reindex", "--log", "warn", "--data-dir"]).arg(folder).kill_on_drop(true);
    let output = tokio::time::timeout(Duration::from_secs(120), command.output()).await.expect("it ends").expect("it runs");
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_has_the_running_hub_rebuild_beside_its_traffic() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Arc::new(Served::start(folder.path(), None).await);
    served.ready().await;
    let current = || std::fs::read_to_string(folder.path().join("index/current")).expect("a name");
    let before = current();
    let is_over = Arc::new(AtomicBool::new(false));
    let watching = tokio::spawn({
        let (served, is_over) = (served.clone(), is_over.clone());
        async move {
            let (mut counts, ask) = (HashSet::new(), "{ search(text: \"water\", filter: { kinds: [PRACTICE] }) { totalCount } }");
            while !is_over.load(Ordering::SeqCst) {
                let answer = served.ask(None, ask, json!({})).await.expect("an answer");
                counts.insert(answer["data"]["search"]["totalCount"].to_string());
            }
            counts
        }
    });
    let (one, two) = futures_util::join!(reindex(folder.path()), reindex(folder.path()));
    is_over.store(true, Ordering::SeqCst);
    for (good, told) in [one, two] {
        assert!(good && told.contains("documents are indexed anew"), "{told}");
    }
    assert_ne!(current(), before, "another index answers");
    let counts = watching.await.expect("it watched");
    assert!(counts.len() == 1 && !counts.contains("0"), "{counts:?}");
    let left: Vec<_> = std::fs::read_dir(folder.path().join("index")).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with("rebuild-")), "{left:?}");

    // Without a hub the command does it itself.
    served.kill().await;
    let (good, told) = reindex(folder.path()).await;
    assert!(good && told.contains("documents are indexed anew"), "{told}");
}
