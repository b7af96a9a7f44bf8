//! A file that came with a request: the `Upload` scalar and what a resolver gets for it.
//!
//! The transport receives the files and puts [`Files`] into the request's data; resolvers ask [`Upload::file`].
//!
//! Invariant: a received file is deleted when the request ends, unless the resolver kept it.
//! Invariant: what the client said of a file (name, media type) is carried as said and never acted upon here.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use async_graphql::{Context, InputValueError, InputValueResult, Scalar, ScalarType, Value};

use crate::base::{Code, Refusal, Result};

const PREFIX: &str = "upload:";

/// A file sent with the request by the GraphQL multipart request specification. Only in variables, only in mutations.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Upload(usize);

/// Its number is that of one request; a retry that sends its files in another order is the same request.
impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Upload")
    }
}

/// A file sent with the request by the GraphQL multipart request specification. Only in variables, only in mutations.
#[Scalar(name = "Upload", specified_by_url = "https://github.com/jaydenseric/graphql-multipart-request-spec")]
impl ScalarType for Upload {
    fn parse(value: Value) -> InputValueResult<Self> {
        let index = match &value {
            Value::String(text) => text.strip_prefix(PREFIX).and_then(|index| index.parse().ok()),
            _ => None,
        };
        index.map(Self).ok_or_else(|| InputValueError::custom("send the file by the GraphQL multipart request specification"))
    }

    fn to_value(&self) -> Value {
        Value::Null
    }
}

impl Upload {
    /// The value that stands for the file of this number in the variables.
    pub fn place(index: usize) -> Value {
        Value::String(format!("{PREFIX}{index}"))
    }

    /// The file itself.
    pub fn file(self, ctx: &Context<'_>) -> Result<Arc<ReceivedFile>> {
        let file = ctx.data_opt::<Files>().and_then(|files| files.0.get(self.0));
        let missing = || Refusal::new(Code::BadInput, "", "The file was not sent with this request.").into();
        file.cloned().ok_or_else(missing)
    }
}

/// The files of one request, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Files(Arc<Vec<Arc<ReceivedFile>>>);

impl Files {
    /// Takes them.
    pub fn new(files: Vec<ReceivedFile>) -> Self {
        Self(Arc::new(files.into_iter().map(Arc::new).collect()))
    }
}

/// A file on disk that belongs to the running request.
#[derive(Debug)]
pub struct ReceivedFile {
    path: PathBuf,
    kept: AtomicBool,
    /// Its length in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// The name the client gave it: text to show, never a path to open.
    pub file_name: String,
    /// The media type the client declared: a claim.
    pub declared_type: Option<String>,
}

impl ReceivedFile {
    /// A file that will be received at this path.
    pub fn begin(path: PathBuf, file_name: String, declared_type: Option<String>) -> Self {
        Self { path, kept: AtomicBool::new(false), size: 0, sha256: [0; 32], file_name, declared_type }
    }

    /// Where its bytes are until the request ends.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves the file where it is: from now on it is the caller's to move or delete.
    pub fn keep(&self) -> &Path {
        self.kept.store(true, Ordering::Relaxed);
        &self.path
    }
}

impl Drop for ReceivedFile {
    fn drop(&mut self) {
        if !self.kept.load(Ordering::Relaxed)
            && let Err(error) = std::fs::remove_file(&self.path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(path = %self.path.display(), %error, "a received file could not be deleted");
        }
    }
}

/// Deletes what an earlier run left in the folder for received files, and makes the folder.
pub fn sweep(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("received-") {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
