//! Does what is due by the calendar: calls open and close on their days.
//!
//! Of all hubs the one that holds the lease does it; each change is a command of the kind's own, which does nothing where it was done already. What was due
//! while no hub ran is done by the next one.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::leader::{Leader, Next};
use crate::{
    base::{Ambient, Error, Result},
    domain::call,
    store::{Isolation, Leases, Reader, Writer},
};

/// How often it is looked whether something is due.
const EVERY: Duration = Duration::from_secs(5);

/// Does what is due by the calendar.
pub struct Scheduler {
    /// Reads everything.
    pub reader: Reader,
    /// The write door.
    pub writer: Writer,
    /// Of several hubs one does it.
    pub leases: Leases,
    /// The clock.
    pub ambient: Arc<dyn Ambient>,
    /// What can't be done stops nothing else.
    pub isolation: Isolation,
}

impl Leader for Scheduler {
    const TASK: &'static str = "schedule";
    const LEASE: &'static str = "schedule";
    const LASTING: Duration = Duration::from_secs(120);
    const ASKED: Duration = EVERY;
    const FAILED: &'static str = "what is due by the calendar could not be done; trying again soon";
    const PAUSE: Duration = EVERY;
    type Turn = ();

    fn leases(&self) -> &Leases {
        &self.leases
    }

    fn ambient(&self) -> &dyn Ambient {
        &*self.ambient
    }

    async fn load(&self) -> Result<()> {
        Ok(())
    }

    async fn step(&self, (): &mut (), _: Instant) -> Result<Next> {
        let mut moved = 0;
        for due in call::due(&self.reader, self.ambient.now()).await? {
            match self.isolation.one(&due.to_string(), call::advance(&self.writer, due)).await {
                Ok(done) => moved += usize::from(done == Some(true)),
                Err(Error::Refused(why)) => tracing::warn!(call = %due, ?why, "a call could not be opened or closed on its day"),
                Err(fault) => return Err(fault),
            }
        }
        // A call that opened late may have to close at once.
        Ok(if moved > 0 { Next::Step } else { Next::After(EVERY) })
    }
}
