//! Does what commands ask of the process that holds the index: rebuild it beside live traffic.
use std::{path::PathBuf, time::Duration};

use super::{SearchFollower, Task, tasks::TaskHealth};
use crate::{
    base::{Fault, Result},
    search::rebuild_request,
};

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_millis(500);

/// Looks for requests to rebuild and does them.
pub struct RebuildFollower {
    /// Rebuilds.
    pub follower: SearchFollower,
    /// The index's folder.
    pub root: PathBuf,
}

impl Task for RebuildFollower {
    const NAME: &'static str = "rebuild";

    /// Looks for ever. A rebuild that is under way when the hub ends is done after its next start.
    async fn run(&self, health: &TaskHealth) {
        loop {
            health.step();
            match self.look().await {
                Ok(()) => health.well(),
                Err(error) => health.failed(&error, "what commands asked for could not be done"),
            }
            tokio::time::sleep(EVERY).await;
        }
    }
}

impl RebuildFollower {
    /// One rebuilding answers everyone who asked before it began.
    async fn look(&self) -> Result<()> {
        let names = rebuild_request::take(&self.root).map_err(Fault::new)?;
        if names.is_empty() {
            return Ok(());
        }
        tracing::info!("the search index is rebuilt beside the one that answers, as a command asked");
        let done = self.follower.rebuild().await.map_err(|error| error.told());
        for name in names {
            rebuild_request::complete(&self.root, &name, &done).map_err(Fault::new)?;
        }
        match done {
            Ok(count) => tracing::info!(count, "the rebuilt search index answers"),
            Err(cause) => tracing::error!(cause, "the search index could not be rebuilt; the old one answers on"),
        }
        Ok(())
    }
}
