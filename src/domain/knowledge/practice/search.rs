//! What the index holds of a practice: its texts in every language, its city, themes and goals.
use uuid::Uuid;

use super::row::{self, State};
use crate::{
    domain::{city, goal, theme},
    kernel::prelude::search::*,
};

/// Withdrawn practices say so, and are not found.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id.uuid()).collect();
    let texts = text::of_all(reader, &ids).await?;
    let places = city::places(reader, &rows.iter().map(|row| row.city.uuid()).collect()).await?;
    let links = reader.linked(&row::THEMES, &ids).await?;
    let paths = theme::ancestors(reader, &links.iter().map(|(_, theme)| *theme).collect()).await?;
    let goals = goal::slugs_of(reader, &row::GOALS, &ids).await?;
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let mut doc = SearchDoc::new(DocKey { kind: super::Practice::NAME.to_owned(), id }, row.audience.key());
        doc.texts =
            texts.get(&id).map_or(&[][..], Vec::as_slice).iter().map(|text| text::searched::<super::Practice>(&row, text)).collect();
        doc.themes = theme::together(&links, &paths, id);
        doc.goals = goals.get(&id).cloned().unwrap_or_default();
        if let Some(place) = places.get(&row.city.uuid()) {
            doc.names = vec![place.name.clone()];
            doc.countries = vec![place.country.clone()];
            doc.cities = vec![place.slug.clone()];
            doc.programmes = place.programmes.clone();
            doc.point = place.point;
        }
        doc.year = row.year;
        doc.date = row.published_at.0;
        doc.is_withdrawn = row.state == State::Withdrawn;
        doc
    });
    Ok(docs.collect())
}
