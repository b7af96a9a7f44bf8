//! What the index holds of an application: its city, its themes, and its words in every language they are in.
use std::collections::{BTreeMap, HashSet};

use uuid::Uuid;

use super::{Application, row};
use crate::{
    domain::{city, goal, programme, theme},
    kernel::prelude::search::*,
};

/// Applications are found by the name of the city, by what they say, and by their themes and goals.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let links = reader.linked(&row::THEMES, ids).await?;
    let paths = theme::ancestors(reader, &links.iter().map(|(_, theme)| *theme).collect()).await?;
    let mut goals = goal::slugs_of(reader, &row::GOALS, ids).await?;
    let places = city::places(reader, &rows.iter().map(|row| row.city.uuid()).collect()).await?;
    let frames = programme::frames(reader, &rows.iter().map(|row| row.programme.uuid()).collect::<HashSet<_>>()).await?;
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let mut doc = SearchDoc::new(DocKey { kind: Application::NAME.to_owned(), id }, row.audience.key());
        doc.texts = texts(&row);
        doc.themes = theme::together(&links, &paths, id);
        doc.goals = goals.remove(&id).unwrap_or_default();
        if let Some(place) = places.get(&row.city.uuid()) {
            doc.cities = vec![place.slug.clone()];
            doc.countries = vec![place.country.clone()];
            doc.point = place.point;
        }
        doc.programmes = frames.get(&row.programme.uuid()).map(|frame| frame.slug.clone()).into_iter().collect();
        doc.slug = Some(row.slug);
        doc.date = row.submitted_at.unwrap_or(row.created_at).0;
        doc
    });
    Ok(docs.collect())
}

/// Its words, language by language; the statement's language is the original.
fn texts(row: &row::Model) -> Vec<SearchText> {
    let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::from([(row.language.as_str(), Vec::new())]);
    for line in row.challenges.iter().chain(row.strengths.iter()) {
        said.entry(line.language.as_str()).or_default().push(&line.text);
    }
    let text = |(language, lines): (&str, Vec<&str>)| {
        let is_original = language == row.language.as_str();
        SearchText {
            language: language.to_owned(),
            is_original,
            title: row.name.clone(),
            summary: lines.join("\n"),
            body: row.statement.as_deref().filter(|_| is_original).unwrap_or_default().to_owned(),
        }
    };
    said.into_iter().map(text).collect()
}
