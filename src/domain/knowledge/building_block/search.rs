//! What the index holds of a building block: its texts in every language, and where its practice belongs.
use uuid::Uuid;

use super::{
    BuildingBlock,
    row::{self, State},
};
use crate::{
    domain::{about, practice::Practice},
    kernel::prelude::search::*,
};

/// Building blocks are found under the city, the themes and the goals of their practice. Withdrawn ones say so, and are not found.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let texts = text::of_all(reader, ids).await?;
    let practices = about::search_docs(reader, rows.iter().map(|row| (Practice::NAME, row.practice.uuid()))).await?;
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let mut doc = SearchDoc::new(DocKey { kind: BuildingBlock::NAME.to_owned(), id }, row.audience.key());
        doc.texts = texts.get(&id).map_or(&[][..], Vec::as_slice).iter().map(|text| text::searched::<BuildingBlock>(&row, text)).collect();
        if let Some(practice) = practices.get(&row.practice.uuid()) {
            doc.lie_where(practice);
            doc.year = practice.year;
        }
        doc.date = row.created_at.0;
        doc.is_withdrawn = row.state == State::Withdrawn;
        doc
    });
    Ok(docs.collect())
}
