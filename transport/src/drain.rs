//! Draining: the server stops in order, with every answer finished and every stream told that it ends.
//!
//! Invariant: whatever runs on after its request (sockets, streams) is tracked here, so that the server waits for it.

use std::time::Duration;

use tokio_util::{
    sync::{CancellationToken, WaitForCancellationFuture},
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

/// Shared by the accept loop, the sockets and the streams.
#[derive(Debug, Clone, Default)]
pub struct Drain {
    begun: CancellationToken,
    running: TaskTracker,
}

impl Drain {
    /// From now on nothing new begins.
    pub fn begin(&self) {
        self.begun.cancel();
        self.running.close();
    }

    /// Whether draining has begun.
    pub fn has_begun(&self) -> bool {
        self.begun.is_cancelled()
    }

    /// Waits until draining begins.
    pub fn begun(&self) -> WaitForCancellationFuture<'_> {
        self.begun.cancelled()
    }

    /// The same, for what outlives the borrow.
    pub fn signal(&self) -> CancellationToken {
        self.begun.clone()
    }

    /// Held by whatever the server must wait for.
    pub fn hold(&self) -> TaskTrackerToken {
        self.running.token()
    }

    /// Runs a task the server waits for.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.running.spawn(task);
    }

    /// Waits for all that runs, at most so long; false if something had to be left.
    pub async fn finish(&self, within: Duration) -> bool {
        tokio::time::timeout(within, self.running.wait()).await.is_ok()
    }
}
