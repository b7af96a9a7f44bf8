//! What the index holds of a theme.
use std::collections::{HashMap, HashSet};

use sea_orm::{QueryFilter, entity::prelude::*};

use super::row;
use crate::kernel::prelude::search::*;

/// Themes are found by their names in every language.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let key = DocKey { kind: super::Theme::NAME.to_owned(), id: row.id.uuid() };
            let mut doc = SearchDoc::new(key, row.audience.key());
            doc.names = std::iter::once(row.name.clone()).chain(row.labels.values().cloned()).collect();
            doc.themes = slugs(&row.path);
            doc.slug = Some(row.slug);
            doc.date = row.created_at.0;
            doc
        })
        .collect())
}

fn slugs(path: &str) -> Vec<String> {
    path.split('/').filter(|slug| !slug.is_empty()).map(str::to_owned).collect()
}

/// The slugs of each of these themes and of everything above it.
pub async fn ancestors(reader: &Reader, ids: &HashSet<Uuid>) -> Result<HashMap<Uuid, Vec<String>>> {
    let rows = reader.all(reader.rows::<row::Entity>().filter(row::Column::Id.is_in(ids.iter().copied()))).await?;
    Ok(rows.into_iter().map(|row| (row.id.uuid(), slugs(&row.path))).collect())
}

/// The theme slugs of one thing with all above them, each once, from its links.
pub fn together(links: &[(Uuid, Uuid)], paths: &HashMap<Uuid, Vec<String>>, of: Uuid) -> Vec<String> {
    let mut all: Vec<String> =
        links.iter().filter(|(left, _)| *left == of).filter_map(|(_, theme)| paths.get(theme)).flatten().cloned().collect();
    all.sort();
    all.dedup();
    all
}
