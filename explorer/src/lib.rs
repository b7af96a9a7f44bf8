//! GraphiQL, built by `build.rs` of what npm has and embedded; empty where it could not be built.
//!
//! A crate of its own, so that npm is done by the time the hub itself is compiled.

/// GraphiQL's files: the path below its page, the media type, the bytes by gzip.
pub static BUILT: &[(&str, &str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/explorer.rs"));
