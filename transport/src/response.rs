//! Replies as HTTP responses.
use poem::{
    Body, Response,
    http::{HeaderValue, StatusCode, header},
};
use serde::Serialize;

use super::{
    code::{Code, Refusal},
    limits::count,
    media::Answer,
    reply::Reply,
};
use crate::files::RETRY_AFTER;

/// Writes one answer.
pub fn write(answer: Answer, reply: &Reply) -> Response {
    if reply.waits_for_store() {
        // Whatever media type they take, proxies and clients know by this status that it may be asked again.
        let mut response = json(Code::StoreUnavailable.status(), answer, reply);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        return response;
    }
    let status = match answer {
        _ if !reply.is_refused() => StatusCode::OK,
        Answer::Json if reply.in_document => StatusCode::OK,
        _ => reply.status,
    };
    json(status, answer, reply)
}

/// Writes a refusal.
pub fn refuse(answer: Answer, refusal: Refusal) -> Response {
    write(answer, &refusal.into())
}

/// Writes any value as JSON.
pub fn json(status: StatusCode, answer: Answer, value: &impl Serialize) -> Response {
    let bytes = serde_json::to_vec(value).unwrap_or_else(|error| {
        tracing::error!(%error, "an answer could not be written as JSON");
        br#"{"errors":[{"message":"The answer could not be written.","extensions":{"code":"INTERNAL"}}]}"#.to_vec()
    });
    let mut response = Response::builder().status(status).content_type(answer.content_type());
    response = response.header(header::CONTENT_LENGTH, count(bytes.len())).header("x-content-type-options", "nosniff");
    response = match status {
        StatusCode::METHOD_NOT_ALLOWED => response.header(header::ALLOW, "GET, POST"),
        StatusCode::UNAUTHORIZED => response.header(header::WWW_AUTHENTICATE, "Bearer"),
        StatusCode::SERVICE_UNAVAILABLE => response.header(header::RETRY_AFTER, "1"),
        StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE => response.header(header::CONNECTION, "close"),
        _ => response,
    };
    response.body(Body::from(bytes))
}
