//! The only place that knows all parts: builds them in order and hands them over.
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    api::{self, HubGate, Operations, Readiness, events::Feeds, search::Index},
    base::{Ambient, Code, Fault, Result, ambient::System, refuse},
    config::{self, Config},
    domain,
    extract::{self, Extractor},
    files::Files,
    follow::{
        self, Digester, Feed, FilesProbe, LinkChecker, LogListener, LogTail, OutboundClient, RebuildFollower, SavedSearchFollower,
        Scheduler, SearchFollower, Tasks, TextExtractionFollower, Trimmer, WebhookFollower,
        digests::Mailer,
        webhooks::{self, Post},
    },
    kernel::{export, import},
    relay::{Hub, reach, scalars},
    search::{
        SearchError, SearchIndex,
        rebuild_request::{Progress, RebuildRequest},
    },
    store::{Db, Isolation, Leases, Log, Reader, Retention, Writer, isolation::FailPoint},
    transport::{Engine, Graph},
};

/// Files whose text is read at once.
const TEXTS_AT_ONCE: usize = 2;

/// Records that an import must have changed for the database to look anew at what it holds.
const BULK: usize = 1_000;

/// A hub without its network: database, log, writer.
pub struct Store {
    /// The database.
    pub db: Db,
    /// The log.
    pub log: Log,
    /// The write door.
    pub writer: Writer,
    /// Documents' bytes.
    pub files: Files,
    /// Reads documents' texts.
    pub extractor: Arc<Extractor>,
    /// Time, ids and secrets.
    pub ambient: Arc<dyn Ambient>,
    /// Told each item that a task works on; for tests of what happens where that fails.
    pub fail_point: Option<FailPoint>,
}

impl Store {
    /// Opens and migrates the database.
    pub async fn open(config: &Config) -> Result<Self> {
        Self::open_with(config, Arc::new(System)).await
    }

    /// The same with time, ids and secrets from elsewhere.
    pub async fn open_with(config: &Config, ambient: Arc<dyn Ambient>) -> Result<Self> {
        Self::open_on(config, ambient, None).await
    }

    /// The same, telling every writing statement to `tap`.
    pub async fn open_tapped(config: &Config, ambient: Arc<dyn Ambient>, tap: crate::store::Tap) -> Result<Self> {
        Self::open_on(config, ambient, Some(tap)).await
    }

    async fn open_on(config: &Config, ambient: Arc<dyn Ambient>, tap: Option<crate::store::Tap>) -> Result<Self> {
        std::fs::create_dir_all(&config.data_dir)
            .or_else(|cause| config::wrong("data-dir", format!("{} can't be made: {cause}", config.data_dir.display())))?;
        let files = Files::open(&config.documents_url, &config.data_dir)?;
        let mut db = Db::open(&config.database_url)
            .await
            .or_else(|error| config::wrong("database-url", format!("the database can't be opened: {}", error.told())))?;
        if let Some(tap) = tap {
            db.tap_writes(tap);
        }
        db.tell_time_by(ambient.clone());
        db.migrate().await?;
        let log = Log::open(db.clone()).await?;
        let writer = Writer::start(db.clone(), log.clone(), ambient.clone());
        let limits = extract::Limits { text_bytes: config.document_text_bytes, ..extract::Limits::default() };
        let extractor = Arc::new(Extractor::new(limits, TEXTS_AT_ONCE)?);
        Ok(Self { db, log, writer, files, extractor, ambient, fail_point: None })
    }

    /// Imports files and folders as the hub itself.
    pub async fn import(&self, paths: &[PathBuf], options: import::Options) -> Result<import::Report> {
        let lines = import::read(paths)?;
        let reader = Reader::hub(self.db.clone());
        let with =
            import::Import { kinds: domain::KINDS, writer: &self.writer, reader: &reader, files: &self.files, ambient: &*self.ambient };
        let report = import::run(&with, lines, options).await?;
        let changed = report.count(|verdict| matches!(verdict, import::Verdict::Created | import::Verdict::Updated));
        if changed >= BULK && !options.dry_run {
            self.db.analyze().await?;
        }
        Ok(report)
    }

    /// Writes everything into an empty folder.
    pub async fn export(&self, folder: &Path) -> Result<export::Exported> {
        export::run(domain::KINDS, &Reader::hub(self.db.clone()), &self.files, folder).await
    }
}

