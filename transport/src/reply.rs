//! One operation's answer, before it is written to a transport.
//!
//! Invariant: a refused operation has no `data` entry, an executed one always has, be it null.
//! Invariant: every error has a code of the closed list; an error of unknown origin is a fault of ours and is masked.

use std::collections::BTreeMap;

use async_graphql::{Response, ServerError, Value};
use poem::http::StatusCode;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::code::{Code, Refusal, mark, mask};

/// The errors written at most; a document of thousands of mistakes does not get thousands of sentences.
const ERRORS: usize = 50;

/// An answer, or a refusal in the form of one.
#[derive(Debug)]
pub struct Reply {
    /// None where the operation was refused before execution.
    pub data: Option<Value>,
    /// Each with a code.
    pub errors: Vec<ServerError>,
    /// The response's extensions.
    pub extensions: BTreeMap<String, Value>,
    /// For transports that have one and for refusals only.
    pub status: StatusCode,
    /// True where `application/json` must answer 200 all the same.
    pub in_document: bool,
}

impl Reply {
    /// From what the engine answered.
    pub fn from_response(response: Response, request_id: &str) -> Self {
        let mut errors = response.errors;
        errors.truncate(ERRORS);
        // The engine gives a path to each error of execution and to none before it.
        let refused = response.data == Value::Null && !errors.is_empty() && errors.iter().all(|error| error.path.is_empty());
        for error in &mut errors {
            classify(error, refused, request_id);
        }
        Self {
            data: (!refused).then_some(response.data),
            errors,
            extensions: response.extensions,
            status: if refused { StatusCode::BAD_REQUEST } else { StatusCode::OK },
            in_document: true,
        }
    }

    /// Whether the operation was refused before execution.
    pub fn is_refused(&self) -> bool {
        self.data.is_none()
    }

    /// Whether nothing was answered because the store of documents' files is away.
    pub fn waits_for_store(&self) -> bool {
        matches!(self.data, None | Some(Value::Null)) && self.outcome() == Code::StoreUnavailable.as_str()
    }

    /// The code of the first error, for logs and metrics.
    pub fn outcome(&self) -> &str {
        let code = self.errors.first().and_then(|error| error.extensions.as_ref()?.get("code"));
        match code {
            Some(Value::String(code)) => code,
            _ => "OK",
        }
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        let (status, in_document) = (refusal.status, refusal.in_document);
        Self { data: None, errors: refusal.into_errors(), extensions: BTreeMap::new(), status, in_document }
    }
}

impl Serialize for Reply {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.errors.is_empty() {
            map.serialize_entry("errors", &self.errors)?;
        }
        if let Some(data) = &self.data {
            map.serialize_entry("data", data)?;
        }
        if !self.extensions.is_empty() {
            map.serialize_entry("extensions", &self.extensions)?;
        }
        map.end()
    }
}

fn classify(error: &mut ServerError, refused: bool, request_id: &str) {
    let known = match error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
        Some(Value::String(code)) => Some(code.as_str()),
        _ => None,
    };
    match known {
        Some(code) if code != Code::Internal.as_str() => {}
        // A fault that names its cause for the log and nothing else was masked where it arose; only the id is missing.
        Some(_) => mask(error, request_id),
        None if refused => {
            error.message = error.message.chars().take(1_000).collect();
            mark(error, Code::ValidationFailed);
        }
        None if is_of_an_argument(&error.message) => {
            error.message = error.message.chars().take(1_000).collect();
            mark(error, Code::BadInput);
        }
        None => {
            tracing::error!(request_id, path = ?error.path, cause = %error.message, "a resolver failed");
            mask(error, request_id);
        }
    }
}

/// The engine's own sentences for an argument that its type's parser refused.
fn is_of_an_argument(message: &str) -> bool {
    ["Failed to parse \"", "Expected input type \"", "Invalid value for argument "].iter().any(|start| message.starts_with(start))
}
