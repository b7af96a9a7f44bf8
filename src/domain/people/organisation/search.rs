//! What the index holds of an organisation: its names, its texts in every language, and where it is.
use uuid::Uuid;

use super::{Organisation, row};
use crate::{
    base::Id,
    domain::city,
    kernel::{alias, prelude::search::*},
};

/// Organisations are found by every name and by what they do.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let texts = text::of_all(reader, ids).await?;
    let places = city::places(reader, &rows.iter().filter_map(|row| row.city).map(Id::uuid).collect()).await?;
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let mut doc = SearchDoc::new(DocKey { kind: Organisation::NAME.to_owned(), id }, row.audience.key());
        doc.names = alias::all(&row.name, &row.aliases);
        let told = texts.get(&id).map_or(&[][..], Vec::as_slice).iter();
        doc.texts = told.map(|told| SearchText { title: row.name.clone(), ..text::searched::<Organisation>(&row, told) }).collect();
        if doc.texts.is_empty() {
            doc.texts.push(SearchText {
                language: row.language.to_string(),
                is_original: true,
                title: row.name.clone(),
                ..SearchText::default()
            });
        }
        if let Some(place) = row.city.and_then(|city| places.get(&city.uuid())) {
            doc.cities = vec![place.slug.clone()];
            doc.programmes.clone_from(&place.programmes);
            doc.point = place.point;
            doc.countries = vec![place.country.clone()];
        }
        doc.countries.extend(row.country.filter(|country| !doc.countries.contains(country)));
        doc.slug = Some(row.slug);
        doc.date = row.created_at.0;
        doc
    });
    Ok(docs.collect())
}
