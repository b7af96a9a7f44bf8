//! What the transport asks of the rest of the hub: who is this, and what does their request carry.
//!
//! Invariant: a wrong or expired credential is [`Denied`], never the public. No credential at all *is* the public.
//! Invariant: the gate is asked for every operation anew, also on a long-lived socket, so a withdrawn token is noticed.

use std::{net::SocketAddr, sync::Arc};

use async_graphql::Request;
use futures_util::future::BoxFuture;
use poem::http::{HeaderMap, Method, header};

use super::code::{Code, Refusal};

/// How the operation reached us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// One request, one JSON answer.
    Http,
    /// One request, a stream of events.
    Sse,
    /// A socket with many operations.
    WebSocket,
    /// None: the hub itself runs it, for what a webhook sends.
    Webhook,
}

impl Transport {
    /// The name in logs and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Transport::Http => "http",
            Transport::Sse => "sse",
            Transport::WebSocket => "websocket",
            Transport::Webhook => "webhook",
        }
    }
}

/// What is known of a request before its body is read.
#[derive(Debug, Clone)]
pub struct RequestHead {
    /// The id under which everything about this request is logged.
    pub request_id: Arc<str>,
    /// The HTTP method.
    pub method: Method,
    /// The headers; on a WebSocket those of the upgrade.
    pub headers: HeaderMap,
    /// The peer, where it is an internet socket.
    pub remote: Option<SocketAddr>,
    /// How it came.
    pub transport: Transport,
}

impl RequestHead {
    /// A header's text, where it is text.
    pub fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// What an admitted viewer brings into each of their operations: viewer, loaders, languages.
///
/// Runs once per operation, so that nothing with a memory is shared between two of them.
#[derive(Clone)]
pub struct Admission(Arc<dyn Fn(Request) -> Request + Send + Sync>);

impl Admission {
    /// From the function that puts data into a request.
    pub fn new(enter: impl Fn(Request) -> Request + Send + Sync + 'static) -> Self {
        Self(Arc::new(enter))
    }

    /// Puts the viewer's data into one operation.
    pub fn enter(&self, request: Request) -> Request {
        (self.0)(request)
    }
}

/// Why nobody was admitted.
#[derive(Debug)]
pub struct Denied(pub(super) Refusal);

impl Denied {
    /// The credential is wrong, expired or withdrawn.
    pub fn credential(sentence: impl Into<String>) -> Self {
        Self(Refusal::new(Code::Unauthenticated, sentence))
    }

    /// The gate itself failed; the cause has been logged by it.
    pub fn fault(request_id: &str) -> Self {
        let refusal = Refusal::new(Code::Internal, "The credential could not be checked.");
        Self(refusal.detail("requestId", request_id))
    }
}

/// The hub's doorkeeper.
pub trait Gate: Send + Sync + 'static {
    /// Admits the bearer of `credential`, the raw token without its scheme, or the public if there is none.
    fn admit<'a>(&'a self, credential: Option<&'a str>, head: &'a RequestHead) -> BoxFuture<'a, Result<Admission, Denied>>;
}

/// The token of an `Authorization` value. Any other scheme is a wrong credential, not the public.
pub fn bearer(authorization: Option<&str>) -> Result<Option<&str>, Denied> {
    let Some(value) = authorization else {
        return Ok(None);
    };
    match value.trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() => Ok(Some(token.trim())),
        _ => Err(Denied::credential("The Authorization header must read `Bearer` and a token.")),
    }
}

#[cfg(test)]
mod tests {
    use super::bearer;

    #[test]
    fn only_an_absent_header_is_the_public() {
        assert_eq!(bearer(None).ok(), Some(None));
        assert_eq!(bearer(Some("bearer hansa_1")).ok(), Some(Some("hansa_1")));
        for wrong in ["", "Bearer", "Bearer ", "Basic abc", "hansa_1"] {
            assert!(bearer(Some(wrong)).is_err(), "{wrong:?} must not be the public");
        }
    }
}
