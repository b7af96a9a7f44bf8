//! Streams as front ends see them: why they end, what a gap is, what a slow reader costs, and what a person's other devices hear.
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use hansa::{base::Ambient as _, store::Retention};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    sync::mpsc,
};

use crate::kit::{
    Backend, Served, TestHub, both, create, drop_database,
    listener::{By, Listener},
    on_both, people,
};

const CREATE: &str =
    "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } position } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { errors { code message } position } }";
const STREAM: &str = "subscription($after: String) { exchangeEvents(after: $after) { ... on ExchangeEvent { cursor summary } } }";
const ROLES: &str = "mutation($input: UpdatePersonInput!) { updatePerson(input: $input) { errors { code message } } }";
const REVOKE: &str = "mutation($input: RevokeTokenInput!) { revokeToken(input: $input) { errors { code message } } }";
const ME: &str = "{ viewer { person { id tokens { id } } } }";
const SAVE: &str =
    "mutation($input: SaveSearchInput!) { saveSearch(input: $input) { savedSearch { id } errors { code message } position } }";

/// Runs a test with the program on each database.
async fn on_each(settings: &[&str], test: impl AsyncFn(&Served)) {
    for backend in both() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = format!(
            "hansa_streams_{}_{}",
            std::process::id(),
            folder.path().file_name().expect("a name").to_string_lossy().to_lowercase().replace('.', "")
        );
        let database = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(create(&name, None).await),
        };
        let served = Served::start_with(folder.path(), database.as_deref(), settings).await;
        test(&served).await;
        served.stop().await;
        if database.is_some() {
            drop_database(&name).await;
        }
    }
}

fn listener(served: &Served, by: By, person: &str) -> Listener {
    Listener { place: served.address().to_string(), by, token: Some(served.token(person)), filter: Value::Null }
}

async fn payload(events: &mut mpsc::Receiver<Value>) -> Value {
    // Long, as other tests may have the machine to themselves for a while.
    tokio::time::timeout(Duration::from_secs(120), events.recv()).await.expect("something is told").expect("before the stream ends")
}

/// The code with which a stream ends, and that nothing comes behind it.
async fn end(mut events: mpsc::Receiver<Value>) -> String {
    loop {
        let last = payload(&mut events).await;
        let Some(code) = last["errors"][0]["extensions"]["code"].as_str() else { continue };
        let rest = tokio::time::timeout(Duration::from_secs(30), events.recv()).await.expect("the stream ends");
        assert!(rest.is_none(), "behind the end came {rest:?}");
        return code.to_owned();
    }
}

