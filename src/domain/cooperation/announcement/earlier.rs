//! What an announcement said before it was corrected.
use std::collections::HashMap;

use async_graphql::SimpleObject;
use uuid::Uuid;

use crate::{
    base::{Language, Result},
    kernel::text,
    relay::{DateTime, loaders::Batch},
    store::Reader,
};

/// A text of an announcement as it was before a correction.
#[derive(Clone, Debug, SimpleObject)]
pub struct EarlierAnnouncementText {
    /// Counts the versions of the original, from 1.
    pub version: i64,
    /// The title.
    pub title: String,
    /// The news itself.
    pub body: String,
    /// When it was replaced.
    pub replaced_at: DateTime,
}

/// The earlier versions of originals, by announcement and language, the latest first.
pub(super) struct Earlier;

impl Batch for Earlier {
    type Key = (Uuid, Language);
    type Value = Vec<EarlierAnnouncementText>;

    async fn run(&self, reader: Reader, keys: Vec<Self::Key>) -> Result<HashMap<Self::Key, Self::Value>> {
        let subjects: Vec<Uuid> = keys.iter().map(|(subject, _)| *subject).collect();
        let mut parts: Vec<String> = keys.iter().map(|(_, language)| text::part_name(language)).collect();
        parts.sort_unstable();
        parts.dedup();
        let mut found: HashMap<Self::Key, Self::Value> = HashMap::new();
        for saved in reader.history(&subjects, &parts).await? {
            let Some(before) = saved.before else { continue };
            let before: text::Row = serde_json::from_value(before)?;
            let key = (before.subject, before.language.clone());
            if !before.is_original || !keys.contains(&key) {
                continue;
            }
            let part = |name: &str| before.field(name).unwrap_or_default().to_owned();
            let earlier = EarlierAnnouncementText {
                version: before.version,
                title: part("title"),
                body: part("body"),
                replaced_at: DateTime(saved.at),
            };
            found.entry(key).or_default().insert(0, earlier);
        }
        Ok(found)
    }
}
