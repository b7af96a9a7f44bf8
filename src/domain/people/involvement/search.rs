//! What the index holds of an involvement: the organisation's name, its role, and where what it is about belongs.
use std::collections::HashMap;

use uuid::Uuid;

use super::{Involvement, row};
use crate::{
    base::{Kind, Result},
    domain::{entry_of, organisation},
    search::{DocKey, SearchDoc, SearchText},
    store::Reader,
};

/// Involvements are found by the organisation and the role.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let names = organisation::names_of(reader, &rows.iter().map(|row| row.organisation.uuid()).collect::<Vec<_>>()).await?;
    let mut subjects: HashMap<Uuid, SearchDoc> = HashMap::new();
    for kind in crate::domain::about::KINDS {
        let mut of_kind: Vec<Uuid> = rows.iter().filter(|row| row.about_kind == kind).map(|row| row.about).collect();
        of_kind.sort_unstable();
        of_kind.dedup();
        if let Some(entry) = entry_of(kind).filter(|_| !of_kind.is_empty()) {
            subjects.extend(entry.docs(reader, &of_kind).await?.into_iter().map(|doc| (doc.key.id, doc)));
        }
    }
    let docs = rows.into_iter().map(|row| {
        let mut doc = SearchDoc::new(DocKey { kind: Involvement::NAME.to_owned(), id: row.id.uuid() }, row.audience.key());
        let title = names.get(&row.organisation.uuid()).cloned().unwrap_or(row.name);
        doc.texts = vec![SearchText {
            language: "und".to_owned(),
            is_original: true,
            title,
            summary: row.role.unwrap_or_default(),
            body: String::new(),
        }];
        if let Some(subject) = subjects.get(&row.about) {
            doc.lie_where(subject);
        }
        doc.date = row.created_at.0;
        doc
    });
    Ok(docs.collect())
}
