//! Whether the hub is ready: the database answers, the index is near the log's head, the tasks that answers need are well. Other tasks that are down, and
//! a document store that is away, are told, and the hub answers on.
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::{
    files::Files,
    follow::Tasks,
    search::SearchIndex,
    store::Log,
    transport::{self, Check},
};

/// How many entries the index may lag behind the log and still be called ready, once it has been at the head.
const NEAR: i64 = 5_000;

/// Asks the database, the index and the document store.
#[derive(Clone)]
pub struct Readiness {
    /// The log.
    pub log: Log,
    /// The index.
    pub index: Arc<SearchIndex>,
    /// Documents' bytes.
    pub files: Files,
    /// The log's head when the hub started: before the index has reached it, searches miss what was there.
    pub begun_at: i64,
    /// What runs beside the requests.
    pub tasks: Tasks,
}

impl transport::Readiness for Readiness {
    fn report(&self) -> BoxFuture<'_, Vec<Check>> {
        Box::pin(async {
            let (refreshed, ()) = tokio::join!(self.log.refresh(), self.files.probe());
            let database = refreshed.err().map(|error| {
                tracing::error!(cause = error.told(), "the database does not answer");
                "The database does not answer.".to_owned()
            });
            let lag = self.log.head() - self.index.position();
            let is_behind = lag > NEAR || self.index.position() < self.begun_at;
            let index = is_behind.then(|| format!("The search index is catching up: {lag} log entries to go."));
            let store = self.files.health().away();
            let store = store.map(|(seconds, told)| format!("The document store has been away for {seconds} s. {told}"));
            let mut checks = vec![Check::of("database", database), Check::of("index_lag", index), Check::bearable("document_store", store)];
            checks.extend(self.tasks.down().into_iter().map(|down| {
                let told = format!("The task “{}” is down since {}; the log tells why, and it is tried again.", down.task, down.since);
                if down.is_needed { Check::of(down.task, Some(told)) } else { Check::bearable(down.task, Some(told)) }
            }));
            checks
        })
    }
}
