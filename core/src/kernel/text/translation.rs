//! The translations of a thing, as the graph tells them.
use async_graphql::{Enum, SimpleObject};

use super::Head;
use crate::relay::LanguageTag;

/// Who translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TranslationOrigin {
    /// A person.
    Human,
    /// A machine, by a tool that is named.
    Machine,
}

impl TranslationOrigin {
    /// By the tool that is told of it.
    pub const fn of(tool: Option<&String>) -> Self {
        if tool.is_some() { Self::Machine } else { Self::Human }
    }
}

/// That a translation exists.
#[derive(Clone, Debug, SimpleObject)]
pub struct Translation {
    /// Its language.
    pub language: LanguageTag,
    /// Whether the original changed since.
    pub is_stale: bool,
    /// The version of the original it translates.
    pub of_version: i64,
    /// Who translated it.
    pub origin: TranslationOrigin,
    /// The tool, where a machine did.
    pub tool: Option<String>,
}

impl Translation {
    /// The translations a row tells of.
    pub fn list(heads: &[Head], text_version: i64) -> Vec<Self> {
        let told = |head: &Head| Self {
            language: LanguageTag(head.language.clone()),
            is_stale: head.of_version < text_version,
            of_version: head.of_version,
            origin: TranslationOrigin::of(head.tool.as_ref()),
            tool: head.tool.clone(),
        };
        heads.iter().map(told).collect()
    }
}
