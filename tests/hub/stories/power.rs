//! The program under an operator's hands: killed in the middle of writes, and asked to end.
use std::{path::Path, sync::Arc};

use futures_util::StreamExt;
use serde_json::json;

use crate::kit::{Backend, Served, both, create, drop_database, people};

const CREATE: &str =
    "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code } position } }";
/// Writers at once, and answers after which the power goes.
const WRITERS: usize = 8;
const ANSWERS: usize = 40;

/// Runs a test with the program on each database; the folder and the database live as long as the test.
async fn on_each(test: impl AsyncFn(&Path, Option<&str>)) {
    for backend in both() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = format!(
            "hansa_power_{}_{}",
            std::process::id(),
            folder.path().file_name().expect("a name").to_string_lossy().to_lowercase().replace('.', "")
        );
        let database = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(create(&name, None).await),
        };
        test(folder.path(), database.as_deref()).await;
        if database.is_some() {
            drop_database(&name).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_survives_a_kill_and_is_found() {
    on_each(async |folder, database| {
        let served = Arc::new(Served::start(folder, database).await);
        let token = served.token(people::HAMBURG);
        let city = served.ask(None, "{ city(slug: \"hamburg\") { id } }", json!({})).await.expect("an answer")["data"]["city"]["id"].clone();
        let (told, mut answers) = tokio::sync::mpsc::unbounded_channel();
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                let (served, token, city, told) = (served.clone(), token.clone(), city.clone(), told.clone());
                tokio::spawn(async move {
                    for number in 0.. {
                        let input = json!({ "input": { "city": city, "language": "en", "title": format!("Quincebridge {number}"), "summary": "S." } });
                        // Whoever hears nothing was cut off by the kill.
                        let Some(answer) = served.ask(Some(&token), CREATE, input).await else { return };
                        let id = answer["data"]["createPractice"]["practice"]["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
                        if told.send((id, answer["data"]["createPractice"]["position"].clone())).is_err() {
                            return;
                        }
                    }
                })
            })
            .collect();
        drop(told);
        let mut kept = Vec::new();
        while kept.len() < ANSWERS {
            kept.push(answers.recv().await.expect("answers come"));
        }
        served.kill().await;
        for writer in writers {
            writer.await.expect("no writer is surprised");
        }
        // Answered between the last one counted and the kill.
        while let Some(late) = answers.recv().await {
            kept.push(late);
        }

        let served = Served::start(folder, database).await;
        served.ready().await;
        let token = served.ask(None, "{ __typename }", json!({})).await.map(|_| token).expect("it is there again");
        let last = kept.iter().filter_map(|(_, position)| position.as_str()?.parse::<i64>().ok()).max().expect("positions");
        let look = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        for some in kept.chunks(50) {
            let ids: Vec<&str> = some.iter().map(|(id, _)| id.as_str()).collect();
            let answer = served.ask(Some(&token), look, json!({ "ids": ids })).await.expect("an answer");
            let found: Vec<_> = answer["data"]["nodes"].as_array().expect("nodes").iter().map(|node| node["id"].as_str()).collect();
            assert_eq!(found, ids.iter().map(|id| Some(*id)).collect::<Vec<_>>(), "a committed practice is gone");
        }
        let find = "query($last: Position) { search(text: \"quincebridge\", atLeast: $last) { totalCount } }";
        let found = served.ask(Some(&token), find, json!({ "last": last.to_string() })).await.expect("an answer");
        let count = found["data"]["search"]["totalCount"].as_u64().unwrap_or_else(|| panic!("{found}"));
        assert!(count >= kept.len() as u64, "the index caught up with {count} of {}", kept.len());
        served.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscriber_is_told_of_the_end_when_the_hub_is_asked_to_end() {
    on_each(async |folder, database| {
        let served = Served::start(folder, database).await;
        let request = reqwest::Client::new().post(format!("{}/graphql", served.url)).header("accept", "text/event-stream");
        let body = json!({ "query": "subscription { exchangeEvents(after: \"0\") { ... on ExchangeEvent { cursor } } }" });
        let mut stream = request.json(&body).send().await.expect("an answer").bytes_stream();
        let first = stream.next().await.expect("an event").expect("bytes");
        assert!(first.starts_with(b"event: next") || first.starts_with(b":"), "{}", String::from_utf8_lossy(&first));
        let read = tokio::spawn(async move {
            let mut text = Vec::new();
            while let Some(piece) = stream.next().await {
                text.extend_from_slice(&piece.expect("nothing is cut"));
            }
            String::from_utf8(text).expect("UTF-8")
        });
        // A running hub is in order once its index has what was there.
        served.ready().await;
        let mut doctor = tokio::process::Command::new(env!("CARGO_BIN_EXE_hansa"));
        let listen = served.address().to_string();
        doctor
            .args(["doctor", "--log", "error", "--listen", &listen, "--data-dir"])
            .arg(folder)
            .args(database.map(|url| format!("--database-url={url}")));
        let found = doctor.output().await.expect("the doctor comes");
        assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stdout));
        served.stop().await;
        assert!(read.await.expect("read").ends_with("event: complete\ndata:\n\n"), "the end was not told");
    })
    .await;
}
