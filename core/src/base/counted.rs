//! Counting what is under way, however it ends.
use prometheus_client::metrics::gauge::Gauge;

/// Counts one up now and one down when dropped.
pub struct Counted(Gauge);

impl Counted {
    /// Counts up.
    pub fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}
