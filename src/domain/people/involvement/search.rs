//! What the index holds of an involvement: the organisation's name, its role, and where what it is about belongs.
use uuid::Uuid;

use super::{Involvement, row};
use crate::{
    domain::{about, organisation},
    kernel::prelude::search::*,
};

/// Involvements are found by the organisation and the role.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let names = organisation::names_of(reader, &rows.iter().map(|row| row.organisation.uuid()).collect::<Vec<_>>()).await?;
    let subjects = about::search_docs(reader, rows.iter().map(|row| (&*row.about_kind, row.about))).await?;
    let docs = rows.into_iter().map(|row| {
        let mut doc = SearchDoc::new(DocKey { kind: Involvement::NAME.to_owned(), id: row.id.uuid() }, row.audience.key());
        let title = names.get(&row.organisation.uuid()).cloned().unwrap_or(row.name);
        let summary = row.role.unwrap_or_default();
        doc.texts = vec![SearchText { language: "und".to_owned(), is_original: true, title, summary, ..SearchText::default() }];
        if let Some(subject) = subjects.get(&row.about) {
            doc.lie_where(subject);
        }
        doc.date = row.created_at.0;
        doc
    });
    Ok(docs.collect())
}
