//! What the index holds of an agenda.
use uuid::Uuid;

use super::row;
use crate::kernel::prelude::search::*;

/// Agendas are found by their names in every language and by their English description.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    Ok(reader.by_ids::<row::Entity>(ids).await?.into_iter().map(doc).collect())
}

fn doc(row: row::Model) -> SearchDoc {
    let key = DocKey { kind: super::Agenda::NAME.to_owned(), id: row.id.uuid() };
    let mut doc = SearchDoc::new(key, row.audience.key());
    doc.date = row.created_at.0;
    doc.names = row.labels.0.into_values().collect();
    let summary = row.description.unwrap_or_default();
    doc.texts = vec![SearchText { language: "en".to_owned(), is_original: true, title: row.name, summary, body: String::new() }];
    doc
}
