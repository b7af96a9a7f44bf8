//! What the index holds of an adoption: its texts in every language, the two cities, and the themes and goals of its practice.
use uuid::Uuid;

use super::{
    Adoption,
    row::{self, State},
};
use crate::{
    base::Moment,
    domain::{about, city, practice::Practice},
    kernel::prelude::search::*,
};

/// Adoptions are found by what they say and by either city. Withdrawn ones say so, and are not found.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let texts = text::of_all(reader, ids).await?;
    let places = city::places(reader, &rows.iter().flat_map(|row| [row.owner.uuid(), row.city.uuid()]).collect()).await?;
    // Under what a practice stands is told to those who see it: to all who see the adoption where everyone does.
    let told = rows.iter().filter(|row| row.is_practice_public).map(|row| (Practice::NAME, row.practice.uuid()));
    let practices = about::search_docs(reader, told).await?;
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let mut doc = SearchDoc::new(DocKey { kind: Adoption::NAME.to_owned(), id }, row.audience.key());
        doc.texts = texts.get(&id).map_or(&[][..], Vec::as_slice).iter().map(|text| text::searched::<Adoption>(&row, text)).collect();
        if let Some(practice) = practices.get(&row.practice.uuid()) {
            (doc.themes, doc.goals) = (practice.themes.clone(), practice.goals.clone());
        }
        for place in [row.city, row.owner].into_iter().filter_map(|city| places.get(&city.uuid())) {
            doc.names.push(place.name.clone());
            doc.cities.push(place.slug.clone());
            doc.countries.push(place.country.clone());
            doc.programmes.extend(place.programmes.iter().cloned());
            doc.point = doc.point.or(place.point);
        }
        for list in [&mut doc.countries, &mut doc.programmes] {
            list.sort();
            list.dedup();
        }
        let concluded_on = row.concluded_on.as_ref().map(|day| day.0);
        doc.year = concluded_on.map(|day| i64::from(day.year()));
        doc.date = concluded_on.map_or(row.created_at.0, |day| Moment::of_day(day).0);
        doc.is_withdrawn = row.state == State::Withdrawn;
        doc
    });
    Ok(docs.collect())
}
