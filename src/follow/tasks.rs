//! The tasks that run beside the requests: each is started again when it ends, and it is told which is down and since when.
//!
//! A failure of one item is the item's ([`Isolation`]), a failure of a step is tried again by the task itself; what is left (a panic of the task) ends
//! it, and it begins anew after a pause that grows. `/readyz`, `/metrics` and `hansa doctor` tell of each task that is not well.
use std::{
    collections::BTreeMap,
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::FutureExt;
use parking_lot::Mutex;
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    base::{Ambient, Error, Moment},
    store::{
        Isolation,
        isolation::{TaskLabel, reason},
    },
};

/// The first pause before a task is started again, and the longest. One that ran so long without ending begins with the first again.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Something that goes on until the hub stops.
pub trait Task: Send + Sync + 'static {
    /// Its name, as operators are told.
    const NAME: &'static str;
    /// Whether answers are wrong or late without it.
    const IS_NEEDED: bool = false;

    /// Does its work, for ever; dropped where the hub stops.
    fn run(&self, health: &TaskHealth) -> impl Future<Output = ()> + Send;

    /// What is left to do when the hub stops.
    fn end(&self) -> impl Future<Output = ()> + Send {
        async {}
    }
}

/// A task that is not well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskDown {
    /// Its name.
    pub task: &'static str,
    /// Whether answers are wrong or late without it.
    pub is_needed: bool,
    /// Since when.
    pub since: Moment,
}

#[derive(Default)]
struct HealthBoard {
    down: Mutex<BTreeMap<&'static str, TaskDown>>,
    since: Family<TaskLabel, Gauge>,
    restarts: Family<TaskLabel, Counter>,
}

/// All tasks of a hub.
#[derive(Clone)]
pub struct Tasks {
    board: Arc<HealthBoard>,
    ambient: Arc<dyn Ambient>,
    isolation: Isolation,
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Tasks {
    /// None yet.
    pub fn new(ambient: Arc<dyn Ambient>, isolation: Isolation) -> Self {
        Self { board: Arc::default(), ambient, isolation, tracker: TaskTracker::new(), stop: CancellationToken::new() }
    }

    /// Adds what is counted.
    pub fn register(&self, registry: &mut Registry) {
        let since = "Since when a task is down, in seconds of the Unix epoch; 0 where it is well";
        registry.register("task_down_since", since, self.board.since.clone());
        registry.register("task_restarts", "How often a task ended by itself and was started again", self.board.restarts.clone());
        self.isolation.register(registry);
    }

    /// The tasks that are not well.
    pub fn down(&self) -> Vec<TaskDown> {
        self.board.down.lock().values().cloned().collect()
    }

    /// Starts a task, and starts it again whenever it ends before the hub stops.
    pub fn spawn<T: Task>(&self, task: T) {
        let health = TaskHealth {
            label: TaskLabel { task: T::NAME },
            is_needed: T::IS_NEEDED,
            board: self.board.clone(),
            ambient: self.ambient.clone(),
            isolation: self.isolation.of(T::NAME),
        };
        self.board.since.get_or_create(&health.label).set(0);
        drop(self.board.restarts.get_or_create(&health.label));
        let stop = self.stop.clone();
        self.tracker.spawn(async move {
            let mut pause = FIRST_PAUSE;
            loop {
                let begun = Instant::now();
                let ended = tokio::select! {
                    () = stop.cancelled() => break,
                    ended = AssertUnwindSafe(task.run(&health)).catch_unwind() => ended,
                };
                let reason = ended.map_or_else(|panic| reason(&*panic), |()| "it came to an end".to_owned());
                health.down();
                if begun.elapsed() >= LONGEST_PAUSE {
                    pause = FIRST_PAUSE;
                }
                tracing::error!(task = T::NAME, reason, ?pause, "a task ended; it is started again after a pause");
                tokio::select! {
                    () = stop.cancelled() => break,
                    () = tokio::time::sleep(pause) => {}
                }
                health.board.restarts.get_or_create(&health.label).inc();
                pause = LONGEST_PAUSE.min(pause * 2);
            }
            task.end().await;
        });
    }

    /// Ends all.
    pub async fn stop(&self) {
        self.stop.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }
}

/// By which a task tells how it is.
pub struct TaskHealth {
    label: TaskLabel,
    is_needed: bool,
    board: Arc<HealthBoard>,
    ambient: Arc<dyn Ambient>,
    /// Keeps its items apart.
    pub isolation: Isolation,
}

impl TaskHealth {
    /// A step begins.
    pub fn step(&self) {
        self.isolation.begin("");
    }

    /// A step went well.
    pub fn well(&self) {
        let was_down = self.board.down.lock().remove(self.label.task);
        if let Some(down) = was_down {
            self.board.since.get_or_create(&self.label).set(0);
            tracing::info!(task = self.label.task, since = %down.since, "a task is well again");
        }
    }

    /// A step failed, and is tried again.
    pub fn failed(&self, error: &Error, what: &str) {
        tracing::error!(task = self.label.task, cause = error.told(), "{what}");
        self.down();
    }

    fn down(&self) {
        let since = self.ambient.now();
        let mut all = self.board.down.lock();
        let down = all.entry(self.label.task).or_insert(TaskDown { task: self.label.task, is_needed: self.is_needed, since });
        self.board.since.get_or_create(&self.label).set(down.since.0 / 1_000_000);
    }
}
