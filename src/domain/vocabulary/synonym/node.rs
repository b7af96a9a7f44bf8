//! The face of a synonym.
use async_graphql::{ID, Object};

use super::row;
use crate::{
    base::Kind,
    relay::{DateTime, LanguageTag, NodeType},
};

/// Words and phrases that find each other, or that find others.
pub struct Synonym(pub(super) row::Model);

impl Kind for Synonym {
    const NAME: &'static str = "synonym";
}

impl NodeType for Synonym {
    type Row = row::Model;
    fn of(row: Self::Row) -> Self {
        Self(row)
    }
}

/// Words and phrases that find each other in search, or that find others. Seen by everyone, written by administrators.
#[Object]
impl Synonym {
    /// The global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The name in imports and exports.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Counts the saves; give it to `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// The language whose texts are sought; null for every language, and names.
    async fn language(&self) -> Option<LanguageTag> {
        self.0.language.clone().map(LanguageTag)
    }

    /// What is asked for. Where there are no expansions, each of these finds the others.
    async fn terms(&self) -> &[String] {
        &self.0.terms.0
    }

    /// What each of the terms also finds, and not the other way round. Empty where the terms find each other.
    async fn expansions(&self) -> &[String] {
        &self.0.expansions.0
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}
