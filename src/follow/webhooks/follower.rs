//! What follows the log for webhooks stands on, and what all webhooks share.
use std::{sync::Arc, time::Duration};

use tokio::sync::{RwLock, Semaphore};

use super::{Meters, Post};
use crate::{
    base::Ambient,
    relay::Operations,
    store::{Db, Isolation, Leases, Log, Reader, Writer},
};

/// How long one hub has the turn. An attempt that begins within a third of it ends within it.
pub const LASTING: Duration = Duration::from_secs(40);
/// Requests under way at once, so many that a few receivers that don't answer hold up nobody, and payloads being made at once.
const REQUESTS: usize = 256;
const PAYLOADS: usize = 8;

/// Follows the log for webhooks.
pub struct WebhookFollower {
    /// The database, to read as a webhook's person.
    pub db: Db,
    /// Reads everything.
    pub reader: Reader,
    /// What is to be sent, and how it went, is noted through the write door.
    pub writer: Writer,
    /// The log.
    pub log: Log,
    /// Of several hubs one does it.
    pub leases: Leases,
    /// The clock, and chance.
    pub ambient: Arc<dyn Ambient>,
    /// Makes payloads.
    pub operations: Arc<dyn Operations>,
    /// Sends them.
    pub post: Post,
    /// Counts.
    pub meters: Meters,
    /// An event, a webhook or a delivery that nothing can be done with stops no other.
    pub isolation: Isolation,
}

/// What all webhooks share.
pub struct Shared {
    pub requests: Semaphore,
    pub payloads: Semaphore,
    /// Held whole while deliveries are noted, in part while one is finished: whether a delivery is held is decided by those before it, and
    /// commands that share a transaction do not see what the other is about to insert.
    pub noting: RwLock<()>,
}

impl Default for Shared {
    fn default() -> Self {
        Self { requests: Semaphore::new(REQUESTS), payloads: Semaphore::new(PAYLOADS), noting: RwLock::default() }
    }
}
