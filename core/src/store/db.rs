//! The two databases behind one type: SQLite (one writing connection, several readers) and PostgreSQL (a few that write, a few that read).
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use parking_lot::Mutex;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, sqlx::error::DatabaseError,
};

use super::{
    postgres::{PostgresMoment, PostgresReaders},
    row::Row,
    sqlite::{SqliteMoment, SqliteReaders},
};
use crate::base::{Ambient, Error, Fault, Moment, Result, ambient::System};

/// Where a test hears which statements were run.
pub type Tap = Arc<Mutex<Vec<String>>>;

/// The connections that read.
#[derive(Clone)]
enum Readers {
    Sqlite(Arc<SqliteReaders>),
    Postgres(Arc<PostgresReaders>),
    /// One transaction of either, which sees one moment.
    SqliteMoment(Arc<SqliteMoment>),
    PostgresMoment(Arc<PostgresMoment>),
}

/// Any number that nothing else locks.
const MIGRATION_LOCK: i64 = 0x4841_4e53_4100;
/// How long SQLite waits for another writer.
const BUSY: Duration = Duration::from_secs(10);

/// An open database.
#[derive(Clone)]
pub struct Db {
    read: Readers,
    write: DatabaseConnection,
    /// Identifies this database, so that an index made from another one is noticed.
    identity: Arc<std::sync::OnceLock<String>>,
    /// Where PostgreSQL tells of commits; SQLite does not tell.
    told_at: Option<Arc<str>>,
    /// Tells those who read what day it is.
    clock: Arc<dyn Ambient>,
}

/// How many transactions a PostgreSQL hub writes at once.
pub(super) const POSTGRES_WRITERS: u32 = 3;

impl From<DbErr> for Error {
    fn from(cause: DbErr) -> Self {
        super::taken::of(&cause).map_or_else(|| Fault::new(cause).into(), Into::into)
    }
}

impl Db {
    /// Opens the database at `url`: `sqlite:PATH` or `postgres://…`. An SQLite file is created when missing.
    pub async fn open(url: &str) -> Result<Self> {
        let told_at = (!url.starts_with("sqlite:")).then(|| url.into());
        let (read, write) = if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.trim_start_matches("//");
            // The writer first: it creates the file and sets its journal mode.
            let write = sqlite_writer(path).await?;
            (Readers::Sqlite(Arc::new(SqliteReaders::new(PathBuf::from(path)))), write)
        } else {
            let read = PostgresReaders::open(url).await?;
            let mut options = ConnectOptions::new(url);
            unattended(&mut options)
                .max_connections(POSTGRES_WRITERS)
                .min_connections(1)
                .acquire_timeout(Duration::from_secs(10))
                .sqlx_logging(false)
                .test_before_acquire(false);
            (Readers::Postgres(Arc::new(read)), Database::connect(options).await?)
        };
        Ok(Self { read, write, identity: Arc::default(), told_at, clock: Arc::new(System) })
    }

    /// Tells every statement of the writing connections to `tap`.
    pub fn tap_writes(&mut self, tap: Tap) {
        self.write.set_metric_callback(move |info| tap.lock().push(info.statement.sql.to_string()));
    }

    /// Has those who read tell the time by this clock.
    pub fn tell_time_by(&mut self, clock: Arc<dyn Ambient>) {
        self.clock = clock;
    }

    /// Now.
    pub(super) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The address at which another connection hears of commits; none on SQLite.
    pub(super) fn told_at(&self) -> Option<&str> {
        self.told_at.as_deref()
    }

    /// Which of the two it is.
    pub fn backend(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// Whether it is SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.backend() == DbBackend::Sqlite
    }

    /// Applies all migrations and reads the database's identity.
    pub async fn migrate(&self) -> Result<()> {
        // All steps are one transaction: a hub that dies leaves none of them half done. Several may start at once: one migrates, the others wait
        // for it and find it done.
        let turn = self.begin().await?;
        if !self.is_sqlite() {
            turn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
        }
        hansa_migrations::up(&turn).await?;
        turn.commit().await?;
        self.identify().await
    }

    /// Migrations not applied yet.
    pub async fn pending(&self) -> Result<Vec<String>> {
        Ok(hansa_migrations::pending(&self.write).await?)
    }

    /// Reads the identity the first migration gave this database.
    pub async fn identify(&self) -> Result<()> {
        let rows = self.fetch(Statement::from_string(self.backend(), "SELECT identity FROM log_head")).await?;
        let identity: String = rows.first().ok_or_else(|| Fault::new("the table log_head is empty"))?.get("identity")?;
        let _ = self.identity.set(identity);
        Ok(())
    }

    /// The identity; empty before [`Db::identify`].
    pub fn identity(&self) -> &str {
        self.identity.get().map_or("", String::as_str)
    }

    /// Runs one reading statement.
    pub(super) async fn fetch(&self, statement: Statement) -> Result<Vec<Row>> {
        match &self.read {
            Readers::Sqlite(readers) => Ok(readers.fetch(&statement)?),
            Readers::Postgres(readers) => Ok(readers.fetch(statement).await?),
            Readers::SqliteMoment(moment) => Ok(moment.fetch(&statement)?),
            Readers::PostgresMoment(moment) => Ok(moment.fetch(statement).await?),
        }
    }

    /// The same database as it is now: what is written later is not seen by who reads through the answer, one statement
    /// at a time.
    pub(super) async fn at_this_moment(&self) -> Result<Self> {
        let read = match &self.read {
            Readers::Sqlite(readers) => Readers::SqliteMoment(Arc::new(readers.moment()?)),
            Readers::Postgres(readers) => Readers::PostgresMoment(Arc::new(readers.moment().await?)),
            same => same.clone(),
        };
        Ok(Self { read, ..self.clone() })
    }

    /// Begins a writing transaction; on SQLite it takes the write lock at once.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// Has PostgreSQL look anew at what it holds, where much was written: its plans are else made for empty tables until its own round comes.
    pub async fn analyze(&self) -> Result<()> {
        if self.is_sqlite() {
            return Ok(());
        }
        let tx = self.begin().await?;
        tx.execute_unprepared("ANALYZE").await?;
        Ok(tx.commit().await?)
    }

    /// How many transactions may write at once.
    pub(super) fn writers(&self) -> u32 {
        if self.is_sqlite() { 1 } else { POSTGRES_WRITERS }
    }

    /// Ends every connection; a call under way ends first.
    pub async fn close(&self) -> Result<()> {
        match &self.read {
            Readers::Sqlite(readers) => readers.close(),
            Readers::Postgres(readers) => readers.close().await?,
            Readers::SqliteMoment(_) | Readers::PostgresMoment(_) => {}
        }
        self.write.clone().close().await?;
        Ok(())
    }
}

