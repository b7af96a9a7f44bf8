//! Server-sent events by the graphql-sse protocol, distinct connections: one request, one operation, its answers as
//! `next` events and a `complete` at the end.
//!
//! Invariant: the operation is not polled while the client does not read. Invariant: a stream ends with `complete`,
//! also when the server drains.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, stream::BoxStream};
use poem::{
    Body, Response,
    http::{Method, StatusCode, header},
};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::{
    code::{Code, Refusal},
    engine::Engine,
    gate::{Admission, RequestHead},
    limits::milliseconds,
    media::Answer,
    params::Params,
    reply::Reply,
    response::write,
};

/// Answers with a stream of events. An operation that is refused is told so in the stream, as the protocol asks.
pub fn respond(engine: &Arc<Engine>, params: Params, admission: &Admission, head: &Arc<RequestHead>) -> Response {
    let planned = engine.plan(params).and_then(|plan| {
        if head.method == Method::GET && plan.operation == OperationType::Mutation {
            let sentence = "A GET runs no mutations; send it by POST.";
            return Err(Refusal::new(Code::NotSupported, sentence).status(StatusCode::METHOD_NOT_ALLOWED));
        }
        Ok(plan)
    });
    let replies = match planned {
        Ok(plan) => engine.stream(plan, admission, head),
        Err(refusal) if refusal.in_document => {
            let reply = engine.refuse(refusal, head);
            async move { reply }.into_stream().boxed()
        }
        Err(refusal) => return write(Answer::Json, &engine.refuse(refusal, head)),
    };
    Response::builder()
        .status(StatusCode::OK)
        .content_type(Answer::Events.content_type())
        .header(header::CACHE_CONTROL, "no-cache, no-transform")
        // Proxies of the nginx family hold back what they could buffer.
        .header("x-accel-buffering", "no")
        .body(Body::from_bytes_stream(events(engine, replies)))
}

fn events(
    engine: &Arc<Engine>,
    mut replies: BoxStream<'static, Reply>,
) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> + Send + use<> {
    let period = milliseconds(engine.limits.heartbeat_ms);
    let mut heartbeat = interval_at(Instant::now() + period, period);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The server waits for what holds this: a stream that has begun is not cut while it drains.
    let held = engine.drain.hold();
    async_stream::stream! {
        let _held = held;
        // Something must be written at once, or clients and proxies wait for the first event to see the headers.
        yield Ok(Bytes::from_static(b":\n\n"));
        loop {
            tokio::select! {
                biased;
                reply = replies.next() => match reply {
                    Some(reply) => yield Ok(event(&reply)),
                    None => break,
                },
                _ = heartbeat.tick() => yield Ok(Bytes::from_static(b":\n\n")),
            }
        }
        yield Ok(Bytes::from_static(b"event: complete\ndata:\n\n"));
    }
}

/// JSON holds no line breaks outside of strings and none unescaped within, so one `data` line is enough.
fn event(reply: &Reply) -> Bytes {
    let mut bytes = b"event: next\ndata: ".to_vec();
    if serde_json::to_writer(&mut bytes, reply).is_err() {
        bytes.extend_from_slice(br#"{"errors":[{"message":"The answer could not be written.","extensions":{"code":"INTERNAL"}}]}"#);
    }
    bytes.extend_from_slice(b"\n\n");
    bytes.into()
}
