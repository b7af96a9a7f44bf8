//! Two sorts of error and no third: a refusal is the caller's business, a fault is ours.
//!
//! [`Error`] deliberately has no `Display`: async-graphql turns anything displayable into a message
//! for the client, so what can't be displayed can't leak.
use std::fmt;

/// Why something was refused. One closed list for the whole graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
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

/// One refusal: what, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code, for programs.
    pub code: Code,
    /// A sentence, for people.
    pub message: String,
    /// Where in the input, dotted: `input.title`. Empty for the whole.
    pub path: String,
}

impl Refusal {
    /// A refusal of one input field.
    pub fn new(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), path: path.into() }
    }
}

/// Something that went wrong on our side; its cause is logged and never sent.
#[derive(Debug)]
pub struct Fault(Box<dyn std::error::Error + Send + Sync>);

impl Fault {
    /// A fault with a sentence for the log.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }

    /// The cause, for the log only.
    pub fn cause(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
        &*self.0
    }
}

/// A refusal or a fault.
#[derive(Debug)]
pub enum Error {
    /// The caller's business.
    Refused(Vec<Refusal>),
    /// Ours.
    Fault(Fault),
}

/// What the hub's own functions answer.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The words for a log line or a terminal: refusals as sentences, faults with their causes.
    pub fn told(&self) -> String {
        match self {
            Self::Refused(refusals) => refusals.iter().map(|r| r.message.as_str()).collect::<Vec<_>>().join(" "),
            Self::Fault(fault) => with_causes(fault.cause()),
        }
    }
}

/// An error's words with those of its causes.
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        // Many causes repeat the one below them in their own words.
        if !told.contains(&cause.to_string()) {
            told.push_str(": ");
            told.push_str(&cause.to_string());
        }
        next = cause.source();
    }
    told
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<std::io::Error> for Error {
    fn from(cause: std::io::Error) -> Self {
        Self::Fault(Fault::new(cause))
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::Fault(Fault::new(cause))
    }
}

/// Refuses with one code, place and sentence.
pub fn refuse<T>(code: Code, path: impl Into<String>, message: impl Into<String>) -> Result<T> {
    Err(Refusal::new(code, path, message).into())
}

/// Refuses when `condition` holds.
pub fn refuse_if(condition: bool, code: Code, path: impl Into<String>, message: impl Into<String>) -> Result<()> {
    if condition { refuse(code, path, message) } else { Ok(()) }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}