/// Connections are kept as long as they live. The task of sqlx's pool that would close idle and old ones counts them without a lock, may read a number below zero,
/// and then counts up to 2⁶⁴: `hansa token create` was seen not to end because of it.
fn unattended(options: &mut ConnectOptions) -> &mut ConnectOptions {
    options.idle_timeout(None).max_lifetime(None)
}

/// The settings of the writing SQLite connection: what is committed survives a power cut, readers never wait for the writer.
fn sqlite(path: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new("sqlite::memory:");
    let path = Path::new(path).to_owned();
    unattended(&mut options).max_connections(1).min_connections(1).sqlx_logging(false).test_before_acquire(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .filename(&path)
            .in_memory(false)
            .shared_cache(false)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .statement_cache_capacity(256)
            .pragma("cache_size", "-8000")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "MEMORY")
    });
    options
}

/// What the database itself said; none where the connection failed.
pub(super) fn answered(cause: &DbErr) -> Option<&dyn DatabaseError> {
    match cause {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => cause.as_database_error(),
        _ => None,
    }
}

/// Whether the database refused what passes when it is tried again.
pub(super) fn passes(cause: &DbErr) -> bool {
    // PostgreSQL: a deadlock, a serialisation failure. SQLite: busy, busy with a snapshot.
    answered(cause).and_then(DatabaseError::code).is_some_and(|code| ["40P01", "40001", "5", "517"].contains(&code.as_ref()))
}

/// Opens the writer. Who sets the journal mode of a file while another does so is refused at once, whatever the time to wait for locks: it is tried again for as long.
async fn sqlite_writer(path: &str) -> std::result::Result<DatabaseConnection, DbErr> {
    let until = tokio::time::Instant::now() + BUSY;
    loop {
        match Database::connect(sqlite(path)).await {
            Err(cause) if passes(&cause) && tokio::time::Instant::now() < until => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            done => return done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn several_may_make_the_tables_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("hub.db").display());
        let made = async || Db::open(&url).await?.migrate().await;
        let (one, two, three) = tokio::join!(made(), made(), made());
        for made in [one, two, three] {
            made.map_err(|error| error.told()).unwrap();
        }
    }

    #[tokio::test]
    async fn tables_are_all_made_or_none() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", dir.path().join("hub.db").display())).await.unwrap();
        // The last step fails: a table of its name is there.
        db.write.execute_unprepared("CREATE TABLE faq (id INTEGER)").await.unwrap();
        assert!(db.migrate().await.is_err());
        db.write.execute_unprepared("DROP TABLE faq").await.unwrap();
        db.migrate().await.map_err(|error| error.told()).unwrap();
        assert!(db.pending().await.unwrap().is_empty());
    }
}