/// How long a running hub has to take such a request.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often is looked whether it is done.
const TICK: Duration = Duration::from_millis(100);

/// Rebuilds the search index of a data directory: by the hub that runs on it, beside its traffic, else here. Answers how many documents it has.
pub async fn reindex(config: &Config, store: &Store) -> Result<u64> {
    let root = config.index_dir();
    std::fs::create_dir_all(&root)?;
    let mut request: Option<RebuildRequest> = None;
    let begun = Instant::now();
    loop {
        if SearchIndex::is_free(&root) {
            drop(request.take());
            let (path, identity, head) = (root.clone(), store.db.identity().to_owned(), store.log.head());
            let opened = tokio::task::spawn_blocking(move || SearchIndex::open(&path, &identity, head)).await.map_err(Fault::new)?;
            match opened {
                Ok(opened) => {
                    let reader = Reader::hub(store.db.clone());
                    let isolation = Isolation::open(&reader, store.writer.clone()).await?;
                    let follower = SearchFollower::new(reader, store.log.clone(), Arc::new(opened.index), &isolation);
                    return follower.rebuild().await;
                }
                // A hub started in this moment.
                Err(SearchError::Busy) => {}
                Err(error) => return Err(Fault::new(error).into()),
            }
        }
        let asked = match &request {
            Some(request) => request,
            None => {
                let name = store.ambient.uuid().simple().to_string();
                request.insert(RebuildRequest::submit(&root, &name).map_err(Fault::new)?)
            }
        };
        match asked.progress().map_err(Fault::new)? {
            Progress::Done(count) => return Ok(count),
            Progress::Failed(why) => return Err(Fault::new(format!("the running hub could not rebuild its index: {why}")).into()),
            Progress::Asked if begun.elapsed() > PATIENCE => {
                let told = "Another process holds the search index and does not answer; end it, and run this again.";
                return refuse(Code::WrongState, "index", told);
            }
            Progress::Asked | Progress::Taken => tokio::time::sleep(TICK).await,
        }
    }
}

/// A hub with its followers and its graph.
pub struct App {
    /// What it stands on.
    pub store: Store,
    /// The search index.
    pub index: Arc<SearchIndex>,
    /// The gate of its graph.
    pub gate: HubGate,
    /// The graph, built twice.
    pub graph: api::Driven,
    /// Answers operations, for clients and for the hub itself.
    pub engine: Arc<Engine>,
    /// Keeps what tasks work on apart.
    pub isolation: Isolation,
    readiness: Readiness,
    follower: SearchFollower,
    tasks: Tasks,
}

