//! Asks the store of documents' files now and then, so that meters tell of one that is away before anybody needs it.
use std::time::Duration;

use super::{Task, TaskHealth};
use crate::files::Files;

/// How often it is asked.
const EVERY: Duration = Duration::from_secs(15);

/// The task.
pub struct FilesProbe(pub Files);

impl Task for FilesProbe {
    const NAME: &'static str = "documents";

    async fn run(&self, health: &TaskHealth) {
        loop {
            health.step();
            self.0.probe().await;
            health.well();
            tokio::time::sleep(EVERY).await;
        }
    }
}
