//! What is to be kept, and its measure.
use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
};

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// Bytes from the beginning that [`Measured`] holds: enough to find the media type.
pub const HEAD: usize = 64 << 10;

/// A content to keep.
#[derive(Clone, Debug)]
pub enum Source {
    /// In memory.
    Bytes(Bytes),
    /// A file, which stays where it is.
    Path(PathBuf),
}

/// What a content is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// SHA-256 in hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// The first of them, at most [`HEAD`].
    pub head: Bytes,
}

impl Source {
    /// Reads it through once.
    pub(super) fn measure(&self) -> io::Result<Measured> {
        self.measure_into(&mut io::sink())
    }

    /// Reads it through once and copies it.
    pub(super) fn measure_into(&self, copy: &mut impl io::Write) -> io::Result<Measured> {
        match self {
            Self::Bytes(bytes) => {
                copy.write_all(bytes)?;
                Ok(Measured {
                    sha256: hex::encode(Sha256::digest(bytes)),
                    size: bytes.len() as u64,
                    head: bytes.slice(..bytes.len().min(HEAD)),
                })
            }
            Self::Path(path) => {
                // A pipe or device could go on for ever.
                if !path.metadata()?.is_file() {
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
                }
                let mut file = File::open(path)?;
                let (mut hash, mut size, mut head) = (Sha256::new(), 0, Vec::new());
                let mut piece = vec![0; HEAD];
                loop {
                    let count = match file.read(&mut piece) {
                        Ok(0) => break,
                        Ok(count) => count,
                        Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
                        Err(cause) => return Err(cause),
                    };
                    hash.update(&piece[..count]);
                    copy.write_all(&piece[..count])?;
                    size += count as u64;
                    head.extend_from_slice(&piece[..count.min(HEAD - head.len())]);
                }
                Ok(Measured { sha256: hex::encode(hash.finalize()), size, head: head.into() })
            }
        }
    }
}
