//! The write door: commands queue here, are run in transactions, and are answered after the commit.
//!
//! Commands that wait while a transaction is under way share the next one, so that one flush to disk serves them all.
//! A command that is refused leaves nothing behind; where it had already changed rows, or the transaction fails as a
//! whole, every command of it is run again alone; but where the connection is lost at the commit nobody knows whether it
//! was kept, and nothing is done twice. So `apply` may run more than once and must not act outside `tx`.
use std::{future::ready, panic::AssertUnwindSafe, sync::Arc};

use futures_util::{FutureExt, future::BoxFuture};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::{Mutex, mpsc, oneshot};

use super::{
    Db, Log, Tx,
    check::Surface,
    db::{answered, passes},
    pending::Pending,
};
use crate::{
    access::Viewer,
    base::{Ambient, Code, Error, Fault, Result, refuse},
};

/// Commands one transaction takes at the most.
const BATCH: usize = 64;
/// Commands that may wait before callers have to.
const QUEUE: usize = 1024;

/// Something to do to the hub.
pub trait Command: Send + Sync + 'static {
    /// What it answers: ids, mostly. Kept beside the idempotency key.
    type Output: Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Checks and saves. Must not act outside `tx`.
    fn apply(&self, tx: &mut Tx<'_>) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// Who asks for a command, and how.
#[derive(Clone)]
pub struct Request {
    /// As whom.
    pub viewer: Arc<Viewer>,
    /// Makes a retry harmless: the same key answers what the first call answered.
    pub idempotency_key: Option<String>,
    /// Tells two requests with the same key apart.
    pub fingerprint: String,
    /// Do everything but the commit.
    pub dry_run: bool,
    /// How whoever asks names fields.
    pub surface: Surface,
}

impl Request {
    /// A plain request.
    pub const fn by(viewer: Arc<Viewer>) -> Self {
        Self { viewer, idempotency_key: None, fingerprint: String::new(), dry_run: false, surface: Surface::Mutation }
    }

    /// What was answered to an earlier request with this key, as JSON, and where it stands in the log.
    async fn earlier(&self, tx: &DatabaseTransaction) -> Result<Option<(String, i64)>> {
        let (Some(key), Some(actor)) = (&self.idempotency_key, self.viewer.person) else { return Ok(None) };
        let mut query = Query::select();
        query
            .columns(["request", "output", "position"].map(Alias::new))
            .from(Alias::new("idempotency"))
            .and_where(Expr::col(Alias::new("actor")).eq(actor))
            .and_where(Expr::col(Alias::new("idempotency_key")).eq(key));
        let rows = tx.query_all_raw(tx.get_database_backend().build(&query)).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let request: String = row.try_get("", "request")?;
        if request != self.fingerprint {
            return refuse(
                Code::KeyReused,
                "input.idempotencyKey",
                "This idempotency key was used for a different request; take a new one.",
            );
        }
        Ok(Some((row.try_get("", "output")?, row.try_get("", "position")?)))
    }

    /// Keeps an answer, as JSON, beside the key, where there is one.
    async fn keep(&self, tx: &DatabaseTransaction, output: String, position: i64, at: i64) -> Result<()> {
        let (Some(key), Some(actor)) = (&self.idempotency_key, self.viewer.person) else { return Ok(()) };
        let mut query = Query::insert();
        query
            .into_table(Alias::new("idempotency"))
            .columns(["actor", "idempotency_key", "request", "output", "position", "at"].map(Alias::new))
            .values_panic([actor.into(), key.as_str().into(), self.fingerprint.as_str().into(), output.into(), position.into(), at.into()]);
        tx.execute_raw(tx.get_database_backend().build(&query)).await?;
        Ok(())
    }
}

/// What was done, and where it stands in the log.
#[derive(Debug)]
pub struct Done<T> {
    /// The command's answer.
    pub output: T,
    /// The log's number after it.
    pub position: i64,
}

/// The write door. Cheap to clone.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Box<dyn Work>>,
    workers: u32,
}

