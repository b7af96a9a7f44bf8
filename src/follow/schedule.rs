//! Does what is due by the calendar: calls open and close on their days, and obligations become due and overdue.
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
    domain::{call, obligation},
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
        // A call that opened late may have to close at once, and more may be due than was taken up.
        let moved = self.calls().await? + self.obligations().await?;
        Ok(if moved > 0 { Next::Step } else { Next::After(EVERY) })
    }
}

impl Scheduler {
    /// Opens and closes calls; answers how many.
    async fn calls(&self) -> Result<usize> {
        let mut moved = 0;
        for due in call::due(&self.reader, self.ambient.now()).await? {
            match self.isolation.one(&due.to_string(), call::advance(&self.writer, due)).await {
                Ok(done) => moved += usize::from(done == Some(true)),
                Err(Error::Refused(why)) => tracing::warn!(call = %due, ?why, "a call could not be opened or closed on its day"),
                Err(fault) => return Err(fault),
            }
        }
        Ok(moved)
    }

    /// Looks at obligations whose day has come: of many pairings at once, and of each by itself where that fails, so that one holds back no other. Answers of how
    /// many pairings.
    async fn obligations(&self) -> Result<usize> {
        let due = obligation::due(&self.reader, self.ambient.now()).await?;
        if due.is_empty() {
            return Ok(0);
        }
        match self.isolation.several(&due, obligation::advance(&self.writer, &due)).await {
            Ok(Some(())) => return Ok(due.len()),
            Ok(None) => {}
            Err(why) => tracing::warn!(cause = why.told(), "obligations of several pairings could not be derived; trying each"),
        }
        for pairing in &due {
            let done = self.isolation.one(&pairing.to_string(), obligation::advance(&self.writer, std::slice::from_ref(pairing))).await;
            if !matches!(done, Ok(Some(()))) {
                tracing::warn!(%pairing, "the obligations of a pairing could not be derived; trying again in an hour");
                obligation::put_off(&self.writer, *pairing).await?;
            }
        }
        Ok(due.len())
    }
}
