//! Every error code a client can meet on the wire, in one closed list, and the refusal that carries it.
//!
//! Invariant: no error leaves the server without `extensions.code`, and that code is one of [`Code::ALL`].
//! Invariant: a message never holds an internal cause. A fault is logged with the request id; the client gets the id.

use async_graphql::{ErrorExtensionValues, Pos, ServerError, Value};
use poem::http::StatusCode;

/// Why a request, or a part of it, was not answered as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// The request is not well-formed: not JSON, a parameter of the wrong kind, an unknown operation name.
    BadRequest,
    /// The method or the media type is not one this endpoint takes.
    NotSupported,
    /// The document is not GraphQL.
    ParseFailed,
    /// The document does not fit the schema.
    ValidationFailed,
    /// A variable's value does not fit its declared type.
    BadVariables,
    /// An argument's value is of the right type but not acceptable.
    BadInput,
    /// The credential is wrong, expired or withdrawn.
    Unauthenticated,
    /// The viewer is known but may not do this.
    Forbidden,
    /// There is no such thing, or the viewer may not see it.
    NotFound,
    /// A limit was passed; `limit`, `value` and `maximum` say which and by how much.
    LimitExceeded,
    /// The answer, or the request's body, took too long.
    Timeout,
    /// The persisted query is not known (any more): send its text once.
    PersistedQueryNotFound,
    /// The server is draining or the thing asked of is not ready.
    Unavailable,
    /// The store of documents' files does not answer: nothing was done, ask again in some seconds.
    StoreUnavailable,
    /// The fault is ours; `requestId` finds it in the log.
    Internal,
}

impl Code {
    /// The closed list, in the order of the enum.
    pub const ALL: [Code; 15] = [
        Code::BadRequest,
        Code::NotSupported,
        Code::ParseFailed,
        Code::ValidationFailed,
        Code::BadVariables,
        Code::BadInput,
        Code::Unauthenticated,
        Code::Forbidden,
        Code::NotFound,
        Code::LimitExceeded,
        Code::Timeout,
        Code::PersistedQueryNotFound,
        Code::Unavailable,
        Code::StoreUnavailable,
        Code::Internal,
    ];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Code::BadRequest => "BAD_REQUEST",
            Code::NotSupported => "NOT_SUPPORTED",
            Code::ParseFailed => "PARSE_FAILED",
            Code::ValidationFailed => "VALIDATION_FAILED",
            Code::BadVariables => "BAD_VARIABLES",
            Code::BadInput => "BAD_INPUT",
            Code::Unauthenticated => "UNAUTHENTICATED",
            Code::Forbidden => "FORBIDDEN",
            Code::NotFound => "NOT_FOUND",
            Code::LimitExceeded => "LIMIT_EXCEEDED",
            Code::Timeout => "TIMEOUT",
            Code::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Code::Unavailable => "UNAVAILABLE",
            Code::StoreUnavailable => "STORE_UNAVAILABLE",
            Code::Internal => "INTERNAL",
        }
    }

    /// The HTTP status of a request refused with this code before execution.
    pub const fn status(self) -> StatusCode {
        match self {
            Code::Unauthenticated => StatusCode::UNAUTHORIZED,
            Code::Forbidden => StatusCode::FORBIDDEN,
            Code::Timeout => StatusCode::GATEWAY_TIMEOUT,
            Code::Unavailable | Code::StoreUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

/// A request (or one operation of it) refused before execution.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Which of the closed list.
    pub code: Code,
    /// One sentence for the developer who reads it.
    pub message: String,
    /// The HTTP status where the transport has one.
    pub status: StatusCode,
    /// True where the fault lies in the GraphQL document, which `application/json` answers with 200.
    pub in_document: bool,
    positions: Vec<Pos>,
    details: Vec<(&'static str, Value)>,
    others: Vec<Refusal>,
}

impl Refusal {
    /// A refusal of the request as such.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            status: code.status(),
            in_document: false,
            positions: vec![],
            details: vec![],
            others: vec![],
        }
    }

    /// A refusal of what stands in the GraphQL document or its variables.
    pub fn of_document(code: Code, message: impl Into<String>) -> Self {
        Self { in_document: true, ..Self::new(code, message) }
    }

    /// A limit was passed.
    pub fn limit(limit: &'static str, value: u64, maximum: u64) -> Self {
        let message = format!("The limit `{limit}` is {maximum}, this request has {value}.");
        let mut refusal = Self::of_document(Code::LimitExceeded, message);
        refusal.details = vec![("limit", limit.into()), ("value", value.into()), ("maximum", maximum.into())];
        refusal
    }

    /// With another HTTP status than the code's own; the fault is then the transport's, not the document's.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self.in_document = false;
        self
    }

    /// With the places in the document.
    #[must_use]
    pub fn at(mut self, positions: impl IntoIterator<Item = Pos>) -> Self {
        self.positions.extend(positions);
        self
    }

    /// With one more reason, told as an error of its own.
    #[must_use]
    pub fn and(mut self, other: Refusal) -> Self {
        self.others.push(other);
        self
    }

    /// Every reason as an error.
    pub fn into_errors(mut self) -> Vec<ServerError> {
        let others = std::mem::take(&mut self.others);
        std::iter::once(self).chain(others).map(ServerError::from).collect()
    }

    /// With one more entry of `extensions`.
    #[must_use]
    pub fn detail(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.details.push((name, value.into()));
        self
    }
}

impl From<Refusal> for ServerError {
    fn from(refusal: Refusal) -> Self {
        let mut error = ServerError::new(refusal.message, None);
        error.locations = refusal.positions;
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", refusal.code.as_str());
        for (name, value) in refusal.details {
            extensions.set(name, value);
        }
        error.extensions = Some(extensions);
        error
    }
}

/// Marks an error with a code, leaving everything else as it is.
pub fn mark(error: &mut ServerError, code: Code) {
    error.extensions.get_or_insert_default().set("code", code.as_str());
}

/// Turns an error into what a client may see of a fault of ours: the code and the id under which it was logged.
pub fn mask(error: &mut ServerError, request_id: &str) {
    error.message = "The server failed to answer. The fault is logged under this request's id.".into();
    error.source = None;
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", Code::Internal.as_str());
    extensions.set("requestId", request_id);
    error.extensions = Some(extensions);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct() {
        let names: std::collections::HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn a_limit_names_itself_its_value_and_its_maximum() {
        let error = ServerError::from(Refusal::limit("depth", 34, 20));
        let json = serde_json::to_value(&error).expect("an error is JSON");
        assert_eq!(json["extensions"], serde_json::json!({"code": "LIMIT_EXCEEDED", "limit": "depth", "value": 34, "maximum": 20}));
    }
}
