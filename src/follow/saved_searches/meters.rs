//! What matching saved searches costs, for `/metrics`.
use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

/// What is counted of it.
#[derive(Clone)]
pub struct Meters {
    pub(super) seconds: Histogram,
    pub(super) delay: Histogram,
    pub(super) things: Counter,
    pub(super) asked: Counter,
    pub(super) matches: Counter,
    pub(super) searches: Gauge,
}

impl Default for Meters {
    fn default() -> Self {
        let seconds = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0];
        Self {
            seconds: Histogram::new(seconds),
            delay: Histogram::new(seconds),
            things: Counter::default(),
            asked: Counter::default(),
            matches: Counter::default(),
            searches: Gauge::default(),
        }
    }
}

impl Meters {
    /// Adds them to those of the hub.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("standing_seconds", "Time to find which saved searches some things answer", self.seconds.clone());
        registry.register("standing_delay_seconds", "Time from an event until its last match is told", self.delay.clone());
        registry.register("standing_things", "Things held against all saved searches", self.things.clone());
        registry.register("standing_asked", "Saved searches put to the index", self.asked.clone());
        registry.register("standing_matches", "Matches of saved searches found", self.matches.clone());
        registry.register("standing_searches", "Saved searches kept by this hub while it has the turn", self.searches.clone());
    }
}
