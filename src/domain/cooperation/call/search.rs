//! What the index holds of a call.
use uuid::Uuid;

use super::row;
use crate::{domain::programme, kernel::prelude::search::*};

/// Calls are found by name and description, in their programme's language.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let frames = programme::frames(reader, &rows.iter().map(|row| row.programme.uuid()).collect()).await?;
    let docs = rows.into_iter().map(|row| {
        let key = DocKey { kind: super::Call::NAME.to_owned(), id: row.id.uuid() };
        let mut doc = SearchDoc::new(key, row.audience.key());
        let frame = frames.get(&row.programme.uuid());
        doc.texts = vec![SearchText {
            language: frame.map_or_else(|| "en".to_owned(), |frame| frame.language.to_string()),
            is_original: true,
            title: row.name,
            summary: String::new(),
            body: row.description.unwrap_or_default(),
        }];
        doc.programmes = frame.map(|frame| frame.slug.clone()).into_iter().collect();
        doc.year = row.opens.as_ref().map(|opens| i64::from(opens.earliest.year()));
        doc.date = if row.opens.is_some() { row.opens_at.0 } else { row.created_at.0 };
        doc
    });
    Ok(docs.collect())
}
