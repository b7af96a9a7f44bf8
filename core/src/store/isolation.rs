//! Work on one item, kept apart from the work on all others.
//!
//! What follows the log or the clock works through items: things, searches, files, deliveries, people. Any of them may hold something that nobody thought
//! of, and the code that meets it may panic. That must not stop the others: the panic is caught, told in the log, and the item is *set aside*, with
//! the reason, in a table that `hansa doctor` reads. It is tried again when it is met again; once it goes well it is set aside no longer.
//!
//! Invariant: nothing of an item that was set aside is kept half done: what is worked on is a value of its own, or is made anew.
use std::{
    any::Any,
    collections::HashSet,
    fmt::Display,
    panic::{AssertUnwindSafe, resume_unwind},
    sync::Arc,
};

use futures_util::FutureExt;
use parking_lot::Mutex;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::Deserialize;

use super::{Command, Reader, Request, Tx, Writer};
use crate::{
    access::Viewer,
    base::{Fault, Moment, Result},
};

/// How long it is remembered that an item was set aside, in microseconds: thirty days.
const REMEMBERED: i64 = 30 * Moment::DAY;
/// Characters of a reason that are kept.
const LONGEST_REASON: usize = 500;

/// A row of what was set aside.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "set_aside")]
pub struct Model {
    /// Which task met it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub task: String,
    /// The item, by its id where it has one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub item: String,
    /// What the panic said.
    pub reason: String,
    /// Since when.
    pub at: Moment,
}

/// What was set aside hangs on nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Told each item before it is worked on, where it may panic. For tests.
pub type FailPoint = Arc<dyn Fn(&str, &str) + Send + Sync>;

/// What is counted under.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct TaskLabel {
    /// The task.
    pub task: &'static str,
}

struct Shared {
    writer: Writer,
    fail_point: Mutex<Option<FailPoint>>,
    /// What the table holds.
    aside: Mutex<HashSet<(String, String)>>,
    counted: Family<TaskLabel, Counter>,
}

/// Keeps the items of one task apart. Cheap to clone.
#[derive(Clone)]
pub struct Isolation {
    task: &'static str,
    shared: Arc<Shared>,
}

impl Isolation {
    /// Remembers what is set aside already, and forgets what was long ago.
    pub async fn open(reader: &Reader, writer: Writer) -> Result<Self> {
        writer.run(Request::by(Arc::new(Viewer::hub())), Forget).await?;
        let aside = set_aside(reader).await?.into_iter().map(|row| (row.task, row.item)).collect();
        let shared = Shared { writer, fail_point: Mutex::default(), aside: Mutex::new(aside), counted: Family::default() };
        Ok(Self { task: "hub", shared: Arc::new(shared) })
    }

    /// The same for the items of this task.
    pub fn of(&self, task: &'static str) -> Self {
        drop(self.shared.counted.get_or_create(&TaskLabel { task }));
        Self { task, shared: self.shared.clone() }
    }

    /// From now on each item is told before it is worked on.
    pub fn set_fail_point(&self, fail_point: FailPoint) {
        *self.shared.fail_point.lock() = Some(fail_point);
    }

