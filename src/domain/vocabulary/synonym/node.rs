//! A synonym.
use async_graphql::Object;

use super::row;
use crate::{
    kernel::{Common, NodeFields, ViewerCan},
    node,
    relay::LanguageTag,
};

node!(
    /// Words and phrases that find each other, or that find others.
    Synonym = "synonym"
);

impl Common for Synonym {
    const SAID: &'static [(&'static str, &'static str)] = &[("slug", "The name in imports and exports."), ("audience", "")];
}

/// Words and phrases that find each other in search, or that find others. Seen by everyone, written by administrators.
#[Object]
impl Synonym {
    #[graphql(flatten)]
    async fn fields(&self) -> NodeFields<'_, Self> {
        NodeFields(self)
    }

    #[graphql(flatten)]
    async fn viewer_can(&self) -> ViewerCan<'_, Self> {
        ViewerCan(self)
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
}
