//! The hub itself, and what a test does with it.
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_graphql::{Executor, Request, Variables};
use clap::Parser;
use futures_util::{Stream, StreamExt, future::BoxFuture};
use hansa::{
    access::Viewer,
    app::{App, Store},
    base::{Ambient as _, Language},
    config::{Config, Flags},
    domain::document,
    extract::{Extractor, Limits},
    kernel::import::Options,
    relay::{
        Scope,
        upload::{Files, ReceivedFile, Upload},
    },
    store::{Isolation, Reader, Tap, isolation::FailPoint},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use super::{
    ambient::Still,
    backend::{self, Backend},
};

/// A running hub.
pub struct TestHub {
    /// Its parts.
    pub app: App,
    /// Its settings.
    pub config: Config,
    /// Its clock.
    pub still: Arc<Still>,
    /// Which database it runs on.
    pub backend: Backend,
    tap: Tap,
    /// One token a person, made when first needed.
    tokens: tokio::sync::Mutex<HashMap<String, String>>,
    database: Option<String>,
    _folder: tempfile::TempDir,
}

/// What an operation answered, and the statements it caused.
#[derive(Debug)]
pub struct Answer {
    /// The response: `data`, `errors`.
    pub json: Value,
    /// The statements, in their order.
    pub sql: Vec<String>,
}

impl Answer {
    /// The value at a JSON pointer below `data`; the whole answer is shown where there is none.
    pub fn at(&self, pointer: &str) -> &Value {
        self.json.pointer(&format!("/data{pointer}")).unwrap_or_else(|| panic!("nothing at {pointer} in {:#}", self.json))
    }

    /// The same as a text.
    pub fn text(&self, pointer: &str) -> &str {
        self.at(pointer).as_str().unwrap_or_else(|| panic!("no text at {pointer} in {:#}", self.json))
    }

    /// The code of the first error, of the answer or of a payload.
    pub fn code(&self) -> &str {
        let top = self.json.pointer("/errors/0/extensions/code");
        let payload = self.json["data"].as_object().and_then(|data| data.values().find_map(|payload| payload.pointer("/errors/0/code")));
        top.or(payload).and_then(Value::as_str).unwrap_or_else(|| panic!("no error in {:#}", self.json))
    }

    /// What the first error of a payload says.
    pub fn message(&self) -> &str {
        let payload = self.json["data"].as_object().and_then(|data| data.values().find_map(|payload| payload.pointer("/errors/0/message")));
        payload.and_then(Value::as_str).unwrap_or_else(|| panic!("no error in {:#}", self.json))
    }

    /// The places the errors of a payload name: `input.cities.0`.
    pub fn paths(&self) -> Vec<String> {
        let payload = self.json["data"].as_object().and_then(|data| data.values().find_map(|payload| payload["errors"].as_array()));
        let place = |error: &Value| {
            let steps = error["path"].as_array().into_iter().flatten();
            steps.map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned)).collect::<Vec<_>>().join(".")
        };
        payload.unwrap_or_else(|| panic!("no errors in {:#}", self.json)).iter().map(place).collect()
    }
}

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    flags: Flags,
}

/// Settings that no file or variable of the machine changes.
fn config(folder: &Path, database_url: &str) -> Config {
    let arguments = [
        "hansa",
        "--data-dir",
        folder.to_str().expect("UTF-8"),
        "--database-url",
        database_url,
        "--listen",
        "127.0.0.1:0",
        "--public-url",
        "http://hub.test",
        // Where the tests' receivers listen.
        "--webhook-network",
        "127.0.0.0/8",
        // Whatever the machine has.
        "--dictionaries",
        "",
    ];
    Config::read(&Settings::parse_from(arguments).flags).expect("good settings")
}

