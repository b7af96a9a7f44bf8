//! What the index holds of a pairing: its name and summary, its cities and its theme.
use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{member, row};
use crate::{
    domain::{city, programme::Programme, theme},
    kernel::prelude::search::*,
};

/// Pairings are found by their name, their summary and the names of their cities.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let members = reader.linked(&member::CITIES, ids).await?;
    let places = city::places(reader, &members.iter().map(|(_, city)| *city).collect()).await?;
    let themes: HashSet<Uuid> = rows.iter().filter_map(|row| row.theme).map(|theme| theme.uuid()).collect();
    let paths = theme::ancestors(reader, &themes).await?;
    let programmes: Vec<Uuid> = rows.iter().map(|row| row.programme.uuid()).collect();
    let programmes: HashMap<Uuid, String> = reader.slugs(Programme::NAME, &programmes).await?.into_iter().collect();
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let present: Vec<&city::Place> =
            members.iter().filter(|(pairing, _)| *pairing == id).filter_map(|(_, city)| places.get(city)).collect();
        let mut doc = SearchDoc::new(DocKey { kind: super::Pairing::NAME.to_owned(), id }, row.audience.key());
        doc.texts = vec![SearchText {
            language: row.language.to_string(),
            is_original: true,
            title: row.name,
            summary: row.summary.unwrap_or_default(),
            body: String::new(),
        }];
        doc.names = present.iter().map(|city| city.name.clone()).collect();
        doc.countries = present.iter().map(|city| city.country.clone()).collect();
        doc.countries.sort();
        doc.countries.dedup();
        doc.cities = present.iter().map(|city| city.slug.clone()).collect();
        doc.programmes = programmes.get(&row.programme.uuid()).cloned().into_iter().collect();
        doc.themes = row.theme.and_then(|theme| paths.get(&theme.uuid()).cloned()).unwrap_or_default();
        doc.year = row.started_on.as_ref().map(|day| i64::from(day.year()));
        doc.date = row.started_on.as_ref().map_or(row.created_at.0, |day| crate::base::Moment::of_day(day.0).0);
        doc
    });
    Ok(docs.collect())
}
