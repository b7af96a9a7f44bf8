//! What the transport counts, in one Prometheus registry that the rest of the hub may add to.

use std::{sync::Arc, time::Duration};

use parking_lot::Mutex;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

/// What an operation is counted under. Closed sets only: a client must not be able to make labels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct OperationLabels {
    /// http, sse, websocket, webhook.
    pub transport: &'static str,
    /// query, mutation, subscription, none (refused before that was known).
    pub operation: &'static str,
    /// OK or the code of the first error.
    pub outcome: String,
}

/// The transport's own meters.
#[derive(Clone)]
pub struct Meters {
    registry: Arc<Mutex<Registry>>,
    operations: Family<OperationLabels, Counter>,
    seconds: Histogram,
    /// Connections open now.
    pub connections: Gauge,
    /// Sockets open now.
    pub sockets: Gauge,
    /// Subscriptions running now.
    pub subscriptions: Gauge,
    /// Events sent to subscribers.
    pub events: Counter,
    /// Connections refused because there were too many.
    pub refused_connections: Counter,
}

impl Default for Meters {
    fn default() -> Self {
        let buckets = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];
        let meters = Self {
            registry: Arc::new(Mutex::new(Registry::with_prefix("hansa"))),
            operations: Family::default(),
            seconds: Histogram::new(buckets),
            connections: Gauge::default(),
            sockets: Gauge::default(),
            subscriptions: Gauge::default(),
            events: Counter::default(),
            refused_connections: Counter::default(),
        };
        let mut registry = meters.registry.lock();
        registry.register("operations", "GraphQL operations answered or refused", meters.operations.clone());
        registry.register("operation_seconds", "Time from the plan to the answer of queries and mutations", meters.seconds.clone());
        registry.register("connections", "Connections open", meters.connections.clone());
        registry.register("sockets", "WebSockets open", meters.sockets.clone());
        registry.register("subscriptions", "Subscriptions running", meters.subscriptions.clone());
        registry.register("events", "Events sent to subscribers", meters.events.clone());
        registry.register("refused_connections", "Connections refused at the limit", meters.refused_connections.clone());
        drop(registry);
        meters
    }
}

impl Meters {
    /// Adds meters of other parts of the hub.
    pub fn with_registry(&self, add: impl FnOnce(&mut Registry)) {
        add(&mut self.registry.lock());
    }

    /// Counts one operation; its time too if it has one.
    pub fn count(&self, labels: OperationLabels, took: Option<Duration>) {
        self.operations.get_or_create(&labels).inc();
        if let Some(took) = took {
            self.seconds.observe(took.as_secs_f64());
        }
    }

    /// The text that Prometheus reads.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string can't fail; if it could, half a text is better than none.
        let _ = encode(&mut text, &self.registry.lock());
        text
    }
}
