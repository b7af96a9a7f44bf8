//! What the index holds of a document: its words, the text of its file, and where its subject belongs.
//!
//! The pages of the text stand one after another with [`text::PAGE_BREAK`] between them: the page of a place in the body
//! is one more than the breaks before it.
use uuid::Uuid;

use super::{
    row::{self, State},
    text,
};
use crate::{domain::about, kernel::prelude::search::*};

/// Withdrawn documents say so, and are not found.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let mut sums: Vec<String> = rows.iter().map(|row| row.sha256.clone()).collect();
    sums.sort_unstable();
    sums.dedup();
    let texts = text::searched(reader, &sums).await?;
    let subjects = about::search_docs(reader, rows.iter().map(|row| (&*row.about_kind, row.about))).await?;
    Ok(rows.into_iter().map(|row| doc(&row, texts.get(&row.sha256), subjects.get(&row.about))).collect())
}

/// The document's entry.
pub(super) fn doc(row: &row::Model, text: Option<&String>, subject: Option<&SearchDoc>) -> SearchDoc {
    let mut doc = SearchDoc::new(DocKey { kind: super::Document::NAME.to_owned(), id: row.id.uuid() }, row.audience.key());
    doc.texts = vec![SearchText {
        language: row.language.as_ref().map_or("und", |language| language.as_str()).to_owned(),
        is_original: true,
        title: row.title.clone(),
        summary: row.description.clone().unwrap_or_default(),
        body: text.cloned().unwrap_or_default(),
    }];
    doc.names = row.of_file(row.file_name.clone()).into_iter().collect();
    if let Some(subject) = subject {
        doc.lie_where(subject);
    }
    doc.year = row.published_on.as_ref().map(|day| i64::from(day.year()));
    doc.date = row.published_at.0;
    doc.is_withdrawn = row.state == State::Withdrawn;
    doc
}
