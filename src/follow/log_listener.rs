//! Keeps the log's head at what other processes commit.
use super::{Task, tasks::TaskHealth};
use crate::store::Log;

/// Hears of commits.
pub struct LogListener(pub Log);

impl Task for LogListener {
    const NAME: &'static str = "log";
    const IS_NEEDED: bool = true;

    async fn run(&self, health: &TaskHealth) {
        health.step();
        // It goes on by itself through failures of the database; whoever reads the log tells of those.
        health.well();
        self.0.hear().await;
    }
}