/// The demonstration content, imported once and copied for each test.
struct Seed {
    folder: PathBuf,
    ids: u64,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

fn unique(what: &str) -> String {
    format!("hansa_test_{}_{}_{what}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst))
}

async fn seed(backend: Backend) -> &'static Seed {
    // What goes wrong inside the hub is shown beside the test that fails.
    drop(tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_test_writer().try_init());
    static SQLITE: OnceCell<Seed> = OnceCell::const_new();
    static POSTGRES: OnceCell<Seed> = OnceCell::const_new();
    let cell = if backend == Backend::Sqlite { &SQLITE } else { &POSTGRES };
    cell.get_or_init(|| async move {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let url = match backend {
            Backend::Sqlite => format!("sqlite:{}", folder.join("hansa.sqlite").display()),
            Backend::Postgres => backend::create(&template(), None).await,
        };
        let config = config(&folder, &url);
        let still = Arc::new(Still::default());
        let store = Store::open_with(&config, still.clone()).await.expect("the store opens");
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
        let report = store.import(&[demo], Options::default()).await.expect("the demonstration content is imported");
        assert!(
            !report.any_refused(),
            "a demonstration record was refused: {:#?}",
            report.verdicts.iter().filter(|(_, v)| matches!(v, hansa::kernel::import::Verdict::Refused(_))).collect::<Vec<_>>()
        );
        // The texts of the documents are read once, by the hub's own executable, and the index is made once.
        let reader = Reader::hub(store.db.clone());
        let isolation = Isolation::open(&reader, store.writer.clone()).await.expect("the table is there");
        document::extract_missing(&reader, &store.writer, &store.files, &extractor(), &isolation).await.expect("the texts are read");
        let store = Store { extractor: Arc::new(extractor()), ..store };
        let app = App::start(&config, store).await.expect("the hub starts");
        reached(&app).await;
        app.stop().await.expect("the hub stops");
        let ids = u64::from_be_bytes(still.secret()[..8].try_into().expect("eight bytes"));
        Seed { folder, ids }
    })
    .await
}

/// Starts the hub's own program for its children: a test's program is another.
fn extractor() -> Extractor {
    Extractor::new(Limits::default(), 2).expect("an extractor").with_program(env!("CARGO_BIN_EXE_hansa"))
}

/// Returns when the index has reached the log's head.
async fn reached(app: &App) {
    let head = app.store.log.refresh().await.expect("the log answers");
    let wait = async {
        while app.index.position() < head {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait).await.expect("the index reaches the log's head");
}

fn template() -> String {
    format!("hansa_test_{}_seed", std::process::id())
}

impl TestHub {
    /// A hub with nothing in it.
    pub async fn empty(backend: Backend) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (url, database) = match backend {
            Backend::Sqlite => (format!("sqlite:{}", folder.path().join("hansa.sqlite").display()), None),
            Backend::Postgres => {
                let name = unique("empty");
                (backend::create(&name, None).await, Some(name))
            }
        };
        Self::open(backend, folder, &url, database, Still::default()).await
    }

    /// A hub with the demonstration content.
    pub async fn demo(backend: Backend) -> Self {
        let seed = seed(backend).await;
        let folder = tempfile::tempdir().expect("a folder");
        copy(&seed.folder, folder.path());
        let (url, database) = match backend {
            Backend::Sqlite => (format!("sqlite:{}", folder.path().join("hansa.sqlite").display()), None),
            Backend::Postgres => {
                static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
                let name = unique("demo");
                // PostgreSQL copies a template for one at a time.
                let _turn = ONE_AT_A_TIME.lock().await;
                (backend::create(&name, Some(&template())).await, Some(name))
            }
        };
        Self::open(backend, folder, &url, database, Still::after(seed.ids)).await
    }

    async fn open(backend: Backend, folder: tempfile::TempDir, url: &str, database: Option<String>, still: Still) -> Self {
        let config = config(folder.path(), url);
        let (still, tap) = (Arc::new(still), Tap::default());
        let mut store = Store::open_tapped(&config, still.clone(), tap.clone()).await.expect("the store opens");
        store.extractor = Arc::new(extractor());
        let app = App::start(&config, store).await.expect("the hub starts");
        let hub = Self { app, config, still, backend, tap, tokens: tokio::sync::Mutex::default(), database, _folder: folder };
        hub.indexed().await;
        hub.tap.lock().clear();
        hub
    }

    /// Imports JSON Lines given as text.
    pub async fn import(&self, lines: &str) -> hansa::kernel::import::Report {
        self.import_with(lines, Options::default()).await
    }

    /// Takes the records of a file under `tests/hub/ops` into the hub: what the demonstration does not have.
    pub async fn seed(&self, file: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hub/ops").join(file);
        let report = self.import(&std::fs::read_to_string(path).expect("a file")).await;
        assert!(!report.any_refused(), "{:#?}", report.verdicts);
    }

    /// The same in another way.
    pub async fn import_with(&self, lines: &str, options: Options) -> hansa::kernel::import::Report {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("test.jsonl");
        std::fs::write(&file, lines).expect("a file");
        self.app.store.import(&[file], options).await.expect("no fault")
    }

    /// Returns when the index has reached the log's head.
    pub async fn indexed(&self) {
        reached(&self.app).await;
    }

    /// A token for the demonstration person with this slug.
    pub async fn token(&self, person: &str) -> String {
        hansa::domain::person::token_for(&self.app.store.writer, person).await.expect("the person is there")
    }

    async fn known_token(&self, person: &str) -> String {
        let mut tokens = self.tokens.lock().await;
        if let Some(token) = tokens.get(person) {
            return token.clone();
        }
        let token = self.token(person).await;
        tokens.insert(person.to_owned(), token.clone());
        token
    }

    /// The viewer behind a demonstration person, or the public.
    pub async fn viewer(&self, person: Option<&str>) -> Arc<Viewer> {
        let token = match person {
            Some(person) => Some(self.known_token(person).await),
            None => None,
        };
        self.app.gate.viewer(token.as_deref()).await.expect("no fault").expect("the token is known")
    }

    /// The id of the thing with this slug.
    pub async fn id(&self, kind: &str, slug: &str) -> String {
        let field = hansa::base::text::camel(kind);
        let query = format!("query($slug: String!) {{ {field}(slug: $slug) {{ id }} }}");
        self.run(Some(super::people::ADMINISTRATOR), &query, serde_json::json!({ "slug": slug }))
            .await
            .text(&format!("/{field}/id"))
            .to_owned()
    }

    async fn scope(&self, person: Option<&str>, languages: &[&str]) -> (Scope, Tap) {
        self.scope_of(self.viewer(person).await, languages)
    }

    fn scope_of(&self, viewer: Arc<Viewer>, languages: &[&str]) -> (Scope, Tap) {
        let tap = Tap::default();
        let languages: Vec<Language> = languages.iter().map(|tag| Language::parse(tag).expect("a tag")).collect();
        (Scope::new(Reader::new(self.app.store.db.clone(), viewer).tapped(tap.clone()), languages.into()), tap)
    }

    /// Runs an operation as a demonstration person, or as the public.
    pub async fn run(&self, person: Option<&str>, query: &str, variables: Value) -> Answer {
        self.run_in(person, &[], query, variables).await
    }

    /// The same for a reader of these languages.
    pub async fn run_in(&self, person: Option<&str>, languages: &[&str], query: &str, variables: Value) -> Answer {
        let (scope, tap) = self.scope(person, languages).await;
        self.tap.lock().clear();
        let request = Request::new(query).variables(Variables::from_json(variables)).data(scope);
        let response = self.app.graph.execute(request).await;
        let mut sql = std::mem::take(&mut *self.tap.lock());
        sql.append(&mut tap.lock());
        Answer { json: serde_json::to_value(response).expect("JSON"), sql }
    }

    /// Runs a mutation that answers a thing of a kind: its id and version, and the errors.
    pub async fn mutate(&self, person: &str, kind: &str, mutation: &str, input: Value) -> Answer {
        let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {kind} {{ id version }} errors {{ code message path }} }} }}"
        );
        self.run(Some(person), &query, json!({ "input": input })).await
    }

    /// Runs an operation whose variable `file` is this file, received as the transport receives it.
    pub async fn run_with_file(&self, person: Option<&str>, query: &str, mut variables: Value, name: &str, bytes: &[u8]) -> Answer {
        let path = self.app.store.files.incoming().join(unique("received"));
        std::fs::write(&path, bytes).expect("a file");
        let mut received = ReceivedFile::begin(path, name.to_owned(), Some("application/x-claimed".to_owned()));
        received.size = bytes.len() as u64;
        received.sha256 = Sha256::digest(bytes).into();
        variables["file"] = Upload::place(0).into_json().expect("JSON");
        let (scope, _) = self.scope(person, &[]).await;
        let request = Request::new(query).variables(Variables::from_json(variables)).data(scope).data(Files::new(vec![received]));
        let response = self.app.graph.execute(request).await;
        Answer { json: serde_json::to_value(response).expect("JSON"), sql: Vec::new() }
    }

    /// Subscribes as a demonstration person, or as the public.
    pub async fn subscribe(&self, person: Option<&str>, query: &str, variables: Value) -> impl Stream<Item = Value> + Unpin + use<> {
        self.subscribe_as(self.viewer(person).await, query, variables)
    }

    /// The same as this viewer.
    pub fn subscribe_as(&self, viewer: Arc<Viewer>, query: &str, variables: Value) -> impl Stream<Item = Value> + Unpin + use<> {
        let (scope, _) = self.scope_of(viewer, &[]);
        let request = Request::new(query).variables(Variables::from_json(variables)).data(scope);
        self.app.graph.execute_stream(request, None).map(|response| serde_json::to_value(response).expect("JSON"))
    }

    /// Stops the hub, does something to its index's folder, and starts it again on the same data.
    pub async fn restarted(self, harm: impl FnOnce(&Path)) -> Self {
        self.started_again(harm, None).await
    }

    /// Stops the hub and starts it again; from then on each item that a task works on is told to this, which may panic.
    pub async fn failing(self, fail_point: impl Fn(&str, &str) + Send + Sync + 'static) -> Self {
        self.started_again(|_| {}, Some(Arc::new(fail_point))).await
    }

    async fn started_again(self, harm: impl FnOnce(&Path), fail_point: Option<FailPoint>) -> Self {
        let Self { app, config, still, backend, tap: _, tokens: _, database, _folder: folder } = self;
        app.stop().await.expect("the hub stops");
        harm(&config.index_dir());
        let tap = Tap::default();
        let mut store = Store::open_tapped(&config, still.clone(), tap.clone()).await.expect("the store opens");
        store.extractor = Arc::new(extractor());
        store.fail_point = fail_point;
        let app = App::start(&config, store).await.expect("the hub starts");
        let hub = Self { app, config, still, backend, tap, tokens: tokio::sync::Mutex::default(), database, _folder: folder };
        hub.indexed().await;
        hub
    }

    /// Stops the hub and starts it again with other settings.
    pub async fn reconfigured(self, change: impl FnOnce(&mut Config)) -> Self {
        let mut this = self;
        change(&mut this.config);
        this.restarted(|_| {}).await
    }

    /// A second hub on the same database and documents, with an index of its own: another process of the same hub.
    pub async fn second(&self) -> Self {
        self.second_at(&self.config.database_url).await
    }

    /// The same, reaching the database in another way.
    pub async fn second_at(&self, database_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config { data_dir: folder.path().to_owned(), database_url: database_url.to_owned(), ..self.config.clone() };
        // Its ids are far from the first one's.
        let (still, tap) = (Arc::new(Still::after(10_000_000)), Tap::default());
        let mut store = Store::open_tapped(&config, still.clone(), tap.clone()).await.expect("the store opens");
        store.extractor = Arc::new(extractor());
        let app = App::start(&config, store).await.expect("the hub starts");
        let hub =
            Self { app, config, still, backend: self.backend, tap, tokens: tokio::sync::Mutex::default(), database: None, _folder: folder };
        hub.indexed().await;
        hub
    }

    /// Ends this hub and leaves the database to another.
    pub async fn hand_over(self, to: &mut Self) {
        self.app.stop().await.expect("the hub stops");
        to.database = self.database;
    }

    /// Cuts the connections on which hubs hear of commits, as a network would; answers how many there were.
    pub async fn cut_listeners(&self) -> u64 {
        use sea_orm::ConnectionTrait;
        let db = sea_orm::Database::connect(&self.config.database_url).await.expect("the database opens");
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'";
        let done = db.execute_unprepared(cut).await.expect("they are cut");
        db.close().await.expect("it closes");
        done.rows_affected()
    }

    /// Whether PostgreSQL has looked at what a table holds.
    pub async fn is_analyzed(&self, table: &str) -> bool {
        use sea_orm::{ConnectionTrait, DbBackend, Statement};
        let db = sea_orm::Database::connect(&self.config.database_url).await.expect("the database opens");
        let known = format!("SELECT reltuples > 0 AS known FROM pg_class WHERE oid = '{table}'::regclass");
        let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, known)).await.expect("it answers");
        db.close().await.expect("it closes");
        row.expect("a table").try_get("", "known").expect("a truth")
    }

    /// Copies the SQLite database as a backup would.
    pub async fn vacuum_into(&self, path: &Path) {
        use sea_orm::ConnectionTrait;
        let db = sea_orm::Database::connect(&self.config.database_url).await.expect("the database opens");
        db.execute_unprepared(&format!("VACUUM INTO '{}'", path.display())).await.expect("the copy is made");
        db.close().await.expect("it closes");
    }

    /// Ends the hub; its PostgreSQL database goes with it.
    pub async fn end(self) {
        self.app.stop().await.expect("the hub stops");
        if let Some(name) = self.database {
            backend::drop_database(&name).await;
        }
    }
}

/// What something answers as soon as it answers anything; it is asked again and again, for a minute.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> T {
    let wait = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait).await.unwrap_or_else(|_| panic!("{what}: not within a minute"))
}

/// Runs a test on both databases, one after the other.
pub async fn on_both(demo: bool, test: impl for<'a> Fn(&'a TestHub) -> BoxFuture<'a, ()>) {
    for backend in super::both() {
        let hub = if demo { TestHub::demo(backend).await } else { TestHub::empty(backend).await };
        test(&hub).await;
        hub.end().await;
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
