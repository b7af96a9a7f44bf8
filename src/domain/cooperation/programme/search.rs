//! What the index holds of a programme, and what others say of the programme they belong to.
use std::collections::{HashMap, HashSet};

use sea_orm::{QueryFilter, entity::prelude::*};

use super::row;
use crate::{
    base::Language,
    domain::theme,
    kernel::{label::Called, prelude::search::*},
    store::Join,
};

/// Programmes are found by name and description in every language.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let texts = text::of_all(reader, ids).await?;
    let links = reader.linked(&row::THEMES, ids).await?;
    let paths = theme::ancestors(reader, &links.iter().map(|(_, theme)| *theme).collect()).await?;
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let mut doc = SearchDoc::new(DocKey { kind: super::Programme::NAME.to_owned(), id }, row.audience.key());
        doc.texts =
            texts.get(&id).map_or(&[][..], Vec::as_slice).iter().map(|text| text::searched::<super::Programme>(&row, text)).collect();
        doc.themes = theme::together(&links, &paths, id);
        doc.slug = Some(row.slug.clone());
        doc.programmes = vec![row.slug];
        doc.date = row.created_at.0;
        doc
    });
    Ok(docs.collect())
}

/// What the programmes with these slugs are called, by slug.
pub async fn called(reader: &Reader, slugs: &[&str], languages: &[Language]) -> Result<HashMap<String, Called>> {
    let rows = reader.all(reader.rows::<row::Entity>().filter(row::Column::Slug.is_in(slugs.iter().copied()))).await?;
    let texts = text::of_all(reader, &rows.iter().map(|row| row.id.uuid()).collect::<Vec<_>>()).await?;
    let called = |row: row::Model| {
        let texts: Vec<&text::Row> = texts.get(&row.id.uuid()).into_iter().flatten().collect();
        let best = Language::best(languages, &texts, |text| &text.language);
        let name = best.and_then(|text| text.field("name")).map_or(row.name, str::to_owned);
        (row.slug, Called { name, above: None })
    };
    Ok(rows.into_iter().map(called).collect())
}

/// What a thing of a programme is found by.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The programme's slug.
    pub slug: String,
    /// The language it writes in.
    pub language: Language,
}

/// The frames behind these ids.
pub async fn frames(reader: &Reader, ids: &HashSet<Uuid>) -> Result<HashMap<Uuid, Frame>> {
    let ids: Vec<Uuid> = ids.iter().copied().collect();
    let rows = reader.by_ids::<row::Entity>(&ids).await?;
    Ok(rows.into_iter().map(|row| (row.id.uuid(), Frame { slug: row.slug, language: row.language })).collect())
}

/// The slugs of the programmes a join links these things to.
pub async fn slugs_of(reader: &Reader, join: &Join, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    let links = reader.linked(join, ids).await?;
    if links.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = reader.all(reader.rows::<row::Entity>().filter(row::Column::Id.is_in(links.iter().map(|(_, to)| *to)))).await?;
    let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (from, to) in links {
        if let Some(row) = rows.iter().find(|row| row.id.uuid() == to) {
            found.entry(from).or_default().push(row.slug.clone());
        }
    }
    Ok(found)
}