impl Writer {
    /// Starts the workers: one on SQLite, a few on PostgreSQL. They end when the last `Writer` is dropped.
    pub fn start(db: Db, log: Log, ambient: Arc<dyn Ambient>) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..db.writers() {
            let worker = Worker { db: db.clone(), log: log.clone(), ambient: ambient.clone() };
            tokio::spawn(worker.run(waiting.clone()));
        }
        Self { queue, workers: db.writers() }
    }

    /// How many transactions are under way at once.
    pub const fn workers(&self) -> u32 {
        self.workers
    }

    /// Runs a command; answers after the commit.
    pub async fn run<C: Command>(&self, request: Request, command: C) -> Result<Done<C::Output>> {
        let (reply, answer) = oneshot::channel();
        let job = Job { command, request, reply: Some(reply), outcome: None };
        if self.queue.send(Box::new(job)).await.is_err() {
            return Err(Fault::new("the writer has stopped").into());
        }
        answer.await.unwrap_or_else(|_| Err(Fault::new("the writer dropped a command").into()))
    }
}

/// How a command went before the commit.
enum Ran {
    Well,
    /// Refused or failed, with nothing to undo but what is pending.
    Clean,
    /// Refused or failed after it had changed rows.
    Dirty,
}

/// A queued command with its types erased.
trait Work: Send {
    fn run<'a>(&'a mut self, tx: &'a DatabaseTransaction, pending: &'a mut Pending, ambient: &'a dyn Ambient) -> BoxFuture<'a, Ran>;
    /// After the flush, before the commit: keeps the answer beside its idempotency key.
    fn keep<'a>(&'a mut self, tx: &'a DatabaseTransaction, position: i64, at: i64) -> BoxFuture<'a, Result<()>>;
    fn is_dry(&self) -> bool;
    /// Whether it failed by something that passes when it is tried again.
    fn has_passing_fault(&self) -> bool;
    fn answer(&mut self, position: i64);
    fn fail(&mut self, error: Error);
}

struct Job<C: Command> {
    command: C,
    request: Request,
    reply: Option<oneshot::Sender<Result<Done<C::Output>>>>,
    /// The output, and the position where the key had been used before.
    outcome: Option<Result<(C::Output, Option<i64>)>>,
}

impl<C: Command> Job<C> {
    async fn earlier(&self, tx: &DatabaseTransaction) -> Result<Option<(C::Output, i64)>> {
        let Some((output, position)) = self.request.earlier(tx).await? else { return Ok(None) };
        Ok(Some((serde_json::from_str(&output)?, position)))
    }
}

impl<C: Command> Work for Job<C> {
    fn run<'a>(&'a mut self, tx: &'a DatabaseTransaction, pending: &'a mut Pending, ambient: &'a dyn Ambient) -> BoxFuture<'a, Ran> {
        Box::pin(async move {
            match self.earlier(tx).await {
                Ok(None) => {}
                Ok(Some((output, position))) => {
                    self.outcome = Some(Ok((output, Some(position))));
                    return Ran::Well;
                }
                Err(error) => {
                    self.outcome = Some(Err(error));
                    return Ran::Clean;
                }
            }
            let mut own = Tx {
                tx,
                pending,
                ambient,
                viewer: self.request.viewer.clone(),
                now: ambient.now(),
                is_dirty: false,
                surface: self.request.surface,
                known: Default::default(),
            };
            // A command that panics is a fault like any other: the worker and the commands behind it live on.
            let done = AssertUnwindSafe(self.command.apply(&mut own)).catch_unwind().await;
            let done = done.unwrap_or_else(|_| Err(Fault::new("a command panicked").into()));
            let ran = match (&done, own.is_dirty) {
                (Ok(_), _) => Ran::Well,
                (Err(Error::Refused(_)), false) => Ran::Clean,
                (Err(_), _) => Ran::Dirty,
            };
            let mut outcome = done.map(|output| (output, None));
            // Perhaps refused by what the first call with its key did, which was being committed: then that one's answer is the answer.
            if matches!(outcome, Err(Error::Refused(_)))
                && let Ok(Some((output, position))) = self.earlier(tx).await
            {
                outcome = Ok((output, Some(position)));
            }
            self.outcome = Some(outcome);
            ran
        })
    }

    fn keep<'a>(&'a mut self, tx: &'a DatabaseTransaction, position: i64, at: i64) -> BoxFuture<'a, Result<()>> {
        let Some(Ok((output, None))) = &self.outcome else { return Box::pin(ready(Ok(()))) };
        match serde_json::to_string(output) {
            Ok(output) => Box::pin(self.request.keep(tx, output, position, at)),
            Err(cause) => Box::pin(ready(Err(cause.into()))),
        }
    }

    fn is_dry(&self) -> bool {
        self.request.dry_run
    }

    fn has_passing_fault(&self) -> bool {
        matches!(&self.outcome, Some(Err(Error::Fault(fault))) if is_passing(fault))
    }

