//! The loop of followers whose work one hub at a time does: whoever holds the lease.
//!
//! What such a follower keeps in memory it loads when it gets the turn, and forgets when it loses it, or fails.
use std::time::{Duration, Instant};

use super::{Task, tasks::TaskHealth};
use crate::{
    base::{Ambient, Result},
    store::Leases,
};

/// A follower of which one hub at a time does the work.
pub trait Leader: Send + Sync + 'static {
    /// The name of the task, as operators are told.
    const TASK: &'static str;
    /// The name of the lease, as the database has it.
    const LEASE: &'static str;
    /// How long one hub has the turn, and how often the others ask for it.
    const LASTING: Duration;
    const ASKED: Duration;
    /// What the log says of a failure, and how long to wait after one.
    const FAILED: &'static str;
    const PAUSE: Duration;
    /// What is kept in memory while a hub has the turn.
    type Turn: Send;

    fn leases(&self) -> &Leases;

    fn ambient(&self) -> &dyn Ambient;

    fn load(&self) -> impl Future<Output = Result<Self::Turn>> + Send;

    /// Does what is there to do; waits for it for a third of [`Leader::LASTING`] at the most. `since` is when the lease was last taken.
    fn step(&self, turn: &mut Self::Turn, since: Instant) -> impl Future<Output = Result<Next>> + Send;
}

/// What comes after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next step.
    Step,
    /// The next step, after this time.
    After(Duration),
    /// Another hub was quicker: whoever gets the turn then begins anew.
    Lost,
}

/// Leads whenever it is this hub's turn.
impl<L: Leader> Task for L {
    const NAME: &'static str = L::TASK;

    async fn run(&self, health: &TaskHealth) {
        go_on(self, health).await;
    }

    async fn end(&self) {
        if let Err(error) = self.leases().give_back(L::LEASE).await {
            tracing::warn!(cause = error.told(), "the turn could not be given back; another hub waits until it has run out");
        }
    }
}

async fn go_on<L: Leader>(leader: &L, health: &TaskHealth) {
    let mut turn = None;
    loop {
        health.step();
        let pause = match step(leader, &mut turn).await {
            Ok(pause) => {
                health.well();
                pause
            }
            Err(error) => {
                health.failed(&error, L::FAILED);
                turn = None;
                Some(L::PAUSE)
            }
        };
        if let Some(pause) = pause {
            tokio::time::sleep(pause).await;
        }
    }
}

/// One step, if it is this hub's turn; answers how long to wait for the next one.
async fn step<L: Leader>(leader: &L, turn: &mut Option<(L::Turn, Instant)>) -> Result<Option<Duration>> {
    let is_held = turn.as_ref().is_some_and(|(_, since)| since.elapsed() < L::LASTING / 3);
    if !is_held && !leader.leases().take(L::LEASE, leader.ambient().now(), L::LASTING).await? {
        *turn = None;
        return Ok(Some(L::ASKED));
    }
    let (now, since) = match turn {
        Some(turn) => turn,
        None => turn.insert((leader.load().await?, Instant::now())),
    };
    if !is_held {
        *since = Instant::now();
    }
    match leader.step(now, *since).await? {
        Next::Step => Ok(None),
        Next::After(pause) => Ok(Some(pause)),
        Next::Lost => {
            *turn = None;
            Ok(None)
        }
    }
}
