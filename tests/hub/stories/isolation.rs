//! One item's failure is its own: of each task one item is made to panic, and everything else goes on.
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::StreamExt;
use hansa::{
    follow::digests::Settings,
    store::{Reader, Retention, isolation},
    transport::{Readiness as _, Server, routes},
};
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::kit::{Backend, PostOffice, Receiver, TestHub, both, eventually, people};

const DRAFT: &str =
    "mutation($input: CreatePracticeInput!) { createPractice(input: $input) { practice { id } errors { code message path } } }";
const REVISE: &str = "mutation($input: UpdatePracticeInput!) { updatePractice(input: $input) { errors { code message path } } }";
const PUBLISH: &str = "mutation($input: PublishPracticeInput!) { publishPractice(input: $input) { errors { code message } position } }";
const FIND: &str = "query($text: String!) { search(text: $text, filter: { kinds: [PRACTICE] }) { totalCount } }";
const PERSON: &str = "mutation($input: UpdatePersonInput!) { updatePerson(input: $input) { errors { code message path } } }";

/// What is to panic: of these tasks the items that contain this.
#[derive(Clone, Default)]
struct Plan(Arc<Mutex<Vec<(&'static str, String)>>>);

impl Plan {
    fn fails(&self, task: &'static str, item: &str) {
        self.0.lock().push((task, item.to_owned()));
    }

    fn ends(&self) {
        self.0.lock().clear();
    }

    fn point(&self) -> impl Fn(&str, &str) + Send + Sync + use<> {
        let plan = self.0.clone();
        move |task, item| {
            let is_planned = !item.is_empty() && plan.lock().iter().any(|(of, part)| *of == task && item.contains(part.as_str()));
            assert!(!is_planned, "a planned failure of {task} at {item}");
        }
    }
}

async fn draft(hub: &TestHub, title: &str) -> String {
    let city = hub.id("city", "hamburg").await;
    let input = json!({ "city": city, "language": "en", "title": title, "summary": "S.", "difficulties": "None." });
    hub.run(Some(people::HAMBURG), DRAFT, json!({ "input": input })).await.text("/createPractice/practice/id").to_owned()
}

async fn publish(hub: &TestHub, id: &str) {
    let published = hub.run(Some(people::HAMBURG), PUBLISH, json!({ "input": { "id": id } })).await;
    assert_eq!(published.at("/publishPractice/errors"), &json!([]), "{:#}", published.json);
}

async fn revise(hub: &TestHub, id: &str, title: &str) {
    let revised = hub.run(Some(people::HAMBURG), REVISE, json!({ "input": { "id": id, "title": title } })).await;
    assert_eq!(revised.at("/updatePractice/errors"), &json!([]), "{:#}", revised.json);
}

async fn finds(hub: &TestHub, text: &str) -> bool {
    hub.run(Some(people::HAMBURG), FIND, json!({ "text": text })).await.at("/search/totalCount") != &json!(0)
}

/// What is set aside, each with its reason.
async fn aside(hub: &TestHub) -> BTreeMap<(String, String), String> {
    let rows = isolation::set_aside(&Reader::hub(hub.app.store.db.clone())).await.expect("the table is there");
    rows.into_iter().map(|row| ((row.task, row.item), row.reason)).collect()
}

async fn is_aside(hub: &TestHub, task: &str, part: &str) {
    eventually("it is set aside", || async {
        aside(hub)
            .await
            .iter()
            .any(|((of, item), reason)| of == task && item.contains(part) && reason.contains("a planned failure"))
            .then_some(())
    })
    .await;
}

/// The names of the checks that tell of a problem.
async fn problems(hub: &TestHub) -> Vec<&'static str> {
    hub.app.readiness().report().await.into_iter().filter(|check| check.problem.is_some()).map(|check| check.name).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thing_that_can_t_be_indexed_stops_no_other_and_is_found_when_it_can() {
    for backend in both() {
        let plan = Plan::default();
        let hub = TestHub::demo(backend).await.failing(plan.point()).await;
        let bad = draft(&hub, "Unremarkable").await;
        hub.indexed().await;
        plan.fails("index", &bad);
        revise(&hub, &bad, "Quincunx orchards").await;
        draft(&hub, "Marigold borders").await;
        hub.indexed().await;
        assert!(finds(&hub, "marigold").await && !finds(&hub, "quincunx").await && !finds(&hub, "unremarkable").await);
        is_aside(&hub, "index", &bad).await;
        assert_eq!(problems(&hub).await, Vec::<&str>::new(), "the task itself is well");
        let found = hansa::doctor::look(&hub.config).await.expect("the doctor comes");
        assert!(found.wrong.iter().any(|told| told.contains("“index” has set") && told.contains(&bad)), "{:?}", found.wrong);
        // Rebuilding goes round it, too.
        hub.app.reindex().await.expect("the index is rebuilt");
        assert!(finds(&hub, "marigold").await && !finds(&hub, "quincunx").await);
        // It is still known after a start, and mended by the next change.
        let hub = hub.failing(plan.point()).await;
        assert!(!finds(&hub, "quincunx").await);
        plan.ends();
        revise(&hub, &bad, "Quincunx orchards, again").await;
        hub.indexed().await;
        assert!(finds(&hub, "quincunx").await);
        eventually("it is set aside no longer", || async { aside(&hub).await.is_empty().then_some(()) }).await;
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_that_the_log_s_tail_can_t_keep_is_streamed_all_the_same() {
    for backend in both() {
        let plan = Plan::default();
        let hub = TestHub::demo(backend).await.failing(plan.point()).await;
        let watch = "subscription { exchangeEvents(filter: { types: [PRACTICE_DRAFTED] }) { ... on ExchangeEvent { summary } } }";
        let mut stream = hub.subscribe(Some(people::HAMBURG), watch, json!({})).await;
        let first = async {
            // It begins where it is first asked.
            loop {
                draft(&hub, "To begin with").await;
                if let Ok(Some(event)) = tokio::time::timeout(Duration::from_millis(500), stream.next()).await {
                    return event;
                }
            }
        };
        first.await;
        plan.fails("log_tail", "");
        for title in ["One", "Two", "Three"] {
            draft(&hub, title).await;
        }
        let mut heard = Vec::new();
        while heard.last().is_none_or(|title| title != "Three") {
            let event = tokio::time::timeout(Duration::from_secs(30), stream.next()).await.expect("an event").expect("it goes on");
            heard.push(event["data"]["exchangeEvents"]["summary"].as_str().expect("a title").to_owned());
        }
        heard.retain(|title| title != "To begin with");
        assert_eq!(heard, ["One", "Two", "Three"], "none is lost, none comes twice");
        is_aside(&hub, "log_tail", "").await;
        drop(stream);
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_whose_reading_panics_stops_no_other() {
    use sha2::Digest;
    const UPLOAD: &str = "mutation($file: Upload!, $about: ID!, $title: String!) { uploadDocument(input: { file: $file, about: $about, title: $title }) { document { id } errors { code message } } }";
    const TEXT: &str = "query($id: ID!) { node(id: $id) { ... on Document { extractedText { status text } } } }";
    for backend in both() {
        let plan = Plan::default();
        let hub = TestHub::demo(backend).await.failing(plan.point()).await;
        let about = hub.id("city", "hamburg").await;
        let (bad, good) = (b"Medlars in the shade", b"Quinces in the sun");
        let sha256 = hex::encode(sha2::Sha256::digest(bad));
        plan.fails("texts", &sha256);
        let mut ids = Vec::new();
        for (title, bytes) in [("Bad", &bad[..]), ("Good", &good[..])] {
            let variables = json!({ "about": about, "title": title });
            let uploaded = hub.run_with_file(Some(people::HAMBURG), UPLOAD, variables, "a.txt", bytes).await;
            ids.push(uploaded.text("/uploadDocument/document/id").to_owned());
        }
        let text = |id: String| {
            let hub = &hub;
            async move { hub.run(Some(people::HAMBURG), TEXT, json!({ "id": id })).await.at("/node/extractedText").clone() }
        };
        eventually("the other is read", || async { (text(ids[1].clone()).await["text"] == "Quinces in the sun").then_some(()) }).await;
        is_aside(&hub, "texts", &sha256).await;
        assert_eq!(text(ids[0].clone()).await, Value::Null);
        // It is tried again when the next file comes.
        plan.ends();
        let variables = json!({ "about": about, "title": "Third" });
        hub.run_with_file(Some(people::HAMBURG), UPLOAD, variables, "b.txt", b"Sorb apples").await;
        eventually("it is read", || async { (text(ids[0].clone()).await["text"] == "Medlars in the shade").then_some(()) }).await;
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thing_or_a_search_that_panics_hides_no_match_of_others() {
    const SAVE: &str = "mutation($input: SaveSearchInput!) { saveSearch(input: $input) { savedSearch { id } errors { code } } }";
    const MATCHES: &str = "query { notifications { events(last: 50) { nodes { type summary subjectId } } } }";
    for backend in both() {
        let plan = Plan::default();
        let hub = TestHub::demo(backend).await.failing(plan.point()).await;
        let mut searches = Vec::new();
        for text in ["quinces", "quince -medlar"] {
            let saved =
                hub.run(Some(people::AUSTIN), SAVE, json!({ "input": { "text": text, "filter": { "kinds": ["PRACTICE"] } } })).await;
            searches.push(saved.text("/saveSearch/savedSearch/id").to_owned());
        }
        let (bad, good) = (draft(&hub, "Quinces that panic").await, draft(&hub, "Quinces that do not").await);
        plan.fails("saved_searches", &bad);
        publish(&hub, &bad).await;
        publish(&hub, &good).await;
        let told = || async {
            let answer = hub.run(Some(people::AUSTIN), MATCHES, json!({})).await;
            let nodes = answer.at("/notifications/events/nodes").as_array().expect("a list").clone();
            nodes.into_iter().filter(|event| event["type"] == "SEARCH_MATCHED").count()
        };
        eventually("both searches tell of the good one", || async { (told().await == 2).then_some(()) }).await;
        is_aside(&hub, "saved_searches", &bad).await;
        // A search that panics: the other is told.
        plan.ends();
        plan.fails("saved_searches", &searches[0]);
        let hub = hub.failing(plan.point()).await;
        let later = draft(&hub, "More quinces").await;
        publish(&hub, &later).await;
        eventually("the other search tells of it", || async {
            let answer = hub.run(Some(people::AUSTIN), MATCHES, json!({})).await;
            let nodes = answer.at("/notifications/events/nodes").as_array().expect("a list").clone();
            (nodes.into_iter().filter(|event| event["type"] == "SEARCH_MATCHED").count() == 3).then_some(())
        })
        .await;
        is_aside(&hub, "saved_searches", &searches[0]).await;
        hub.end().await;
    }
}

const LOOK: &str = "query($id: ID!) { webhook(id: $id) { deliveries(first: 100) { nodes { state lastError } } } }";

/// How many messages a receiver has when the first is there. Time passes meanwhile: an attempt that a busy machine made fail is made again.
async fn come(hub: &TestHub, receiver: &Receiver, hook: &str) -> usize {
    for _ in 0..60 {
        match tokio::time::timeout(Duration::from_secs(2), receiver.take(1)).await {
            Ok(came) => return came.len(),
            Err(_) => hub.still.pass(60),
        }
    }
    panic!("nothing comes: {:#}", hub.run(Some(people::HAMBURG), LOOK, json!({ "id": hook })).await.json);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delivery_or_an_event_that_panics_holds_up_no_other_webhook() {
    const MAKE: &str =
        "mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } errors { code message path } } }";
    for backend in both() {
        let plan = Plan::default();
        let hub = TestHub::demo(backend).await.failing(plan.point()).await;
        let (bad, good) = (Receiver::start().await, Receiver::start().await);
        let mut hooks = Vec::new();
        for receiver in [&bad, &good] {
            let input = json!({ "url": receiver.url(), "query": "{ __typename }", "filter": { "types": ["PRACTICE_DRAFTED"] } });
            hooks.push(hub.run(Some(people::HAMBURG), MAKE, json!({ "input": input })).await.text("/createWebhook/webhook/id").to_owned());
        }
        plan.fails("webhooks", &format!("delivery {}", hooks[0]));
        draft(&hub, "First").await;
        assert_eq!(come(&hub, &good, &hooks[1]).await, 1);
        let dead = eventually("the other is a dead letter with its reason", || async {
            let answer = hub.run(Some(people::HAMBURG), LOOK, json!({ "id": hooks[0] })).await;
            answer.at("/webhook/deliveries/nodes").as_array().expect("a list").iter().find(|one| one["state"] == "DEAD").cloned()
        })
        .await;
        assert!(dead["lastError"].as_str().is_some_and(|told| told.contains("operator's log")), "{dead}");
        is_aside(&hub, "webhooks", &hooks[0]).await;
        plan.ends();
        draft(&hub, "Second").await;
        assert_eq!((come(&hub, &bad, &hooks[0]).await, come(&hub, &good, &hooks[1]).await), (1, 1));
        // An event whose meaning panics is told to nobody, and the next to both.
        let next = hub.app.store.log.refresh().await.expect("the log answers") + 1;
        plan.fails("webhooks", &next.to_string());
        draft(&hub, "Third").await;
        is_aside(&hub, "webhooks", &next.to_string()).await;
        plan.ends();
        draft(&hub, "Fourth").await;
        assert_eq!((come(&hub, &bad, &hooks[0]).await, come(&hub, &good, &hooks[1]).await), (1, 1));
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_digest_that_panics_stops_nobody_else_s_and_comes_the_next_time() {
    const FOLLOW: &str = "mutation($id: ID!) { follow(input: { id: $id }) { errors { code } } }";
    const SET: &str = "mutation { updateDigest(input: { period: DAILY }) { errors { code path } } }";
    for backend in both() {
        let (plan, office) = (Plan::default(), PostOffice::open());
        let settings = Settings { url: office.url(), from: "Hansa <hub@hub.test>".to_owned() };
        let hub = TestHub::demo(backend).await.reconfigured(|config| config.mail = Some(settings)).await.failing(plan.point()).await;
        let hamburg = hub.id("city", "hamburg").await;
        for person in [people::AUSTIN, people::LYON] {
            hub.run(Some(person), FOLLOW, json!({ "id": hamburg })).await;
            assert_eq!(hub.run(Some(person), SET, json!({})).await.at("/updateDigest/errors"), &json!([]));
        }
        let id = draft(&hub, "Told to everybody").await;
        publish(&hub, &id).await;
        let austin = hub.run(Some(people::AUSTIN), "{ viewer { person { id } } }", json!({})).await.text("/viewer/person/id").to_owned();
        plan.fails("digests", &austin);
        let next = || async { hub.run(Some(people::AUSTIN), "{ digest { nextAt } }", json!({})).await.at("/digest/nextAt").clone() };
        let first = next().await;
        hub.still.pass(86_400);
        let mail = office.take(1).await.remove(0);
        assert_eq!(mail.to, ["solene-lyon@example.org"]);
        is_aside(&hub, "digests", &austin).await;
        // It is due anew only when this one is settled, which comes after it was set aside.
        eventually("it is put off", || async { (next().await != first).then_some(()) }).await;
        assert_eq!(problems(&hub).await, Vec::<&str>::new());
        plan.ends();
        hub.still.pass(86_400);
        let mail = office.take(1).await.remove(0);
        assert!(mail.to == ["dale-austin@example.org"] && mail.text().contains("Told to everybody"), "{:?} {}", mail.to, mail.text());
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_task_that_panics_is_told_and_started_again() {
    for backend in both() {
        let office = PostOffice::open();
        let settings = Settings { url: office.url(), from: "Hansa <hub@hub.test>".to_owned() };
        let configured = TestHub::demo(backend).await.reconfigured(|config| {
            config.mail = Some(settings);
            config.check_links_days = Some(30);
            config.keep_log = Retention { days: None, entries: Some(1) };
        });
        // Each task panics at its first step, twice; and the first trimming at its item.
        let seen = Arc::new(Mutex::new(BTreeMap::<String, u64>::new()));
        let trimmed = Arc::new(AtomicU64::new(0));
        let (counts, trims) = (seen.clone(), trimmed.clone());
        let hub = configured
            .await
            .failing(move |task, item| {
                if item.is_empty() {
                    let step = *counts.lock().entry(task.to_owned()).and_modify(|count| *count += 1).or_insert(1);
                    assert!(step > 2, "a planned failure of the task {task}");
                } else if task == "trim" {
                    assert!(trims.fetch_add(1, Ordering::SeqCst) > 0, "a planned failure of trimming");
                }
            })
            .await;
        let tasks = [
            "digests",
            "documents",
            "index",
            "links",
            "log",
            "log_tail",
            "rebuild",
            "saved_searches",
            "schedule",
            "texts",
            "trim",
            "webhooks",
        ];
        // Between the first panic and the second start a second passes, between that and the third two.
        let readiness = hub.app.readiness();
        let checks = eventually("all are down", || async {
            let checks = readiness.report().await;
            let mut down: Vec<_> =
                checks.iter().filter(|check| check.problem.is_some() && check.name != "index_lag").map(|check| check.name).collect();
            down.sort_unstable();
            down.dedup();
            (down == tasks).then_some(checks)
        })
        .await;
        for check in checks.iter().filter(|check| check.problem.is_some()) {
            let told = check.problem.as_deref().unwrap_or_default();
            assert!(
                check.name == "index_lag" && told.contains("catching up") || told.contains("is down since 2026-06-01T12:00:00Z"),
                "{check:?}"
            );
            let is_needed = ["log", "index", "log_tail"].contains(&check.name);
            assert_eq!(check.is_bearable, !is_needed, "{check:?}");
        }
        let metrics = hub.app.engine.meters.text();
        assert!(metrics.contains("hansa_task_down_since{task=\"digests\"} 1780315200"), "{metrics}");
        // The doctor asks the hub that runs.
        let routes = routes(&hub.app.engine, hub.app.store.files.incoming(), Arc::new(hub.app.readiness()));
        let server = Server::bind(hub.app.engine.clone(), "127.0.0.1:0".parse().expect("an address")).await.expect("a port");
        let mut config = hub.config.clone();
        config.listen = server.address().expect("an address");
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let running = tokio::spawn(server.run(routes, async move { drop(stopped.await) }));
        let found = hansa::doctor::look(&config).await.expect("the doctor comes");
        assert!(found.wrong.iter().any(|told| told.contains("“digests” is down since 2026-06-01")), "{:?}", found.wrong);
        eventually("all are well", || async { problems(&hub).await.is_empty().then_some(()) }).await;
        let metrics = hub.app.engine.meters.text();
        assert!(
            metrics.contains("hansa_task_down_since{task=\"digests\"} 0")
                && metrics.contains("hansa_task_restarts_total{task=\"index\"} 2"),
            "{metrics}"
        );
        is_aside(&hub, "trim", "the log").await;
        draft(&hub, "Sunflower squares").await;
        hub.indexed().await;
        assert!(finds(&hub, "sunflower").await);
        let found = hansa::doctor::look(&config).await.expect("the doctor comes");
        assert!(found.good.iter().any(|told| told.contains("all its tasks are well")), "{:?} {:?}", found.good, found.wrong);
        drop(stop);
        running.await.expect("it stops");
        assert_eq!(seen.lock().len(), tasks.len());
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_with_line_breaks_is_refused_wherever_it_is_given() {
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        let me = hub.run(Some(people::AUSTIN), "{ viewer { person { id } } }", json!({})).await.text("/viewer/person/id").to_owned();
        for name in ["Eve\r\nBcc: all@example.org", "Eve\tB", "Eve\u{7}", "Eve\u{85}B", "Eve\u{2028}B"] {
            let refused = hub.run(Some(people::AUSTIN), PERSON, json!({ "input": { "id": me, "name": name } })).await;
            assert_eq!((refused.code(), refused.paths()), ("BAD_INPUT", vec!["input.name".to_owned()]), "{name:?}");
        }
        let city = hub.id("city", "hamburg").await;
        let input = json!({ "city": city, "language": "en", "title": "One\ntwo", "summary": "Several\nlines", "difficulties": "None." });
        let refused = hub.run(Some(people::HAMBURG), DRAFT, json!({ "input": input })).await;
        assert_eq!((refused.code(), refused.paths()), ("BAD_INPUT", vec!["input.title".to_owned()]), "{:#}", refused.json);
        let report = hub.import(r#"{"kind":"person","slug":"eve","name":"Eve\r\nBcc: x","email":"eve@example.org"}"#).await;
        assert!(report.any_refused());
        let told = format!("{:?}", report.verdicts[0].1);
        assert!(told.contains("“name” is a single line"), "{told}");
        hub.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_of_yesterday_are_cleaned_when_a_hub_is_updated() {
    use sea_orm::{ConnectionTrait, Statement};
    for backend in both() {
        let hub = TestHub::demo(backend).await;
        let db = sea_orm::Database::connect(&hub.config.database_url).await.expect("the database opens");
        let letter = |code: u32| format!("{}({code})", if backend == Backend::Sqlite { "char" } else { "chr" });
        for statement in [
            format!(
                "UPDATE person SET name = 'Eve' || {} || {} || 'Bcc: all@example.org' WHERE slug = '{}'",
                letter(13),
                letter(10),
                people::AUSTIN
            ),
            format!("UPDATE person SET name = {} WHERE slug = '{}'", letter(7), people::LYON),
            r#"UPDATE city SET aliases = '[{"name":"Ham\nmonia","language":null,"source":null}]' WHERE slug = 'hamburg'"#.to_owned(),
            r#"UPDATE text SET fields = replace(fields, '"title":"', '"title":"A\t')"#.to_owned(),
            format!("UPDATE log SET summary = 'One' || {} || 'two' WHERE seq = 1", letter(8232)),
            // As if this version had never run here.
            "DROP TABLE set_aside".to_owned(),
            "DELETE FROM seaql_migrations WHERE version = 'm0013_single_lines'".to_owned(),
        ] {
            db.execute_unprepared(&statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
        }
        let hub = hub.restarted(|_| {}).await;
        let name = |person: &'static str| {
            let hub = &hub;
            async move { hub.run(Some(person), "{ viewer { person { name } } }", json!({})).await.text("/viewer/person/name").to_owned() }
        };
        assert_eq!(name(people::AUSTIN).await, "Eve Bcc: all@example.org");
        assert_eq!(name(people::LYON).await, people::LYON, "nothing is left of it but the slug");
        let city = hub.run(None, "{ city(slug: \"hamburg\") { aliases { name } } }", json!({})).await;
        assert_eq!(city.at("/city/aliases"), &json!([{ "name": "Ham monia" }]));
        let count = |wrong: &str| format!("SELECT count(*) AS count FROM {wrong}");
        for wrong in [count(r#"text WHERE fields LIKE '%"title":"A\\t%' ESCAPE '\'"#), count("log WHERE seq = 1 AND summary <> 'One two'")]
        {
            let row = db
                .query_one_raw(Statement::from_string(db.get_database_backend(), wrong.clone()))
                .await
                .expect("an answer")
                .expect("a row");
            assert_eq!(row.try_get::<i64>("", "count").expect("a number"), 0, "{wrong}");
        }
        let titled = count(r#"text WHERE fields LIKE '%"title":"A %'"#);
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), titled)).await.expect("an answer").expect("a row");
        assert!(row.try_get::<i64>("", "count").expect("a number") > 10, "other texts are as they were");
        db.close().await.expect("it closes");
        hub.end().await;
    }
}
