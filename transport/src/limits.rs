//! Every limit of the transport, with its default and the reason for it.
//!
//! Invariant: a request past a limit is refused before execution with `LIMIT_EXCEEDED`, the limit's name, its value
//! and the maximum. The names in answers are the names of the fields here.
//! Invariant: with the defaults no refused request costs more than 100 ms or 50 MB; `tests/hub/transport/hostile.rs` holds that.

use serde::{Deserialize, Serialize};

/// What one request, connection or subscriber may ask of the hub.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    // --- the document
    /// Bytes of one GraphQL document. Counted before anything else is done with it.
    pub query_bytes: u64,
    /// Lexical tokens of one document. Counted before parsing.
    pub tokens: u64,
    /// Brackets open at once, of any kind. Counted before parsing, because the parser recurses.
    pub nesting: u64,
    /// Levels of fields, fragments spread. The usual introspection query has 15.
    pub depth: u64,
    /// Selections after spreading every fragment: what validation and execution will walk.
    pub fields: u64,
    /// Aliases, fragments spread.
    pub aliases: u64,
    /// Directives, fragments spread.
    pub directives: u64,
    /// Fields of the operation's root, fragments spread.
    pub root_fields: u64,
    /// Fragment definitions in one document.
    pub fragments: u64,
    /// Items of one list, in a literal or in the variables.
    pub list_size: u64,
    /// Values of all variables, times the places that use them (64 bytes of text count as one value).
    pub variable_values: u64,
    /// The estimated number of values in the answer: a page counts its `first` or `last` times.
    pub cost: u64,
    /// The same for introspection, in hundredths of what the usual introspection query costs on this schema.
    pub introspection_percent: u64,
    /// The page size assumed where neither `first` nor `last` is given.
    pub page_default: u64,
    /// The largest page; a larger `first` or `last` is priced as this, the resolver refuses it.
    pub page_maximum: u64,
    // --- the request
    /// Operations of one batch. Their costs are added up.
    pub batch: u64,
    /// Bytes of one request's body, except for the files of an upload.
    pub body_bytes: u64,
    /// Bytes of all bodies being read at one time.
    pub bodies_bytes: u64,
    /// Bytes of one uploaded file.
    pub upload_bytes: u64,
    /// Files of one upload.
    pub upload_files: u64,
    /// Requests with files being received at one time.
    pub concurrent_uploads: u64,
    /// Time for the head of a request to arrive; also how long an idle connection is kept.
    pub header_timeout_ms: u64,
    /// Time between two pieces of a body.
    pub body_idle_timeout_ms: u64,
    /// Time for a whole body without files.
    pub body_timeout_ms: u64,
    /// Time for a whole body with files.
    pub upload_timeout_ms: u64,
    /// Time for one answer, after its body was read. Not for subscriptions.
    pub request_timeout_ms: u64,
    /// Operations being executed at one time, subscriptions not counted.
    pub concurrent_requests: u64,
    // --- the connection
    /// Connections open at one time, of every kind.
    pub connections: u64,
    /// Time a peer may leave our bytes unread before it is dropped.
    pub stall_timeout_ms: u64,
    /// Operations running at one time on one socket, of every kind.
    pub subscriptions_per_connection: u64,
    /// Subscriptions running at one time in the whole hub.
    pub subscriptions: u64,
    /// Bytes of one message from a socket's client.
    pub message_bytes: u64,
    /// Time from the upgrade to `connection_init`.
    pub connection_init_timeout_ms: u64,
    /// Time between two heartbeats, also of event streams: proxies cut what is silent for 30 seconds. A socket silent for two of them is dropped.
    pub heartbeat_ms: u64,
    /// Time that draining may take before what is left is cut.
    pub drain_timeout_ms: u64,
    // --- the memory
    /// Bytes of parsed documents kept for the next request.
    pub document_cache_bytes: u64,
    /// Bytes of persisted queries kept.
    pub persisted_cache_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            query_bytes: 64 << 10,
            tokens: 5_000,
            nesting: 64,
            depth: 20,
            fields: 5_000,
            aliases: 100,
            directives: 100,
            root_fields: 50,
            fragments: 100,
            list_size: 1_000,
            variable_values: 50_000,
            cost: 50_000,
            introspection_percent: 120,
            page_default: 20,
            page_maximum: 100,
            batch: 20,
            body_bytes: 512 << 10,
            bodies_bytes: 64 << 20,
            upload_bytes: 100 << 20,
            upload_files: 10,
            concurrent_uploads: 32,
            header_timeout_ms: 30_000,
            body_idle_timeout_ms: 5_000,
            body_timeout_ms: 15_000,
            upload_timeout_ms: 600_000,
            request_timeout_ms: 30_000,
            concurrent_requests: 256,
            connections: 12_288,
            stall_timeout_ms: 30_000,
            subscriptions_per_connection: 100,
            subscriptions: 10_000,
            message_bytes: 128 << 10,
            connection_init_timeout_ms: 5_000,
            heartbeat_ms: 12_000,
            drain_timeout_ms: 30_000,
            document_cache_bytes: 16 << 20,
            persisted_cache_bytes: 8 << 20,
        }
    }
}

impl Limits {
    /// Names the first limit that makes no sense, so that the start can be stopped with one sentence.
    pub fn check(&self) -> Result<(), String> {
        let values = serde_json::to_value(self).map_err(|error| error.to_string())?;
        let zero = values.as_object().into_iter().flatten().find(|(_, value)| value.as_u64() == Some(0));
        if let Some((name, _)) = zero {
            return Err(format!("The limit `{name}` must not be zero."));
        }
        if self.page_default > self.page_maximum {
            return Err("The limit `page_default` must not be above `page_maximum`.".into());
        }
        Ok(())
    }
}

/// A length or count as the limits count.
pub(super) fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// A limit as a length in memory.
pub(super) fn length(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// A limit as a time.
pub(super) fn milliseconds(limit: u64) -> std::time::Duration {
    std::time::Duration::from_millis(limit)
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn a_limit_of_zero_is_named() {
        assert_eq!(Limits::default().check(), Ok(()));
        let wrong = Limits { heartbeat_ms: 0, ..Limits::default() };
        assert_eq!(wrong.check(), Err("The limit `heartbeat_ms` must not be zero.".into()));
    }

    #[test]
    fn heartbeats_come_before_a_proxy_cuts() {
        // Of the usual proxies the least patient gives up after 30 seconds: two beats may be lost.
        assert_eq!(Limits::default().heartbeat_ms, 12_000);
    }

    #[test]
    fn an_unknown_limit_is_not_ignored() {
        assert!(serde_json::from_str::<Limits>(r#"{"depht": 3}"#).is_err());
        assert_eq!(serde_json::from_str::<Limits>(r#"{"depth": 3}"#).map(|limits| limits.depth).ok(), Some(3));
    }
}