    /// Adds what is counted.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("set_aside", "Items set aside since the start, because work on them panicked", self.shared.counted.clone());
    }

    /// How many items this task has set aside since the start.
    pub fn count(&self) -> u64 {
        self.shared.counted.get_or_create(&TaskLabel { task: self.task }).get()
    }

    /// Tells the fail point that work begins.
    pub fn begin(&self, item: &str) {
        let fail_point = self.shared.fail_point.lock().clone();
        if let Some(fail_point) = fail_point {
            fail_point(self.task, item);
        }
    }

    /// Works on one item; none where that panicked, and the item was set aside.
    pub async fn one<T>(&self, item: &str, work: impl Future<Output = Result<T>>) -> Result<Option<T>> {
        match self.caught(&[item], work).await {
            Ok(done) => done.map(Some),
            Err(reason) => {
                self.set_aside(item, &reason).await;
                Ok(None)
            }
        }
    }

    /// Works on several items at once; none where that panicked, so that they are to be worked on one by one.
    pub async fn several<T>(&self, items: &[impl Display], work: impl Future<Output = Result<T>>) -> Result<Option<T>> {
        match self.caught(items, work).await {
            Ok(done) => done.map(Some),
            Err(reason) => {
                tracing::warn!(
                    task = self.task,
                    items = items.len(),
                    reason,
                    "work on several items panicked; they are worked on one by one"
                );
                Ok(None)
            }
        }
    }

    async fn caught<T>(&self, items: &[impl Display], work: impl Future<Output = Result<T>>) -> std::result::Result<Result<T>, String> {
        // Names are written only where somebody asks for them.
        let is_asked = self.shared.fail_point.lock().is_some() || !self.shared.aside.lock().is_empty();
        let names: Vec<String> = if is_asked { items.iter().map(ToString::to_string).collect() } else { Vec::new() };
        let work = async {
            names.iter().for_each(|name| self.begin(name));
            work.await
        };
        let done = AssertUnwindSafe(work).catch_unwind().await.map_err(|panic| reason(&*panic))?;
        if done.is_ok() {
            self.went_well(&names).await;
        }
        Ok(done)
    }

    /// Sets an item aside: notes it, and says so in the log.
    pub async fn set_aside(&self, item: &str, reason: &str) {
        tracing::error!(task = self.task, item, reason, "work on an item panicked; it is set aside, and the others go on");
        self.shared.counted.get_or_create(&TaskLabel { task: self.task }).inc();
        self.shared.aside.lock().insert((self.task.to_owned(), item.to_owned()));
        let note = Note { task: self.task, item: item.to_owned(), reason: reason.chars().take(LONGEST_REASON).collect() };
        // The log has it in any case.
        if let Err(error) = self.shared.writer.run(Request::by(Arc::new(Viewer::hub())), note).await {
            tracing::error!(cause = error.told(), "what was set aside could not be noted");
        }
    }

    async fn went_well(&self, items: &[String]) {
        let mended: Vec<String> = {
            let mut aside = self.shared.aside.lock();
            items.iter().filter(|item| aside.remove(&(self.task.to_owned(), (*item).clone()))).cloned().collect()
        };
        if mended.is_empty() {
            return;
        }
        tracing::info!(task = self.task, ?mended, "what was set aside went well now");
        if let Err(error) = self.shared.writer.run(Request::by(Arc::new(Viewer::hub())), Mended { task: self.task, items: mended }).await {
            tracing::warn!(cause = error.told(), "what went well again could not be noted");
        }
    }
}

/// What is set aside, the oldest first.
pub async fn set_aside(reader: &Reader) -> Result<Vec<Model>> {
    reader.all(reader.parts::<Entity>().order_by_asc(Column::At).order_by_asc(Column::Task).order_by_asc(Column::Item)).await
}

/// Does work that takes its time on a thread for such; a panic there is one here.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done),
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(ended) => Err(Fault::new(ended).into()),
        },
    }
}

/// What a panic said.
pub fn reason(panic: &(dyn Any + Send)) -> String {
    let told = panic.downcast_ref::<&str>().map(|told| (*told).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    told.unwrap_or_else(|| "a panic without words".to_owned())
}

struct Note {
    task: &'static str,
    item: String,
    reason: String,
}

impl Command for Note {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        // Who comes second leaves it as it is: it is told since when.
        tx.derived(Model { task: self.task.to_owned(), item: self.item.clone(), reason: self.reason.clone(), at: tx.now() });
        Ok(())
    }
}

struct Mended {
    task: &'static str,
    items: Vec<String>,
}

impl Command for Mended {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        let found = sea_orm::Condition::all().add(Column::Task.eq(self.task)).add(Column::Item.is_in(&self.items));
        tx.discard::<Entity>(found).await
    }
}

struct Forget;

impl Command for Forget {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        let long_ago = tx.now().0 - REMEMBERED;
        tx.discard::<Entity>(sea_orm::Condition::all().add(Column::At.lt(long_ago))).await
    }
}
