//! The translations of a thing, as the graph tells them.
use async_graphql::SimpleObject;

use super::Head;
use crate::relay::LanguageTag;

/// That a translation exists.
#[derive(Clone, Debug, SimpleObject)]
pub struct Translation {
    /// Its language.
    pub language: LanguageTag,
    /// Whether the original changed since.
    pub is_stale: bool,
    /// The version of the original it translates.
    pub of_version: i64,
}

impl Translation {
    /// The translations a row tells of.
    pub fn list(heads: &[Head], text_version: i64) -> Vec<Self> {
        let told = |head: &Head| Self {
            language: LanguageTag(head.language.clone()),
            is_stale: head.of_version < text_version,
            of_version: head.of_version,
        };
        heads.iter().map(told).collect()
    }
}
