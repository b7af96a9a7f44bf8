//! What the index holds of a goal, and what others say of the goals they serve.
use std::collections::HashMap;

use sea_orm::{QueryFilter, entity::prelude::*};

use super::row;
use crate::{
    base::Language,
    kernel::{label::Called, prelude::search::*},
    store::Join,
};

/// Goals are found by their code and their names in every language.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    Ok(reader.by_ids::<row::Entity>(ids).await?.into_iter().map(doc).collect())
}

fn doc(row: row::Model) -> SearchDoc {
    let key = DocKey { kind: super::Goal::NAME.to_owned(), id: row.id.uuid() };
    let mut doc = SearchDoc::new(key, row.audience.key());
    doc.goals = slugs(&row.path);
    doc.slug = Some(row.slug);
    doc.date = row.created_at.0;
    doc.names = [row.name, row.code].into_iter().chain(row.labels.0.into_values()).collect();
    doc
}

/// The goals on the way from the root; the first part of a path is the agenda.
fn slugs(path: &str) -> Vec<String> {
    path.split('/').skip(1).filter(|slug| !slug.is_empty()).map(str::to_owned).collect()
}

/// The slugs of the goals a join links these things to, and of everything above these, each once.
pub async fn slugs_of(reader: &Reader, join: &Join, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    let links = reader.linked(join, ids).await?;
    if links.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = reader.all(reader.rows::<row::Entity>().filter(row::Column::Id.is_in(links.iter().map(|(_, to)| *to)))).await?;
    let paths: HashMap<Uuid, Vec<String>> = rows.into_iter().map(|row| (row.id.uuid(), slugs(&row.path))).collect();
    let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (from, to) in links {
        found.entry(from).or_default().extend(paths.get(&to).into_iter().flatten().cloned());
    }
    for slugs in found.values_mut() {
        slugs.sort();
        slugs.dedup();
    }
    Ok(found)
}

/// What these goals are called in English, their numbers before their names.
pub async fn names(reader: &Reader, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    Ok(rows.into_iter().map(|row| (row.id.uuid(), format!("{} {}", row.code, row.name))).collect())
}

/// What the goals with these slugs are called, by slug: their code and their name.
pub async fn called(reader: &Reader, slugs: &[&str], languages: &[Language]) -> Result<HashMap<String, Called>> {
    let rows = reader.all(reader.rows::<row::Entity>().filter(row::Column::Slug.is_in(slugs.iter().copied()))).await?;
    // The first part of a path is the agenda.
    let called =
        |row: &row::Model| Called::labelled(languages, &row.labels, &row.name, row.path.split_once('/').map_or("", |(_, below)| below));
    Ok(rows.into_iter().map(|row| (row.slug.clone(), called(&row))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_found_under_its_goal_too() {
        assert_eq!(slugs("sdg/sdg-11/sdg-11-2/"), ["sdg-11", "sdg-11-2"]);
    }
}
