//! What the index holds of a contact point.
use uuid::Uuid;

use super::{ContactPoint, row};
use crate::{domain::programme, kernel::prelude::search::*};

/// Contact points are found by name and role, and under their programme.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let frames = programme::frames(reader, &rows.iter().map(|row| row.programme.uuid()).collect()).await?;
    let docs = rows.into_iter().map(|row| {
        let mut doc = SearchDoc::new(DocKey { kind: ContactPoint::NAME.to_owned(), id: row.id.uuid() }, row.audience.key());
        let language = row.language.as_ref().map_or("und", |language| language.as_str()).to_owned();
        let summary = row.role.unwrap_or_default();
        doc.texts = vec![SearchText { language, is_original: true, title: row.name, summary, ..SearchText::default() }];
        doc.programmes = frames.get(&row.programme.uuid()).map(|frame| frame.slug.clone()).into_iter().collect();
        doc.slug = Some(row.slug);
        doc.date = row.created_at.0;
        doc
    });
    Ok(docs.collect())
}
