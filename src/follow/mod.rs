//! What follows the log after the commit: the search index, saved searches, subscriptions, texts of files, links, webhooks, digests; what is due by the
//! calendar; and what commands ask of a running hub.
//!
//! Each but subscriptions, which live in their requests, is a [`tasks::Task`]: a panic on one item, or of the whole task, stops nothing for long.
//!
//! Nothing here is told of a change by a mutation; everything reads the log from its own cursor on, so nothing can be
//! forgotten, only be late. The signal that wakes it says “more”, never “what”.
//!
//! Invariant: nothing here writes a domain row or runs inside a request. (A text found in a file is kept by its checksum, in no row; what asking a link found is kept by the link; a match of a saved search is an entry of the log; what a webhook has to send is noted beside it; what is due by the calendar is done by commands of the kinds.)
pub mod digests;
pub mod feed;
mod files_probe;
mod leader;
pub mod link_checks;
mod log_listener;
pub mod log_tail;
pub mod outbound_client;
pub mod rebuild;
pub mod saved_searches;
pub mod schedule;
pub mod search;
pub mod tasks;
pub mod text_extraction;
pub mod trim;
pub mod webhooks;

pub use digests::Digester;
pub use feed::Feed;
pub use files_probe::FilesProbe;
pub use link_checks::LinkChecker;
pub use log_listener::LogListener;
pub use log_tail::LogTail;
pub use outbound_client::OutboundClient;
pub use rebuild::RebuildFollower;
pub use saved_searches::SavedSearchFollower;
pub use schedule::Scheduler;
pub use search::SearchFollower;
pub use tasks::{Task, TaskHealth, Tasks};
pub use text_extraction::TextExtractionFollower;
pub use trim::Trimmer;
pub use webhooks::WebhookFollower;

use tokio::sync::watch;

use crate::{
    base::Result,
    store::{Reader, log::Wanted},
};

/// Kinds whose changes can change what a viewer may see.
const RIGHTS: [&str; 3] = ["person", "pairing", "city"];

/// Returns when the number is past `seen`; never, where nobody can move it any more.
async fn past(number: &mut watch::Receiver<i64>, seen: i64) {
    let is_over = number.wait_for(|number| *number > seen).await.is_err();
    if is_over {
        std::future::pending::<()>().await;
    }
}

/// Whether the log tells of one of these events after `seen`, or nothing was seen yet.
async fn is_told(reader: &Reader, events: &[&str], seen: Option<i64>, upto: i64) -> Result<bool> {
    let wanted = Wanted { events: events.iter().map(|event| (*event).to_owned()).collect(), ..Wanted::default() };
    match seen {
        Some(seen) => Ok(seen < upto && !reader.log(&wanted, seen, Some(upto + 1), false, 1).await?.is_empty()),
        None => Ok(true),
    }
}
