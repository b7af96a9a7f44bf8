//! What the index holds of an agreement: its title, the names of its pairing's cities, and where these are.
use uuid::Uuid;

use super::{Agreement, row};
use crate::{
    domain::{about, pairing::Pairing},
    kernel::prelude::search::*,
};

/// Agreements are found by their title and by the cities that agreed.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let pairings = about::search_docs(reader, rows.iter().map(|row| (Pairing::NAME, row.pairing.uuid()))).await?;
    let docs = rows.into_iter().map(|row| {
        let mut doc = SearchDoc::new(DocKey { kind: Agreement::NAME.to_owned(), id: row.id.uuid() }, row.audience.key());
        let language = row.language.as_ref().map_or_else(|| "und".to_owned(), ToString::to_string);
        let amendments: Vec<&str> = row.versions.iter().filter_map(|version| version.what.as_deref()).collect();
        let body = amendments.join("\n");
        doc.texts = vec![SearchText { language, is_original: true, title: row.title.clone(), body, ..SearchText::default() }];
        if let Some(pairing) = pairings.get(&row.pairing.uuid()) {
            doc.lie_where(pairing);
            doc.names.clone_from(&pairing.names);
        }
        let signed_on = row.versions.iter().flat_map(|version| &version.signatures).filter_map(|signature| signature.signed_on).min();
        doc.year = signed_on.map(|day| i64::from(day.year()));
        doc.date = signed_on.map_or(row.created_at.0, |day| crate::base::Moment::of_day(day).0);
        doc.slug = Some(row.slug);
        doc
    });
    Ok(docs.collect())
}
