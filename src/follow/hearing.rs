//! Keeps the log's head at what other processes commit.
use super::{Task, tasks::Pulse};
use crate::store::Log;

/// Hears of commits.
pub struct Hearing(pub Log);

impl Task for Hearing {
    const NAME: &'static str = "log";
    const IS_NEEDED: bool = true;

    async fn run(&self, pulse: &Pulse) {
        pulse.step();
        // It goes on by itself through failures of the database; whoever reads the log tells of those.
        pulse.well();
        self.0.hear().await;
    }
}
