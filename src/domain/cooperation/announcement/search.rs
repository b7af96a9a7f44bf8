//! What the index holds of an announcement.
use uuid::Uuid;

use super::row;
use crate::{
    domain::{city, programme},
    kernel::prelude::search::*,
};

/// Announcements are found by their text in every language, and under the cities they say something of.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let texts = text::of_all(reader, ids).await?;
    let frames = programme::frames(reader, &rows.iter().map(|row| row.programme.uuid()).collect()).await?;
    let places = city::places(reader, &rows.iter().flat_map(|row| row.claims.iter()).map(|claim| claim.city.uuid()).collect()).await?;
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let mut doc = SearchDoc::new(DocKey { kind: super::Announcement::NAME.to_owned(), id }, row.audience.key());
        doc.texts =
            texts.get(&id).map_or(&[][..], Vec::as_slice).iter().map(|text| text::searched::<super::Announcement>(&row, text)).collect();
        for place in row.claims.iter().filter_map(|claim| places.get(&claim.city.uuid())) {
            doc.cities.push(place.slug.clone());
            doc.countries.push(place.country.clone());
        }
        for list in [&mut doc.cities, &mut doc.countries] {
            list.sort();
            list.dedup();
        }
        doc.programmes = frames.get(&row.programme.uuid()).map(|frame| frame.slug.clone()).into_iter().collect();
        doc.year = Some(i64::from(row.published_on.year()));
        doc.date = row.published_at.0;
        doc
    });
    Ok(docs.collect())
}
