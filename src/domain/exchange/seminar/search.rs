//! What the index holds of a seminar: its texts in every language, its place, cities, themes and goals.
use std::collections::HashMap;

use uuid::Uuid;

use super::row;
use crate::{
    access::Audience,
    base::Id,
    domain::{about, city, goal, organisation::Organisation, programme::Programme, theme},
    kernel::prelude::search::*,
};

/// Seminars are found by their texts, by where they are and by who holds them.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let texts = text::of_all(reader, ids).await?;
    let members = reader.linked(&row::CITIES, ids).await?;
    let places =
        city::places(reader, &rows.iter().filter_map(|row| row.host).map(Id::uuid).chain(members.iter().map(|(_, city)| *city)).collect())
            .await?;
    // Of an organisation that not everyone sees nothing is told.
    let organisations = rows.iter().filter_map(|row| row.organisation).map(|organisation| (Organisation::NAME, organisation.uuid()));
    let mut organisations = about::search_docs(reader, organisations).await?;
    organisations.retain(|_, doc| doc.audience == Audience::public().key());
    let links = reader.linked(&row::THEMES, ids).await?;
    let paths = theme::ancestors(reader, &links.iter().map(|(_, theme)| *theme).collect()).await?;
    let goals = goal::slugs_of(reader, &row::GOALS, ids).await?;
    let programmes: Vec<Uuid> = rows.iter().filter_map(|row| row.programme).map(|programme| programme.uuid()).collect();
    let programmes: HashMap<Uuid, String> = reader.slugs(Programme::NAME, &programmes).await?.into_iter().collect();
    let docs = rows.into_iter().map(|row| {
        let id = row.id.uuid();
        let host = row.host.map(Id::uuid);
        let organisation = row.organisation.and_then(|organisation| organisations.get(&organisation.uuid()));
        let others = members.iter().filter(|(seminar, city)| *seminar == id && Some(*city) != host).map(|(_, city)| *city);
        let present: Vec<&city::Place> = host.into_iter().chain(others).filter_map(|city| places.get(&city)).collect();
        let mut doc = SearchDoc::new(DocKey { kind: super::Seminar::NAME.to_owned(), id }, row.audience.key());
        doc.texts = texts.get(&id).map_or(&[][..], Vec::as_slice).iter().map(|text| text::searched::<super::Seminar>(&row, text)).collect();
        let held_by = present.iter().take(usize::from(host.is_some())).map(|host| host.name.clone());
        doc.names = held_by.chain(organisation.map(|doc| doc.title().to_owned())).chain(row.place.clone()).collect();
        doc.countries = present.iter().map(|city| city.country.clone()).collect();
        doc.countries.sort();
        doc.countries.dedup();
        doc.cities = present.iter().map(|city| city.slug.clone()).collect();
        doc.point = host.and_then(|host| places.get(&host)).and_then(|host| host.point).or(organisation.and_then(|doc| doc.point));
        doc.programmes = row.programme.and_then(|programme| programmes.get(&programme.uuid()).cloned()).into_iter().collect();
        doc.themes = theme::together(&links, &paths, id);
        doc.goals = goals.get(&id).cloned().unwrap_or_default();
        doc.year = Some(i64::from(row.starts_at.year()));
        doc.date = row.starts_at.0;
        doc
    });
    Ok(docs.collect())
}
