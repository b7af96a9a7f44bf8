//! Whether the document store answers, as far as anybody has asked it.
use std::{fmt, sync::Arc, time::Instant};

use parking_lot::Mutex;
use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge},
    registry::Registry,
};

use crate::base::{Error, with_causes};

/// The fault of a store that does not answer, or takes and gives nothing: what was asked of it can be asked again.
#[derive(Debug)]
pub struct Away(object_store::Error);

impl fmt::Display for Away {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the document store is away: {}", with_causes(&self.0))
    }
}

impl std::error::Error for Away {}

impl From<object_store::Error> for Away {
    fn from(cause: object_store::Error) -> Self {
        Self(cause)
    }
}

impl Away {
    /// What is wrong, in a sentence that may be shown to anybody: it names neither the place nor the cause.
    pub fn told(&self) -> &'static str {
        use object_store::Error;
        // A list that is refused has no error of its own, but it has what the store said: the codes of S3 and of HTTP.
        let told = with_causes(&self.0);
        let says = |codes: &[&str]| codes.iter().any(|code| told.contains(code));
        if matches!(self.0, Error::NotFound { .. }) || says(&["NoSuchBucket"]) {
            "There is no such bucket; see --documents-url."
        } else if matches!(self.0, Error::PermissionDenied { .. } | Error::Unauthenticated { .. })
            || says(&["403 Forbidden", "401 Unauthorized"])
        {
            "The store refuses the hub's credentials; see AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and what they may do in the bucket."
        } else {
            "The store does not answer; see its address (AWS_ENDPOINT, AWS_REGION) and the network between."
        }
    }
}

/// Whether this is the fault of a store that is away.
pub fn is_away(error: &Error) -> bool {
    matches!(error, Error::Fault(fault) if fault.cause().is::<Away>())
}

/// What is known of the store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Health {
    /// Since when it is away, and what is wrong.
    away: Arc<Mutex<Option<(Instant, &'static str)>>>,
    answers: Gauge,
    failures: Counter,
}

impl Default for Health {
    fn default() -> Self {
        let answers = Gauge::default();
        answers.set(1);
        Self { away: Arc::default(), answers, failures: Counter::default() }
    }
}

impl Health {
    /// Puts the meters where Prometheus reads them.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("document_store_answers", "Whether the store of documents' files answers: 1 or 0", self.answers.clone());
        registry.register("document_store_failures", "Requests that the store of documents' files did not answer", self.failures.clone());
    }

    /// It answered.
    pub(super) fn answered(&self) {
        if self.away.lock().take().is_some() {
            tracing::info!("the document store answers again");
        }
        self.answers.set(1);
    }

    /// It did not.
    pub(super) fn failed(&self, away: &Away) {
        self.failures.inc();
        self.answers.set(0);
        let mut known = self.away.lock();
        if known.is_none() {
            tracing::error!(cause = %away, "the document store is away");
        }
        let since = known.map_or_else(Instant::now, |(since, _)| since);
        *known = Some((since, away.told()));
    }

    /// Seconds since it was found to be away, and what is wrong; none where it answers.
    pub fn away(&self) -> Option<(u64, &'static str)> {
        self.away.lock().map(|(since, told)| (since.elapsed().as_secs(), told))
    }
}
