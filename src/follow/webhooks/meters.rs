//! What is counted of webhooks.
use std::time::Duration;

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

/// How an attempt went: `delivered`, `failed`, `dead`, `hidden`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Labels {
    outcome: &'static str,
}

/// The meters of webhooks.
#[derive(Clone)]
pub struct Meters {
    attempts: Family<Labels, Counter>,
    seconds: Histogram,
    /// Deliveries that wait, as the hub that sends sees it.
    pub waiting: Gauge,
    /// Requests to receivers under way.
    pub sending: Gauge,
}

impl Default for Meters {
    fn default() -> Self {
        let buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0];
        Self { attempts: Family::default(), seconds: Histogram::new(buckets), waiting: Gauge::default(), sending: Gauge::default() }
    }
}

impl Meters {
    /// Adds them to what the hub tells.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("webhook_attempts", "Attempts to deliver to a webhook's receiver", self.attempts.clone());
        registry.register("webhook_attempt_seconds", "Time a receiver took to answer", self.seconds.clone());
        registry.register("webhook_waiting", "Deliveries that wait, told by the hub that sends", self.waiting.clone());
        registry.register("webhook_sending", "Requests to receivers under way", self.sending.clone());
    }

    /// Counts an attempt.
    pub fn count(&self, outcome: &'static str) {
        self.attempts.get_or_create(&Labels { outcome }).inc();
    }

    /// Notes how long a receiver took.
    pub fn took(&self, took: Duration) {
        self.seconds.observe(took.as_secs_f64());
    }
}
