//! What the index holds of a frequently asked question.
use uuid::Uuid;

use super::{Faq, row};
use crate::{domain::programme, kernel::prelude::search::*};

/// Questions are found by what they ask and what is answered, in every language, and under their programme.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let texts = text::of_all(reader, ids).await?;
    let frames = programme::frames(reader, &rows.iter().map(|row| row.programme.uuid()).collect()).await?;
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let mut doc = SearchDoc::new(DocKey { kind: Faq::NAME.to_owned(), id }, row.audience.key());
        doc.texts = texts.get(&id).map_or(&[][..], Vec::as_slice).iter().map(|text| text::searched::<Faq>(&row, text)).collect();
        doc.programmes = frames.get(&row.programme.uuid()).map(|frame| frame.slug.clone()).into_iter().collect();
        doc.date = row.created_at.0;
        doc
    });
    Ok(docs.collect())
}