async fn ask(listener: &Listener, query: &str, input: Value) -> Value {
    let answer = listener.ask(query, json!({ "input": input })).await.expect("an answer");
    let errors = answer["data"].as_object().and_then(|data| data.values().next()).map(|payload| payload["errors"].clone());
    assert_eq!(errors, Some(json!([])), "{answer:#}");
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_may_tell_less_than_before_says_so_and_ends() {
    on_each(&[], async |served| {
        let (hamburg, administrator) = (listener(served, By::Sse, people::HAMBURG), listener(served, By::Sse, people::ADMINISTRATOR));
        let home = served.ask(None, "{ city(slug: \"hamburg\") { id } }", json!({})).await.expect("an answer")["data"]["city"]["id"].clone();
        let draft = async |title: &str| {
            let input = json!({ "city": home, "language": "en", "title": title, "summary": "S." });
            ask(&hamburg, CREATE, input).await["data"]["createPractice"]["position"].as_str().expect("a position").to_owned()
        };
        let start = draft("before").await;
        for by in [By::Sse, By::WebSocket] {
            // A role ends: of two streams of the person both say so, and a stream of another person goes on.
            let leaving = listener(served, by, people::HAMBURG_TOO);
            let (mut theirs, _) = leaving.open(STREAM, json!({ "after": start }));
            let (mut others, _) = listener(served, by, people::HAMBURG).open(STREAM, json!({ "after": start }));
            let last = draft("while they may").await;
            for events in [&mut theirs, &mut others] {
                while payload(events).await["data"]["exchangeEvents"]["cursor"] != json!(last) {}
            }
            let me = leaving.ask(ME, json!({})).await.expect("an answer")["data"]["viewer"]["person"].clone();
            ask(&administrator, ROLES, json!({ "id": me["id"], "roles": [] })).await;
            assert_eq!(end(theirs).await, "FORBIDDEN");
            let hidden = draft("when they may no longer").await;
            while payload(&mut others).await["data"]["exchangeEvents"]["cursor"] != json!(hidden) {}
            // Whoever begins again hears what may still be heard, and nothing else.
            let log = leaving.log(&last).await;
            assert!(log.iter().all(|event| event["cursor"] != json!(hidden)), "{log:?}");
            let roles = json!([{ "role": "CITY_REPRESENTATIVE", "city": "hamburg" }]);
            ask(&administrator, ROLES, json!({ "id": me["id"], "roles": roles })).await;

            // A token is revoked: its stream ends, and says another thing.
            let reader = listener(served, by, people::READER);
            let (events, _) = reader.open(STREAM, json!({ "after": served.ask(None, "{ exchangeEvents(last: 1) { nodes { cursor } } }", json!({})).await.expect("an answer")["data"]["exchangeEvents"]["nodes"][0]["cursor"] }));
            if by == By::WebSocket {
                let tokens = reader.ask(ME, json!({})).await.expect("an answer")["data"]["viewer"]["person"]["tokens"].clone();
                for token in tokens.as_array().expect("tokens") {
                    ask(&administrator, REVOKE, json!({ "id": token["id"] })).await;
                }
                assert_eq!(end(events).await, "UNAUTHENTICATED");
            }
        }
    })
    .await;
}

/// Practices whose texts are long, and how often a subscriber asks for each text.
const PRACTICES: usize = 60;
const LETTERS: usize = 15_000;
const TIMES: usize = 30;

/// Subscribes to everything that was and is, in many words, and reads nothing.
async fn stalled(served: &Served, by: By, token: &str, query: &str) -> TcpStream {
    // A small buffer here, so that little of it is the kernel's.
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let mut stream = socket.connect(served.address()).await.expect("a connection");
    let operation = json!({ "query": query });
    let asked = match by {
        By::Sse => {
            let body = operation.to_string();
            let head = "POST /graphql HTTP/1.1\r\nhost: hub\r\naccept: text/event-stream\r\ncontent-type: application/json";
            format!("{head}\r\nauthorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
        }
        By::WebSocket => {
            let head = "GET /graphql HTTP/1.1\r\nhost: hub\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13";
            let mut asked =
                format!("{head}\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n")
                    .into_bytes();
            for message in [
                json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {token}") } }),
                json!({ "id": "1", "type": "subscribe", "payload": operation }),
            ] {
                let text = message.to_string().into_bytes();
                let length = u16::try_from(text.len()).expect("short").to_be_bytes();
                // A masked text frame; a mask of zeros is one.
                asked.extend_from_slice(&[0x81, 0xfe, length[0], length[1], 0, 0, 0, 0]);
                asked.extend_from_slice(&text);
            }
            asked
        }
    };
    stream.write_all(&asked).await.expect("asked");
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_does_not_read_costs_a_message_and_is_let_go() {
    on_each(&["--limit", "stall_timeout_ms=4000"], async |served| {
        let hamburg = listener(served, By::Sse, people::HAMBURG);
        let home = served.ask(None, "{ city(slug: \"hamburg\") { id } }", json!({})).await.expect("an answer")["data"]["city"]["id"].clone();
        let newest = "{ exchangeEvents(last: 1) { nodes { cursor } } }";
        let start = hamburg.ask(newest, json!({})).await.expect("an answer")["data"]["exchangeEvents"]["nodes"][0]["cursor"].clone();
        for number in 0..PRACTICES {
            let body = format!("{number} ").repeat(LETTERS / 3);
            let input = json!({ "city": home, "language": "en", "title": format!("Long {number}"), "summary": "S.", "body": body, "difficulties": "None." });
            ask(&hamburg, CREATE, input).await;
        }
        let texts: String = (0..TIMES).map(|time| format!(" a{time}: body")).collect();
        let cursor = start.as_str().expect("a cursor");
        let query = format!(
            "subscription {{ exchangeEvents(after: \"{cursor}\", filter: {{ types: [PRACTICE_DRAFTED] }}) {{ ... on ExchangeEvent {{ cursor summary subject {{ ... on Practice {{{texts} }} }} }} }} }}"
        );
        // Somebody who reads: all the hub needs for one subscriber is in its memory then.
        let reading = Listener { by: By::WebSocket, ..hamburg.clone() };
        let (mut events, connected) = reading.open(&query, json!({}));
        let mut size = 0;
        for number in 0..PRACTICES {
            let told = payload(&mut events).await;
            assert_eq!(told["data"]["exchangeEvents"]["summary"], format!("Long {number}"));
            size += told.to_string().len();
        }
        connected.abort();
        let (before, each) = (served.memory(), size / PRACTICES);
        let mut stalled_ones = Vec::new();
        for number in 0..8 {
            let by = if number % 2 == 0 { By::Sse } else { By::WebSocket };
            stalled_ones.push(stalled(served, by, hamburg.token.as_deref().expect("a token"), &query).await);
        }
        // Others are not held up meanwhile.
        let (mut events, connected) = reading.open(&query, json!({}));
        for number in 0..PRACTICES {
            assert_eq!(payload(&mut events).await["data"]["exchangeEvents"]["summary"], format!("Long {number}"));
        }
        connected.abort();
        // A message as values, as text and on its way, for each of eight; not the sixty that wait.
        let grown = served.memory().saturating_sub(before);
        let allowed = 8 * 6 * each as u64 + (16 << 20);
        assert!(grown < allowed, "eight who do not read cost {grown} bytes; a message has {each}, all have {size}");
        assert!(allowed < 8 * size as u64 / 2, "{allowed} would say little of 8 × {size}");
        // Each is let go, before everything was sent; until then nothing of it is read.
        let gauge = async || {
            let text = reqwest::get(format!("{}/metrics", served.url)).await.expect("an answer").text().await.expect("text");
            text.lines().find_map(|line| line.strip_prefix("hansa_subscriptions ")).expect("the gauge").parse::<u64>().expect("a number")
        };
        let gone = async {
            while gauge().await > 0 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), gone).await.expect("they are let go");
        for mut stream in stalled_ones {
            let read = async {
                let (mut sum, mut piece) = (0, vec![0; 64 << 10]);
                while let Ok(count @ 1..) = stream.read(&mut piece).await {
                    sum += count;
                }
                sum
            };
            let sum = tokio::time::timeout(Duration::from_secs(60), read).await.expect("it ends");
            assert!(sum < size, "{sum} of {size} bytes came to one who did not read");
        }
    })
    .await;
}

async fn next(stream: &mut (impl Stream<Item = Value> + Unpin), field: &str) -> Value {
    let item = tokio::time::timeout(Duration::from_secs(30), stream.next()).await.expect("something comes").expect("the stream goes on");
    item.pointer(&format!("/data/{field}")).cloned().unwrap_or_else(|| panic!("nothing in {item:#}"))
}

async fn publish(hub: &TestHub, city: &str, title: &str) -> String {
    let input = json!({ "city": city, "language": "en", "title": title, "summary": title, "difficulties": "None told." });
    let id = hub.run(Some(people::HAMBURG), CREATE, json!({ "input": input })).await.text("/createPractice/practice/id").to_owned();
    let published = hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await;
    assert_eq!(published.at("/publishPractice/errors"), &json!([]));
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn matches_that_the_log_no_longer_has_are_told_as_a_gap() {
    const MATCHES: &str = "subscription($id: ID!, $after: String) { savedSearchMatches(savedSearch: $id, after: $after) { cursor position occurredAt gap { after upto } node { id } snippets { field } savedSearch { id } } }";
    on_both(true, |hub| {
        Box::pin(async move {
            let hamburg = hub.id("city", "hamburg").await;
            let saved = hub.run(Some(people::AUSTIN), SAVE, json!({ "input": { "text": "quinces" } })).await;
            let (id, start) = (saved.text("/saveSearch/savedSearch/id").to_owned(), saved.text("/saveSearch/position").to_owned());
            let mut stream = hub.subscribe(Some(people::AUSTIN), MATCHES, json!({ "id": id, "after": start })).await;
            let mut cursors = Vec::new();
            for title in ["Quince hedges", "Quince walls"] {
                publish(hub, &hamburg, title).await;
                let told = next(&mut stream, "savedSearchMatches").await;
                assert!(told["gap"].is_null() && told["occurredAt"].is_string(), "{told:#}");
                cursors.push(told["cursor"].as_str().expect("a cursor").to_owned());
            }
            // Everything but the last entry goes.
            let log = &hub.app.store.log;
            let upto = log.trim(Retention { days: None, entries: Some(1) }, hub.still.now()).await.expect("trimmed").to_string();
            let mut late = hub.subscribe(Some(people::AUSTIN), MATCHES, json!({ "id": id, "after": start })).await;
            let gap = next(&mut late, "savedSearchMatches").await;
            let expected = json!({ "cursor": upto, "position": upto, "occurredAt": null, "gap": { "after": start, "upto": upto }, "node": null, "snippets": [], "savedSearch": { "id": id } });
            assert_eq!(gap, expected);
            // The stream goes on behind it: with what is left, and with what comes.
            let quinces = publish(hub, &hamburg, "Quince jelly").await;
            loop {
                let told = next(&mut late, "savedSearchMatches").await;
                if told["cursor"] != json!(cursors[1]) {
                    assert_eq!(told["node"]["id"], json!(quinces));
                    break;
                }
            }
        })
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_persons_other_devices_hear_what_they_follow_and_have_read() {
    const FOLLOW: &str = "mutation($id: ID!) { follow(input: { id: $id }) { errors { code } } }";
    const UNFOLLOW: &str = "mutation($id: ID!) { unfollow(input: { id: $id }) { errors { code } } }";
    const READ: &str = "mutation($upto: Position!) { markNotificationsRead(input: { upto: $upto }) { upto errors { code } } }";
    const CHANGED: &str =
        "subscription { notificationsChanged { unreadCount readUpto events(last: 1) { nodes { cursor type summary } } } }";
    on_both(true, |hub| {
        Box::pin(async move {
            let (hamburg, lyon) = (hub.id("city", "hamburg").await, hub.id("city", "lyon").await);
            let mut stream = hub.subscribe(Some(people::AUSTIN), CHANGED, json!({})).await;
            let mut begun = tokio::spawn(async move {
                next(&mut stream, "notificationsChanged").await;
                stream
            });
            // The stream begins when it is first asked: whoever marks often enough is heard.
            let mut stream = loop {
                for mark in [FOLLOW, UNFOLLOW] {
                    hub.run(Some(people::AUSTIN), mark, json!({ "id": lyon })).await;
                }
                if let Ok(stream) = tokio::time::timeout(Duration::from_millis(20), &mut begun).await {
                    break stream.expect("joined");
                }
            };
            // What is followed while the stream runs is told of from then on.
            hub.run(Some(people::AUSTIN), FOLLOW, json!({ "id": hamburg })).await;
            publish(hub, &hamburg, "Quince hedges").await;
            let told = loop {
                let told = next(&mut stream, "notificationsChanged").await;
                if told["unreadCount"] == 1 {
                    break told;
                }
                assert_eq!(told["unreadCount"], 0, "{told:#}");
            };
            assert_eq!(told["events"]["nodes"][0]["summary"], "Quince hedges");
            // So is what a search finds that was saved meanwhile.
            hub.run(Some(people::AUSTIN), SAVE, json!({ "input": { "text": "medlars" } })).await;
            hub.run(Some(people::AUSTIN), UNFOLLOW, json!({ "id": hamburg })).await;
            publish(hub, &hamburg, "Medlars of old").await;
            let told = loop {
                let told = next(&mut stream, "notificationsChanged").await;
                if told["events"]["nodes"][0]["type"] == "SEARCH_MATCHED" {
                    break told;
                }
                assert_ne!(told["events"]["nodes"][0]["summary"], "Medlars of old", "it is followed no longer");
            };
            // What is read on another device is read here.
            let upto = told["events"]["nodes"][0]["cursor"].clone();
            hub.run(Some(people::AUSTIN), READ, json!({ "upto": upto })).await;
            let told = next(&mut stream, "notificationsChanged").await;
            assert_eq!((&told["unreadCount"], &told["readUpto"]), (&json!(0), &upto));
            // Nobody else hears of it, and marking twice is no news.
            let marks = "{ exchangeEvents(filter: { types: [FOLLOWS_CHANGED, NOTIFICATIONS_READ] }) { totalCount } }";
            assert_eq!(hub.run(Some(people::HAMBURG), marks, json!({})).await.at("/exchangeEvents/totalCount"), 0);
            let own = hub.run(Some(people::AUSTIN), marks, json!({})).await.at("/exchangeEvents/totalCount").clone();
            hub.run(Some(people::AUSTIN), READ, json!({ "upto": upto })).await;
            hub.run(Some(people::AUSTIN), UNFOLLOW, json!({ "id": hamburg })).await;
            assert_eq!(hub.run(Some(people::AUSTIN), marks, json!({})).await.at("/exchangeEvents/totalCount"), &own);
        })
    })
    .await;
}