    fn answer(&mut self, position: i64) {
        let answer = match self.outcome.take() {
            Some(Ok((output, earlier))) => Ok(Done { output, position: earlier.unwrap_or(position) }),
            Some(Err(error)) => Err(error),
            None => Err(Fault::new("a command was not run").into()),
        };
        if let Some(reply) = self.reply.take() {
            // The caller may have gone; the work is done all the same.
            drop(reply.send(answer));
        }
    }

    fn fail(&mut self, error: Error) {
        self.outcome = Some(Err(error));
        self.answer(0);
    }
}

struct Worker {
    db: Db,
    log: Log,
    ambient: Arc<dyn Ambient>,
}

impl Worker {
    async fn run(self, waiting: Arc<Mutex<mpsc::Receiver<Box<dyn Work>>>>) {
        let mut batch = Vec::new();
        loop {
            // One worker at a time takes what waits; the others then take what came meanwhile.
            if waiting.lock().await.recv_many(&mut batch, BATCH).await == 0 {
                return;
            }
            if batch.len() > 1 && batch.iter().all(|work| !work.is_dry()) && self.together(&mut batch).await {
                batch.clear();
                continue;
            }
            for work in &mut batch {
                self.alone(&mut **work).await;
            }
            batch.clear();
        }
    }

    /// Runs commands in one transaction; false where they must be run alone instead.
    async fn together(&self, batch: &mut [Box<dyn Work>]) -> bool {
        let Ok(tx) = self.db.begin().await else { return false };
        let mut pending = Pending::default();
        for work in batch.iter_mut() {
            let mark = pending.mark();
            match work.run(&tx, &mut pending, &*self.ambient).await {
                Ran::Well => {}
                Ran::Clean => pending.back_to(&mark),
                Ran::Dirty => {
                    drop(tx.rollback().await);
                    return false;
                }
            }
        }
        let at = self.ambient.now();
        let Ok(position) = pending.flush(&tx, at).await else {
            drop(tx.rollback().await);
            return false;
        };
        for work in batch.iter_mut() {
            if work.keep(&tx, position, at.0).await.is_err() {
                drop(tx.rollback().await);
                return false;
            }
        }
        if let Err(cause) = tx.commit().await {
            if answered(&cause).is_some() {
                return false;
            }
            // Nobody knows whether it was kept, so nothing is done twice: who needs to know asks again with the same key.
            let told = format!("the connection was lost at the commit: {cause}");
            batch.iter_mut().for_each(|work| work.fail(Fault::new(told.clone()).into()));
            return true;
        }
        self.log.advance(position);
        batch.iter_mut().for_each(|work| work.answer(position));
        true
    }

    async fn alone(&self, work: &mut dyn Work) {
        for attempt in 0.. {
            match self.attempt(work).await {
                Ok(position) => return work.answer(position),
                // Somebody else was first with a slug or an idempotency key: what stands there now decides.
                Err(Error::Refused(_)) if attempt < 3 => {}
                // PostgreSQL picks a victim when two transactions wait for each other; the victim tries again.
                Err(Error::Fault(fault)) if attempt < 3 && is_passing(&fault) => {}
                Err(error) => return work.fail(error),
            }
        }
    }

    async fn attempt(&self, work: &mut dyn Work) -> Result<i64> {
        let tx = self.db.begin().await?;
        let mut pending = Pending::default();
        if !matches!(work.run(&tx, &mut pending, &*self.ambient).await, Ran::Well) {
            tx.rollback().await?;
            return if work.has_passing_fault() { Err(Fault::new(Passing).into()) } else { Ok(self.log.head()) };
        }
        let at = self.ambient.now();
        let flushed = async {
            let position = pending.flush(&tx, at).await?;
            work.keep(&tx, position, at.0).await?;
            Ok(position)
        };
        let position = match flushed.await {
            Ok(position) => position,
            Err(error) => {
                drop(tx.rollback().await);
                return Err(error);
            }
        };
        if work.is_dry() {
            tx.rollback().await?;
            return Ok(self.log.head());
        }
        tx.commit().await?;
        self.log.advance(position);
        Ok(position)
    }
}

/// A fault inside a command that passes when it is tried again.
#[derive(Debug)]
struct Passing;

impl std::fmt::Display for Passing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("two transactions stood in each other's way, again and again")
    }
}

impl std::error::Error for Passing {}

fn is_passing(fault: &Fault) -> bool {
    if fault.cause().is::<Passing>() {
        return true;
    }
    fault.cause().downcast_ref::<DbErr>().is_some_and(passes)
}
