//! The codes of refusals, as the graph tells them.
use async_graphql::Enum;

use crate::base::Code;

/// Why something was refused. One closed list for the whole graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::base::error::Code", name = "ErrorCode")]
pub enum ErrorCode {
    /// A value has the wrong shape or is out of range.
    BadInput,
    /// A value that must be given is missing or empty.
    Required,
    /// A text or list is longer than allowed.
    TooLong,
    /// The thing does not exist, or the viewer may not see it.
    NotFound,
    /// The viewer may see the thing but not do this to it.
    Forbidden,
    /// No credential was given where one is needed.
    Unauthenticated,
    /// `expectedVersion` is stale: somebody else saved in between.
    Conflict,
    /// A slug or other unique value is in use already.
    Taken,
    /// The thing is in a state that does not allow this.
    WrongState,
    /// No places are left.
    Full,
    /// The idempotency key was used for a different request.
    KeyReused,
    /// A file is larger than allowed.
    TooLarge,
    /// The audience would be wider than that of the thing it belongs to.
    TooWide,
}

/// The name of a code as it stands in the SDL: `NOT_FOUND`.
pub fn code_name(code: Code) -> String {
    match async_graphql::resolver_utils::enum_value(ErrorCode::from(code)) {
        async_graphql::Value::Enum(name) => name.to_string(),
        other => other.to_string(),
    }
}