impl App {
    /// Opens the index and starts everything that follows the log.
    // Long: it hands each part what it needs, once and in order; cut up, the parts would be handed on in bundles.
    pub async fn start(config: &Config, store: Store) -> Result<Self> {
        let hub = Reader::hub(store.db.clone());
        let (path, identity, head) = (config.index_dir(), store.db.identity().to_owned(), store.log.head());
        let opened = tokio::task::spawn_blocking(move || SearchIndex::open(&path, &identity, head))
            .await
            .map_err(Fault::new)?
            .map_err(Fault::new)?;
        let index = Arc::new(opened.index.with_dictionaries(config.dictionaries.as_deref()));
        let tail = LogTail::new(hub.clone(), store.log.clone());
        let isolation = Isolation::open(&hub, store.writer.clone()).await?;
        if let Some(fail_point) = &store.fail_point {
            isolation.set_fail_point(fail_point.clone());
        }
        let tasks = Tasks::new(store.ambient.clone(), isolation.clone());
        tasks.spawn(LogListener(store.log.clone()));
        let follower = SearchFollower::new(hub.clone(), store.log.clone(), index.clone(), &isolation);
        follower.learn().await?;
        tasks.spawn(follower.clone());
        tasks.spawn(RebuildFollower { follower: follower.clone(), root: config.index_dir() });
        tasks.spawn(tail.clone());
        let texts = TextExtractionFollower {
            reader: hub.clone(),
            writer: store.writer.clone(),
            log: store.log.clone(),
            files: store.files.clone(),
            extractor: store.extractor.clone(),
        };
        tasks.spawn(texts);
        tasks.spawn(FilesProbe(store.files.clone()));
        let leases = Leases::new(store.db.clone());
        let saved_search_meters = follow::saved_searches::Meters::default();
        let saved_searches = SavedSearchFollower {
            reader: hub.clone(),
            writer: store.writer.clone(),
            log: store.log.clone(),
            index: index.clone(),
            leases: leases.clone(),
            ambient: store.ambient.clone(),
            meters: saved_search_meters.clone(),
            isolation: isolation.of("saved_searches"),
        };
        tasks.spawn(saved_searches);
        tasks.spawn(Scheduler {
            reader: hub.clone(),
            writer: store.writer.clone(),
            leases: leases.clone(),
            ambient: store.ambient.clone(),
            isolation: isolation.of("schedule"),
        });
        if config.keep_log != Retention::default() {
            tasks.spawn(Trimmer { log: store.log.clone(), leases: leases.clone(), ambient: store.ambient.clone(), keep: config.keep_log });
        }
        let relay = Hub {
            writer: store.writer.clone(),
            log: store.log.clone(),
            files: store.files.clone(),
            ambient: store.ambient.clone(),
            public_url: config.public_url.as_str().into(),
            operations: Arc::default(),
            sends_mail: config.mail.is_some(),
            outbound: Arc::new(config.outbound.clone()),
            lookup: reach::system(),
        };
        let (log, ambient, feeds_hub) = (store.log.clone(), store.ambient.clone(), hub.clone());
        let feeds = Feeds(Arc::new(move |reader| {
            let ambient = ambient.clone();
            Feed { reader, hub: feeds_hub.clone(), log: log.clone(), tail: tail.clone(), now: Arc::new(move || ambient.now()) }
        }));
        let graph = api::build(&relay, &Index(index.clone()), &feeds);
        let gate = HubGate::new(store.db.clone(), store.ambient.clone());
        let open = Graph::new(graph.clone(), api::contract().map_err(Fault::new)?).with_scalars(scalars::scalar_fault);
        let engine = Engine::new(open, gate.clone(), config.limits.clone());
        let operations: Arc<dyn crate::relay::Operations> = Arc::new(Operations::new(&engine, store.db.clone()));
        // Set once: this graph has no other engine.
        drop(relay.operations.set(operations.clone()));
        let meters = webhooks::Meters::default();
        engine.meters.with_registry(|registry| {
            saved_search_meters.register(registry);
            meters.register(registry);
            tasks.register(registry);
            store.files.health().register(registry);
        });
        let client = OutboundClient::new(relay.outbound.clone(), &relay.lookup, &config.public_url)?;
        if let Some(days) = config.check_links_days {
            let checker = LinkChecker {
                reader: hub.clone(),
                writer: store.writer.clone(),
                log: store.log.clone(),
                leases: leases.clone(),
                ambient: store.ambient.clone(),
                client: client.clone(),
                days,
                isolation: isolation.of("links"),
            };
            tasks.spawn(checker);
        }
        let webhooks = WebhookFollower {
            db: store.db.clone(),
            reader: hub.clone(),
            writer: store.writer.clone(),
            log: store.log.clone(),
            leases: leases.clone(),
            ambient: store.ambient.clone(),
            operations,
            post: Post(client.clone()),
            meters,
            isolation: isolation.of("webhooks"),
        };
        tasks.spawn(Arc::new(webhooks));
        if let Some(settings) = &config.mail {
            let digester = Digester {
                db: store.db.clone(),
                reader: hub,
                writer: store.writer.clone(),
                leases,
                ambient: store.ambient.clone(),
                mailer: Mailer::new(settings).or_else(|(name, told)| config::wrong(name, told))?,
                public_url: config.public_url.as_str().into(),
                isolation: isolation.of("digests"),
            };
            tasks.spawn(digester);
        }
        let readiness =
            Readiness { log: store.log.clone(), index: index.clone(), files: store.files.clone(), begun_at: head, tasks: tasks.clone() };
        Ok(Self { store, index, gate, graph, engine, isolation, readiness, follower, tasks })
    }

    /// What tells whether the hub is ready.
    pub fn readiness(&self) -> Readiness {
        self.readiness.clone()
    }

    /// Rebuilds the search index from the database, while the old one answers, and puts it in its place.
    pub async fn reindex(&self) -> Result<u64> {
        self.follower.rebuild().await
    }

    /// Ends the followers and closes the database.
    pub async fn stop(self) -> Result<()> {
        self.tasks.stop().await;
        self.store.db.close().await
    }
}
