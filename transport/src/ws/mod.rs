//! `graphql-transport-ws` over WebSocket: queries, mutations and subscriptions of one client on one connection.
//!
//! - `message.rs`: what is said on the socket, and the reasons to close it
//! - `operation.rs`: one operation of the client
//! - `session.rs`: one client's connection from the upgrade to the close
//!
//! Invariant: one task and a few small buffers per connection. What the client does not read is not made: while a
//! message is being sent nothing else of the connection is polled.

mod message;
mod operation;
mod session;

use std::{any::Any, sync::Arc};

use poem::{
    Request, Response,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        handshake::derive_accept_key,
        protocol::{Role, WebSocketConfig},
    },
};

use self::session::Session;
use super::{
    code::{Code, Refusal},
    engine::Engine,
    gate::Transport,
    limits::length,
    media::Answer,
    observe,
};
use crate::base::Counted;

/// Bytes written at once where several messages are ready; a buffer that was this full stays so large.
const WRITTEN: usize = 8 << 10;

const PROTOCOL: &str = "graphql-transport-ws";

/// Something of the connection that must live as long as the socket, such as its slot in the limit on connections.
#[derive(Clone)]
pub struct Lease {
    _held: Arc<dyn Any + Send + Sync>,
}

impl Lease {
    /// Keeps `held` until the last socket of the connection is closed.
    pub fn of(held: impl Any + Send + Sync) -> Self {
        Self { _held: Arc::new(held) }
    }
}

/// Whether a request wants to become a WebSocket.
pub fn is_upgrade(headers: &HeaderMap) -> bool {
    has_token(headers, header::CONNECTION, "upgrade") && has_token(headers, header::UPGRADE, "websocket")
}

/// Answers the handshake and leaves the connection to a session of its own.
pub fn upgrade(engine: &Arc<Engine>, request: &Request) -> Response {
    let headers = request.headers();
    if headers.get(header::SEC_WEBSOCKET_VERSION).map(HeaderValue::as_bytes) != Some(b"13") {
        let refusal = Refusal::new(Code::NotSupported, "Only version 13 of the WebSocket protocol is spoken.");
        let mut response = super::response::refuse(Answer::Json, refusal.status(StatusCode::UPGRADE_REQUIRED));
        response.headers_mut().insert(header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        return response;
    }
    let bad = |sentence: &str| super::response::refuse(Answer::Json, Refusal::new(Code::BadRequest, sentence));
    let Some(key) = headers.get(header::SEC_WEBSOCKET_KEY) else {
        return bad("The WebSocket handshake has no key.");
    };
    if engine.drain.has_begun() {
        return super::response::refuse(Answer::Json, Refusal::new(Code::Unavailable, "The server is about to stop."));
    }
    let Ok(upgrade) = request.take_upgrade() else {
        return bad("This connection can't become a WebSocket.");
    };
    let accept = derive_accept_key(key.as_bytes());
    let is_ours = has_token(headers, header::SEC_WEBSOCKET_PROTOCOL, PROTOCOL);
    let (engine, head) = (engine.clone(), observe::head(request, Transport::WebSocket));
    let lease = request.extensions().get::<Lease>().cloned();
    engine.clone().drain.spawn(async move {
        let _lease = lease;
        let Ok(upgraded) = upgrade.await else { return };
        let _counted = Counted::new(&engine.meters.sockets);
        let socket = WebSocketStream::from_raw_socket(upgraded, Role::Server, Some(config(&engine))).await;
        // Boxed, so that the task is as large as the session needs and no larger.
        Box::pin(Session::new(engine, head, socket).run(is_ours)).await;
    });
    let mut response = Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(header::CONNECTION, "Upgrade")
        .header(header::UPGRADE, "websocket")
        .header(header::SEC_WEBSOCKET_ACCEPT, accept);
    // A client of another protocol is let in and told by the close code 4406, which the bare handshake could not say.
    if is_ours {
        response = response.header(header::SEC_WEBSOCKET_PROTOCOL, PROTOCOL);
    }
    response.finish()
}

fn config(engine: &Engine) -> WebSocketConfig {
    let largest = length(engine.limits.message_bytes);
    WebSocketConfig::default()
        .read_buffer_size(2 << 10)
        .write_buffer_size(WRITTEN)
        .max_message_size(Some(largest))
        .max_frame_size(Some(largest))
}

fn has_token(headers: &HeaderMap, name: header::HeaderName, token: &str) -> bool {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|each| each.trim().eq_ignore_ascii_case(token))
}
