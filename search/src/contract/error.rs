//! What can go wrong with the index. None of it is the caller's doing: a query is never an error.

use std::fmt;

/// A failure of the index or of the disk below it.
#[derive(Debug)]
pub enum SearchError {
    /// Another process holds the index open for writing.
    Busy,
    Io(std::io::Error),
    Engine(tantivy::TantivyError),
}

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SearchError::Busy => f.write_str("another process uses the search index of this data directory: stop it, or give this one a directory of its own (--data-dir)"),
            SearchError::Io(error) => write!(f, "the search index cannot be read or written: {error}"),
            SearchError::Engine(error) => write!(f, "the search index failed: {error}"),
        }
    }
}

impl std::error::Error for SearchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            SearchError::Busy => None,
            SearchError::Io(error) => Some(error),
            SearchError::Engine(error) => Some(error),
        }
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> SearchError {
        SearchError::Io(error)
    }
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> SearchError {
        match error {
            tantivy::TantivyError::LockFailure(..) => SearchError::Busy,
            other => SearchError::Engine(other),
        }
    }
}

pub type Result<T> = std::result::Result<T, SearchError>;
