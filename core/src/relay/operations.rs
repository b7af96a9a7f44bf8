//! Operations that the hub runs for somebody who is not there: a webhook's payload.
use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::{access::Viewer, base::Language};

/// Answers queries as the transport does, under the same limits. The transport stands on the graph and the graph asks this, so it is a
/// door that is hung in when both are there.
pub trait Operations: Send + Sync {
    /// The answer of a query (no mutation, no subscription) as `data` and `errors`, or the sentence with which it is refused before it is run.
    /// Variables that it does not declare are left out.
    fn answer<'a>(
        &'a self,
        viewer: Arc<Viewer>,
        languages: Arc<[Language]>,
        query: &'a str,
        variables: Value,
    ) -> BoxFuture<'a, Result<Value, String>>;
}
