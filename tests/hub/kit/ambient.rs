//! Time, ids and secrets that a test can foresee.
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use hansa::base::{Ambient, Moment};
use uuid::Uuid;

/// 1 June 2026, noon UTC, in microseconds.
const NOON: i64 = 1_780_315_200_000_000;

/// A clock that stands still unless a test moves it, ids that count, secrets that count.
pub struct Still {
    now: AtomicI64,
    count: AtomicU64,
}

impl Default for Still {
    fn default() -> Self {
        Self { now: AtomicI64::new(NOON), count: AtomicU64::new(0) }
    }
}

impl Still {
    /// Ids of a copy of the seed go on behind those of the seed.
    pub fn after(count: u64) -> Self {
        Self { now: AtomicI64::new(NOON), count: AtomicU64::new(count) }
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Ambient for Still {
    fn now(&self) -> Moment {
        Moment(self.now.load(Ordering::SeqCst))
    }

    fn uuid(&self) -> Uuid {
        let count = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        let millis = u64::try_from(NOON / 1000).expect("after 1970") + count;
        uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        let count = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&count.to_be_bytes());
        bytes
    }
}
