//! The messages of `graphql-transport-ws`, and the reasons to close a socket.

use async_graphql::{ServerError, Value};
use serde::Serialize;
use serde_json::json;

use crate::{code::Refusal, lexer, limits::Limits, params::Params, reply::Reply};

/// What a client may say.
pub enum Inbound {
    /// Opens the connection, with credentials if there are any.
    Init(Option<Value>),
    /// Is there anybody?
    Ping(Option<Value>),
    /// Yes.
    Pong,
    /// Runs an operation under an id of the client's choice. The parameters may be wrong in their own way.
    Subscribe(String, Box<Result<Params, Refusal>>),
    /// Ends an operation.
    Complete(String),
}

/// A close code and its reason, which is at most 123 bytes long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(pub u16, pub String);

impl Reason {
    pub(super) fn new(code: u16, reason: impl Into<String>) -> Self {
        Self(code, reason.into())
    }

    fn bad(sentence: &str) -> Self {
        Self::new(4400, sentence)
    }
}

/// Reads one message; whatever is not of the protocol closes the socket with 4400.
pub fn read(text: &str, limits: &Limits) -> Result<Inbound, Reason> {
    if lexer::scan_json(text.as_bytes(), limits.variable_values).is_err() {
        return Err(Reason::bad("The message has too many values"));
    }
    let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
        return Err(Reason::bad("The message must be a JSON object"));
    };
    let kind = match message.swap_remove("type") {
        Some(Value::String(kind)) => kind,
        _ => return Err(Reason::bad("The message must have a type")),
    };
    let payload = message.swap_remove("payload");
    let optional = |payload: Option<Value>| match payload {
        None | Some(Value::Null) => Ok(None),
        Some(payload @ Value::Object(_)) => Ok(Some(payload)),
        Some(_) => Err(Reason::bad("The payload must be an object")),
    };
    let mut id = || match message.swap_remove("id") {
        Some(Value::String(id)) if !id.is_empty() && id.len() <= 128 => Ok(id),
        _ => Err(Reason::bad("The message must have an id of 1 to 128 bytes")),
    };
    match kind.as_str() {
        "connection_init" => Ok(Inbound::Init(optional(payload)?)),
        "ping" => Ok(Inbound::Ping(optional(payload)?)),
        "pong" => optional(payload).map(|_| Inbound::Pong),
        "complete" => Ok(Inbound::Complete(id()?)),
        "subscribe" => {
            let id = id()?;
            match payload {
                Some(payload @ Value::Object(_)) => {
                    let has_query = matches!(&payload, Value::Object(object) if object.get("query").is_none_or(|query| matches!(query, Value::String(_))));
                    if !has_query {
                        return Err(Reason::bad("The payload's query must be a string"));
                    }
                    Ok(Inbound::Subscribe(id, Box::new(Params::from_value(payload))))
                }
                _ => Err(Reason::bad("The payload of subscribe must be an object")),
            }
        }
        _ => Err(Reason::bad("The message's type is not known")),
    }
}

/// What the server says.
pub enum Outbound<'a> {
    /// The connection is open.
    Ack,
    /// The answer to a ping, with the ping's payload.
    Pong(Option<Value>),
    /// One answer of an operation.
    Next(&'a str, &'a Reply),
    /// The operation was refused; this was its last message.
    Error(&'a str, &'a [ServerError]),
    /// The operation has ended.
    Complete(&'a str),
}

#[derive(Serialize)]
struct Envelope<'a, P> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    payload: P,
}

impl Outbound<'_> {
    /// As text.
    pub fn to_text(&self) -> String {
        let written = match self {
            Self::Ack => return r#"{"type":"connection_ack"}"#.into(),
            Self::Pong(None) => return r#"{"type":"pong"}"#.into(),
            Self::Pong(Some(payload)) => {
                return json!({"type": "pong", "payload": payload}).to_string();
            }
            Self::Complete(id) => return json!({"id": id, "type": "complete"}).to_string(),
            Self::Next(id, reply) => serde_json::to_string(&Envelope { id, kind: "next", payload: reply }),
            Self::Error(id, errors) => serde_json::to_string(&Envelope { id, kind: "error", payload: errors }),
        };
        written.unwrap_or_else(|error| {
            tracing::error!(%error, "a message could not be written as JSON");
            String::new()
        })
    }
}
