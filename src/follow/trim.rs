//! Takes away what the log need not keep, where a setting says so.
use std::{sync::Arc, time::Duration};

use super::{Task, tasks::TaskHealth};
use crate::{
    base::{Ambient, Result},
    store::{Leases, Log, Retention},
};

/// How often the log is looked through.
const EVERY: Duration = Duration::from_secs(600);
/// How long one hub has the turn.
const LASTING: Duration = Duration::from_secs(1_800);

/// Trims the log now and then.
pub struct Trimmer {
    /// The log.
    pub log: Log,
    /// Of several hubs one does it.
    pub leases: Leases,
    /// The clock.
    pub ambient: Arc<dyn Ambient>,
    /// What is kept.
    pub keep: Retention,
}

impl Task for Trimmer {
    const NAME: &'static str = "trim";

    async fn run(&self, health: &TaskHealth) {
        loop {
            health.step();
            match health.isolation.one("the log", self.trim()).await {
                Ok(_) => health.well(),
                Err(error) => health.failed(&error, "the log could not be trimmed; trying again later"),
            }
            tokio::time::sleep(EVERY).await;
        }
    }
}

impl Trimmer {
    /// Trims once, if it is this hub's turn.
    async fn trim(&self) -> Result<()> {
        let now = self.ambient.now();
        if self.leases.take("trim", now, LASTING).await? {
            self.log.trim(self.keep, now).await?;
        }
        Ok(())
    }
}
