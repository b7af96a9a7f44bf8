//! The request id: taken from the client if it is sane, made otherwise, in every answer and every log line.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use poem::{
    Endpoint, IntoResponse, Request, Response,
    http::{HeaderMap, HeaderName, HeaderValue},
};

use super::gate::{RequestHead, Transport};

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The id of the request being served.
#[derive(Debug, Clone)]
pub struct RequestId(pub Arc<str>);

/// Wraps all routes: gives each request its id and writes one line about it.
pub struct Observed<E>(pub E);

impl<E: Endpoint> Endpoint for Observed<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let id = read_id(&request).unwrap_or_else(made_id);
        request.extensions_mut().insert(RequestId(id.clone()));
        let (method, path, begun) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
        let mut response = self.0.call(request).await.map_or_else(|error| error.into_response(), IntoResponse::into_response);
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(HEADER, value);
        }
        let status = response.status().as_u16();
        let took_ms = milliseconds(begun.elapsed());
        // Probes come every few seconds and say nothing new.
        if PROBES.contains(&path.as_str()) {
            tracing::debug!(request_id = %id, %method, path, status, took_ms, "answered");
        } else {
            tracing::info!(request_id = %id, %method, path, status, took_ms, "answered");
        }
        Ok(response)
    }
}

fn milliseconds(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}

/// An id that can stand in a log line: short, and of letters, digits and a few marks.
fn read_id(request: &Request) -> Option<Arc<str>> {
    let id = request.headers().get(HEADER)?.to_str().ok()?;
    let is_sane = (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte));
    is_sane.then(|| id.into())
}

/// What is known of a request before its body is read.
pub fn head(request: &Request, transport: Transport) -> Arc<RequestHead> {
    let id = request.extensions().get::<RequestId>();
    Arc::new(RequestHead {
        request_id: id.map_or_else(made_id, |id| id.0.clone()),
        method: request.method().clone(),
        headers: match transport {
            Transport::WebSocket => copy(request.headers()),
            _ => request.headers().clone(),
        },
        remote: request.remote_addr().as_socket_addr().copied(),
        transport,
    })
}

/// Headers as they are read share the connection's buffer of 8 KiB; a socket keeps its own few bytes instead.
fn copy(headers: &HeaderMap) -> HeaderMap {
    let of_handshake = |name: &str| name.starts_with("sec-") || ["connection", "upgrade"].contains(&name);
    let kept = headers.iter().filter(|(name, _)| !of_handshake(name.as_str()));
    let copied = kept.filter_map(|(name, value)| {
        let mut copy = HeaderValue::from_bytes(value.as_bytes()).ok()?;
        copy.set_sensitive(value.is_sensitive());
        Some((HeaderName::from_bytes(name.as_ref()).ok()?, copy))
    });
    copied.collect()
}

/// Names a request in logs and nowhere else, so nothing has to foresee it.
#[expect(clippy::disallowed_methods, reason = "request ids are not data of the hub")]
fn made_id() -> Arc<str> {
    uuid::Uuid::now_v7().simple().to_string().into()
}
