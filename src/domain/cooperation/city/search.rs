//! What the index holds of a city, and what others say of the cities they belong to.
use std::collections::{HashMap, HashSet};

use sea_orm::{QueryFilter, entity::prelude::*};

use super::row;
use crate::{
    domain::theme,
    kernel::{alias, label::Called, prelude::search::*},
    search::Point,
};

/// What a thing of a city is found by.
#[derive(Clone, Debug)]
pub struct Place {
    pub slug: String,
    pub name: String,
    pub country: String,
    pub point: Option<Point>,
    pub programmes: Vec<String>,
}

/// The places behind these ids.
pub async fn places(reader: &Reader, ids: &HashSet<Uuid>) -> Result<HashMap<Uuid, Place>> {
    let ids: Vec<Uuid> = ids.iter().copied().collect();
    let rows = reader.by_ids::<row::Entity>(&ids).await?;
    let programmes = crate::domain::programme::slugs_of(reader, &row::PROGRAMMES, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let programmes = programmes.get(&row.id.uuid()).cloned().unwrap_or_default();
            (
                row.id.uuid(),
                Place { slug: row.slug, name: row.name, country: row.country, point: point(row.latitude, row.longitude), programmes },
            )
        })
        .collect())
}

/// What the cities with these slugs are called, by slug.
pub async fn called(reader: &Reader, slugs: &[&str]) -> Result<HashMap<String, Called>> {
    let rows = reader.all(reader.rows::<row::Entity>().filter(row::Column::Slug.is_in(slugs.iter().copied()))).await?;
    Ok(rows.into_iter().map(|row| (row.slug, Called { name: row.name, above: None })).collect())
}

fn point(latitude: Option<f64>, longitude: Option<f64>) -> Option<Point> {
    latitude.zip(longitude).map(|(latitude, longitude)| Point { latitude, longitude })
}

/// Cities are found by every name, their profile, challenges and strengths.
pub(super) async fn docs(reader: &Reader, ids: &[Uuid]) -> Result<Vec<SearchDoc>> {
    let rows = reader.by_ids::<row::Entity>(ids).await?;
    let texts = text::of_all(reader, ids).await?;
    let links = reader.linked(&row::THEMES, ids).await?;
    let paths = theme::ancestors(reader, &links.iter().map(|(_, theme)| *theme).collect()).await?;
    let programmes = crate::domain::programme::slugs_of(reader, &row::PROGRAMMES, ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let id = row.id.uuid();
            let mut doc = SearchDoc::new(DocKey { kind: super::City::NAME.to_owned(), id }, row.audience.key());
            doc.names = alias::all(&row.name, &row.aliases);
            let wants = row.challenges.iter().chain(row.strengths.iter()).cloned().collect::<Vec<_>>().join("\n");
            let texts = texts.get(&id).map_or(&[][..], Vec::as_slice);
            doc.texts = texts
                .iter()
                .map(|text| SearchText {
                    language: text.language.to_string(),
                    is_original: text.is_original,
                    title: row.name.clone(),
                    summary: text.field("profile").unwrap_or_default().to_owned(),
                    body: if text.is_original { wants.clone() } else { String::new() },
                })
                .collect();
            if doc.texts.is_empty() {
                doc.texts.push(SearchText {
                    language: row.language.to_string(),
                    is_original: true,
                    title: row.name.clone(),
                    summary: String::new(),
                    body: wants,
                });
            }
            doc.themes = theme::together(&links, &paths, id);
            doc.countries = vec![row.country];
            doc.slug = Some(row.slug.clone());
            doc.cities = vec![row.slug];
            doc.programmes = programmes.get(&id).cloned().unwrap_or_default();
            doc.point = point(row.latitude, row.longitude);
            doc.date = row.created_at.0;
            doc
        })
        .collect())
}
