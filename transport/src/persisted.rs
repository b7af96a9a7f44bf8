//! Automatic persisted queries: a client sends a query's SHA-256 instead of its text, and the text once.
//!
//! Invariant: a text is only ever kept under its own hash. Invariant: the store is bounded by bytes.

use std::sync::Arc;

use async_graphql::Value;
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use super::{
    code::{Code, Refusal},
    limits::{Limits, count, length},
};

/// The texts kept, by hash.
pub struct Persisted {
    cache: Cache<[u8; 32], Arc<str>, Bytes>,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<[u8; 32], Arc<str>> for Bytes {
    fn weight(&self, _: &[u8; 32], text: &Arc<str>) -> u64 {
        count(text.len()).saturating_add(96)
    }
}

impl Persisted {
    /// An empty store of the size the limits state.
    pub fn new(limits: &Limits) -> Self {
        let items = length(limits.persisted_cache_bytes / 1024).max(16);
        Self { cache: Cache::with_weighter(items, limits.persisted_cache_bytes, Bytes) }
    }

    /// The text of a request that names a hash, or sends text and hash together.
    pub fn resolve(&self, extension: &Value, query: Option<String>) -> Result<String, Refusal> {
        let hash = read_hash(extension)?;
        match query {
            Some(text) if <[u8; 32]>::from(Sha256::digest(&text)) == hash => {
                self.cache.insert(hash, text.as_str().into());
                Ok(text)
            }
            Some(_) => Err(Refusal::new(Code::BadRequest, "The hash of the persisted query is not that of its text.")),
            None => self.cache.get(&hash).map(|text| text.as_ref().into()).ok_or_else(|| {
                // The message is the one that clients of this convention look for.
                Refusal::of_document(Code::PersistedQueryNotFound, "PersistedQueryNotFound")
            }),
        }
    }
}

fn read_hash(extension: &Value) -> Result<[u8; 32], Refusal> {
    let wrong = || Refusal::new(Code::BadRequest, "`extensions.persistedQuery` must have `version` 1 and a hexadecimal `sha256Hash`.");
    let Value::Object(object) = extension else {
        return Err(wrong());
    };
    let is_first = matches!(object.get("version"), Some(Value::Number(number)) if number.as_u64() == Some(1));
    let Some(Value::String(hash)) = object.get("sha256Hash") else {
        return Err(wrong());
    };
    let mut bytes = [0; 32];
    hex::decode_to_slice(hash, &mut bytes).map_err(|_| wrong())?;
    if is_first { Ok(bytes) } else { Err(wrong()) }
}
