//! Whatever happens, every subscriber hears its log: once, in order, no more than it may know.
//!
//! Programs are killed, PostgreSQL is stopped, connections are cut, notifications are lost, subscribers stop reading and go away and come back, while
//! people write. At the end what each has heard is held against what the log tells the same person. Chance is seeded: `HANSA_TEST_SEED` repeats a run.
use std::{
    net::{SocketAddr, ToSocketAddrs},
    sync::Arc,
    time::{Duration, Instant},
};

use hansa::base::{Ambient as _, ambient::System};
use parking_lot::Mutex;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::kit::{
    Backend, Cluster, Served, TestHub, Wire, both, create, drop_database,
    listener::{By, Listener, Then},
    people,
};

const CREATE: &str =
    "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message } position } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { errors { code message } position } }";
const KNOWN: &str = "{ exchangeEvents(last: 1) { nodes { cursor } } cities(first: 100) { nodes { id slug } } }";
/// The last thing that is written.
const END: &str = "The end of the storm";
/// People who write at once, and what each writes.
const WRITERS: usize = 3;

fn seed() -> u64 {
    let seed = std::env::var("HANSA_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| u64::from_be_bytes(System.secret()[..8].try_into().expect("eight bytes")));
    println!("HANSA_TEST_SEED={seed}");
    seed
}

/// Some hubs, each behind a wire.
struct Scene {
    hubs: Vec<(tempfile::TempDir, Option<Served>)>,
    documents: tempfile::TempDir,
    doors: Vec<Wire>,
    /// Where each hub finds its database; none on SQLite.
    urls: Vec<Option<String>>,
    /// What the first start told of people.
    tokens: Vec<(&'static str, String)>,
    start: String,
    homes: [String; 2],
    /// How much has been written.
    written: watch::Sender<usize>,
}

impl Scene {
    async fn set(urls: Vec<Option<String>>) -> Self {
        let (mut hubs, mut doors) = (Vec::new(), Vec::new());
        // Hubs of one database share its documents.
        let documents = tempfile::tempdir().expect("a folder");
        for url in &urls {
            let folder = tempfile::tempdir().expect("a folder");
            let served = Self::start(&folder, url.as_deref(), &documents).await;
            doors.push(Wire::to(served.address()).await);
            hubs.push((folder, Some(served)));
        }
        let first = hubs[0].1.as_ref().expect("it was started");
        let names = [people::ADMINISTRATOR, people::OFFICER, people::HAMBURG, people::HAMBURG_TOO, people::AUSTIN, people::READER];
        let tokens = names.map(|name| (name, first.token(name))).to_vec();
        let known = first.ask(Some(&tokens[0].1), KNOWN, json!({})).await.expect("an answer");
        let id = |slug: &str| {
            let cities = known["data"]["cities"]["nodes"].as_array().expect("a list");
            cities.iter().find(|city| city["slug"] == slug).expect("the city")["id"].as_str().expect("an id").to_owned()
        };
        let start = known["data"]["exchangeEvents"]["nodes"][0]["cursor"].as_str().expect("a cursor").to_owned();
        Self { documents, doors, urls, tokens, start, homes: [id("hamburg"), id("austin")], hubs, written: watch::Sender::new(0) }
    }

    async fn start(folder: &tempfile::TempDir, url: Option<&str>, documents: &tempfile::TempDir) -> Served {
        let documents = documents.path().display().to_string();
        Served::start_with(folder.path(), url, &["--documents-url", &documents]).await
    }

    fn token(&self, person: &str) -> Option<String> {
        self.tokens.iter().find(|(name, _)| *name == person).map(|(_, token)| token.clone())
    }

    /// Kills a hub as a power cut would, and starts it again.
    async fn kill(&mut self, number: usize) {
        let (folder, served) = &mut self.hubs[number];
        served.take().expect("it runs").end_at_once().await;
        let again = Self::start(folder, self.urls[number].as_deref(), &self.documents).await;
        self.doors[number].lead_to(again.address());
        *served = Some(again);
    }

    /// Returns when so much has been written.
    async fn written(&self, count: usize) {
        let mut written = self.written.subscribe();
        let wait = written.wait_for(|written| *written >= count);
        tokio::time::timeout(Duration::from_secs(180), wait).await.expect("the writers go on").expect("they are there");
    }

    /// Those who listen: people of different rights, with and without a filter, by both transports, at every hub.
    fn listeners(&self) -> Vec<Listener> {
        let everything = Value::Null;
        let listeners = [
            (Some(people::HAMBURG), everything.clone()),
            (Some(people::HAMBURG_TOO), everything.clone()),
            (Some(people::AUSTIN), everything.clone()),
            (Some(people::READER), everything.clone()),
            (None, everything.clone()),
            (Some(people::ADMINISTRATOR), everything.clone()),
            (Some(people::OFFICER), everything),
            (Some(people::AUSTIN), json!({ "types": ["PRACTICE_PUBLISHED"] })),
            (None, json!({ "cities": [self.homes[0]] })),
            (Some(people::HAMBURG), json!({ "cities": [self.homes[0]], "types": ["PRACTICE_DRAFTED", "PRACTICE_PUBLISHED"] })),
        ];
        let listeners = listeners.into_iter().enumerate().map(|(number, (person, filter))| Listener {
            place: self.doors[number % self.doors.len()].address.to_string(),
            by: if number % 2 == 0 { By::Sse } else { By::WebSocket },
            token: person.and_then(|person| self.token(person)),
            filter,
        });
        listeners.collect()
    }

    /// Writes, through whatever happens; an answer that never came is asked for again.
    async fn write(door: SocketAddr, token: &str, query: &str, field: &str, input: Value) -> Value {
        let asker = Listener { place: door.to_string(), by: By::Sse, token: Some(token.to_owned()), filter: Value::Null };
        let begun = Instant::now();
        loop {
            let answer = asker.ask(query, json!({ "input": input })).await;
            match answer.as_ref().map(|answer| &answer["data"][field]) {
                Some(payload) if payload["errors"] == json!([]) => return payload.clone(),
                // The first attempt, whose answer was cut off, is being committed at this moment: its key answers for it then.
                Some(payload) if payload["errors"][0]["code"] == "CONFLICT" => {}
                Some(payload) if !payload.is_null() => panic!("{field} was refused: {payload:#}"),
                _ => assert!(begun.elapsed() < Duration::from_secs(120), "no hub answers; the last said {answer:?}"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Runs the storm: people write `writes` things each, listeners listen, `happens` happens.
    async fn run(mut self, seed: u64, writes: usize, happens: impl AsyncFnOnce(&mut Self, &mut StdRng, usize)) {
        let listeners = self.listeners();
        let heard: Vec<_> = listeners
            .iter()
            .cloned()
            .enumerate()
            .map(|(number, listener)| {
                let (start, written) = (self.start.clone(), self.written.clone());
                let chance = Arc::new(Mutex::new(StdRng::seed_from_u64(seed ^ (number as u64 + 1) << 32)));
                tokio::spawn(async move { listener.follow(&start, |event| react(event, chance.clone(), written.subscribe())).await })
            })
            .collect();
        let doors: Vec<SocketAddr> = self.doors.iter().map(|door| door.address).collect();
        let tokens = [people::HAMBURG, people::AUSTIN].map(|person| self.token(person).expect("a token"));
        let writing: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (doors, tokens, homes, told) = (doors.clone(), tokens.clone(), self.homes.clone(), self.written.clone());
                let mut chance = StdRng::seed_from_u64(seed ^ writer as u64);
                tokio::spawn(async move {
                    for number in 0..writes {
                        let (who, door) = (chance.random_range(0..2), doors[chance.random_range(0..doors.len())]);
                        let input = json!({ "city": homes[who], "language": "en", "title": format!("{writer} {number}"), "summary": "S.",
                            "difficulties": "Wind.", "idempotencyKey": format!("storm-{writer}-{number}") });
                        let created = Self::write(door, &tokens[who], CREATE, "createPractice", input).await;
                        if chance.random_ratio(1, 2) {
                            let input = json!({ "id": created["practice"]["id"], "idempotencyKey": format!("storm-p-{writer}-{number}") });
                            Self::write(door, &tokens[who], PUBLISH, "publishPractice", input).await;
                        }
                        told.send_modify(|written| *written += 1);
                    }
                })
            })
            .collect();
        let mut chance = StdRng::seed_from_u64(seed);
        happens(&mut self, &mut chance, WRITERS * writes).await;
        for writer in writing {
            writer.await.expect("no writer is surprised");
        }
        let input = json!({ "city": self.homes[0], "language": "en", "title": END, "summary": "S.", "difficulties": "None." });
        let created = Self::write(doors[0], &tokens[0], CREATE, "createPractice", input).await;
        Self::write(doors[0], &tokens[0], PUBLISH, "publishPractice", json!({ "id": created["practice"]["id"] })).await;

        let mut sum = 0;
        for (listener, heard) in listeners.iter().zip(heard) {
            let heard = tokio::time::timeout(Duration::from_secs(180), heard).await;
            let heard = heard.unwrap_or_else(|_| panic!("{listener:?} never hears the end")).expect("no listener is surprised");
            let log = listener.log(&self.start).await;
            let end = log.iter().position(is_end).unwrap_or_else(|| panic!("the end is not in the log of {listener:?}"));
            let told: Vec<&str> = log[..=end].iter().map(|event| event["cursor"].as_str().expect("a cursor")).collect();
            assert_eq!(heard, told, "{listener:?} hears its log, once and in order");
            sum += heard.len();
        }
        assert!(sum > WRITERS * writes * 4, "{sum} events say little");
        for (_, served) in self.hubs {
            served.expect("it runs").stop().await;
        }
    }
}

fn is_end(event: &Value) -> bool {
    event["summary"] == END && event["type"] == "PRACTICE_PUBLISHED"
}

/// What a listener does after an event: mostly goes on, now and then does not read for a while, or goes away.
async fn react(event: Value, chance: Arc<Mutex<StdRng>>, mut written: watch::Receiver<usize>) -> Then {
    if is_end(&event) {
        return Then::Stop;
    }
    let drawn = chance.lock().random_range(0..20);
    match drawn {
        0 => Then::Leave,
        1 => {
            // Until more was written, or nobody writes any more.
            let until = *written.borrow() + 5;
            drop(tokio::time::timeout(Duration::from_secs(1), written.wait_for(|written| *written >= until)).await);
            Then::GoOn
        }
        _ => Then::GoOn,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_is_killed_again_and_again_loses_nothing() {
    let seed = seed();
    for backend in both() {
        let name = format!("hansa_storm_{}", std::process::id());
        let url = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(create(&name, None).await),
        };
        let scene = Scene::set(vec![url]).await;
        let killed = async |scene: &mut Scene, chance: &mut StdRng, whole: usize| {
            for part in 1..=3 {
                scene.written(chance.random_range(whole * (part - 1) / 3..whole * part / 3)).await;
                scene.kill(0).await;
            }
        };
        scene.run(seed, 16, killed).await;
        if backend == Backend::Postgres {
            drop_database(&name).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hubs_lose_nothing_whatever_is_cut_stopped_and_killed() {
    // A server of the test's own, so that it may be stopped; else the one at hand, which is not.
    let cluster = Cluster::start();
    let name = format!("hansa_storms_{}", std::process::id());
    let server = match &cluster {
        Some(cluster) => format!("postgres://postgres@{}", cluster.address),
        None if both().contains(&Backend::Postgres) => {
            create(&name, None).await.rsplit_once('/').expect("a URL with a database").0.to_owned()
        }
        None => return,
    };
    let database = if cluster.is_some() { "postgres" } else { name.as_str() };
    let (account, place) = server.split_once("://").expect("a URL").1.rsplit_once('@').expect("an account");
    let place = place.to_socket_addrs().expect("an address").next().expect("an address");
    let mut wires = Vec::new();
    for _ in 0..3 {
        wires.push(Wire::to_postgres(place).await);
    }
    let urls = wires.iter().map(|wire| Some(format!("postgres://{account}@{}/{database}?sslmode=disable", wire.address)));
    let scene = Scene::set(urls.collect()).await;
    let direct = format!("{server}/{database}");
    let everything = async |scene: &mut Scene, chance: &mut StdRng, whole: usize| {
        // Every connection of every hub to the database is ended by the database.
        scene.written(whole / 9).await;
        assert!(terminate(&direct).await >= 3, "three hubs were connected");
        scene.written(whole * 2 / 9).await;
        wires.iter().for_each(Wire::cut);
        scene.written(whole * 3 / 9).await;
        scene.doors.iter().for_each(Wire::cut);
        // No hub hears of another's commits; each asks.
        wires.iter().for_each(|wire| wire.set_deaf(true));
        scene.written(whole * 4 / 9).await;
        wires.iter().for_each(|wire| wire.set_deaf(false));
        if let Some(cluster) = &cluster {
            tokio::task::block_in_place(|| cluster.crash());
        }
        for (part, number) in [5, 6, 7].into_iter().zip(0..) {
            scene.written(whole * part / 9).await;
            scene.kill(number).await;
        }
        let wire = chance.random_range(0..wires.len());
        wires[wire].cut();
        scene.doors[wire].cut();
    };
    scene.run(seed(), 24, everything).await;
    if cluster.is_none() {
        drop_database(&name).await;
    }
}

/// Ends all connections to a database but its own; answers how many there were.
async fn terminate(url: &str) -> u64 {
    use sea_orm::ConnectionTrait;
    let db = sea_orm::Database::connect(url).await.expect("the database opens");
    let ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let done = db.execute_unprepared(ended).await.expect("they are ended");
    db.close().await.expect("it closes");
    done.rows_affected()
}

const STREAM: &str = "subscription($after: String) { exchangeEvents(after: $after) { ... on ExchangeEvent { cursor summary } } }";

async fn next(stream: &mut (impl futures_util::Stream<Item = Value> + Unpin)) -> Value {
    use futures_util::StreamExt;
    let item = tokio::time::timeout(Duration::from_secs(30), stream.next()).await.expect("an event comes").expect("the stream goes on");
    item.pointer("/data/exchangeEvents").cloned().unwrap_or_else(|| panic!("no event in {item:#}"))
}

async fn draft(hub: &TestHub, city: &str, title: &str) {
    let input = json!({ "input": { "city": city, "language": "en", "title": title, "summary": "S." } });
    hub.run(Some(people::HAMBURG), CREATE, input).await.text("/createPractice/position");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_notification_costs_seconds_and_no_event() {
    if !both().contains(&Backend::Postgres) {
        return;
    }
    let one = TestHub::demo(Backend::Postgres).await;
    let (scheme, rest) = one.config.database_url.split_once("://").expect("a URL");
    let (authority, database) = rest.rsplit_once('/').expect("a database");
    let (account, place) = authority.rsplit_once('@').unwrap_or(("postgres", authority));
    let wire = Wire::to_postgres(place.to_socket_addrs().expect("an address").next().expect("an address")).await;
    let two = one.second_at(&format!("{scheme}://{account}@{}/{database}?sslmode=disable", wire.address)).await;
    let hamburg = one.id("city", "hamburg").await;
    let start = one.app.store.log.head().to_string();
    let mut theirs = two.subscribe(Some(people::HAMBURG_TOO), STREAM, json!({ "after": start })).await;
    draft(&one, &hamburg, "heard of").await;
    assert_eq!(next(&mut theirs).await["summary"], "heard of");
    wire.set_deaf(true);
    let begun = Instant::now();
    for title in ["not heard of", "nor this"] {
        draft(&one, &hamburg, title).await;
        assert_eq!(next(&mut theirs).await["summary"], title);
    }
    let took = begun.elapsed();
    assert!(took < hansa::store::wake::SLOW_POLL * 4, "two lost notifications cost {took:?}");
    assert!(took > Duration::from_secs(1), "{took:?}: the notifications were not lost");
    two.end().await;
    one.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_took_the_earlier_number_is_told_first_though_they_commit_late() {
    use sea_orm::{ConnectionTrait, TransactionTrait};
    if !both().contains(&Backend::Postgres) {
        return;
    }
    let hub = TestHub::demo(Backend::Postgres).await;
    let hamburg = hub.id("city", "hamburg").await;
    let start = hub.app.store.log.head();
    let mut theirs = hub.subscribe(Some(people::HAMBURG_TOO), STREAM, json!({ "after": start.to_string() })).await;
    // Another hub's writer has its number, has written its entry, and does not come to commit.
    let db = sea_orm::Database::connect(&hub.config.database_url).await.expect("the database opens");
    let slow = db.begin().await.expect("a transaction");
    for statement in [
        "UPDATE log_head SET seq = seq + 1",
        "INSERT INTO log (seq, at, event, kind, subject, audience, actor, summary) SELECT head.seq, last.at, 'practiceRevised', last.kind, last.subject, 'public', NULL, 'the slow one' FROM log_head head, log last WHERE last.seq = head.seq - 1",
        "SELECT pg_notify('hansa_log', seq::text) FROM log_head",
    ] {
        slow.execute_unprepared(statement).await.expect("it is written");
    }
    let mut quick = Box::pin(draft(&hub, &hamburg, "the quick one"));
    // The quick one would be told with a later number before an earlier one is there: it has to wait.
    let waited = tokio::time::timeout(Duration::from_secs(2), &mut quick).await;
    assert!(waited.is_err(), "the quick one is committed before the slow one");
    assert!(tokio::time::timeout(Duration::from_millis(200), next(&mut theirs)).await.is_err(), "something is told before it is committed");
    slow.commit().await.expect("committed");
    quick.as_mut().await;
    drop(quick);
    let (first, second) = (next(&mut theirs).await, next(&mut theirs).await);
    assert_eq!((&first["summary"], &second["summary"]), (&json!("the slow one"), &json!("the quick one")));
    assert_eq!([&first["cursor"], &second["cursor"]], [&json!((start + 1).to_string()), &json!((start + 2).to_string())]);
    db.close().await.expect("it closes");
    hub.end().await;
}
