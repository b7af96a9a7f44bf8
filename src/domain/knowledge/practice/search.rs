//! What the index holds of a practice: its texts in every language, its city, themes and goals.
use uuid::Uuid;

use super::row::{self, State};
use crate::{
    base::{Kind, Result},
    domain::{city, goal, theme},
    kernel::text,
    search::{DocKey, SearchDoc, SearchText},
    store::Reader,
};

/// Parts of the text that are searched as its body, in reading order.
const BODY: [&str; 9] =
    ["challenge", "objectives", "body", "results", "difficulties", "lessons", "transfer_conditions", "financing", "legal_basis"];

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
        doc.texts = texts.get(&id).map_or(&[][..], Vec::as_slice).iter().map(searched).collect();
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

fn searched(text: &text::Row) -> SearchText {
    let body: Vec<&str> = BODY.iter().filter_map(|part| text.field(part)).collect();
    SearchText {
        language: text.language.to_string(),
        is_original: text.is_original,
        title: text.field("title").unwrap_or_default().to_owned(),
        summary: text.field("summary").unwrap_or_default().to_owned(),
        body: body.join("\n\n"),
    }
}

/// A document tells the city, themes and goals of what it is about.
pub(super) async fn dependents(reader: &Reader, ids: &[Uuid]) -> Result<Vec<(&'static str, Vec<Uuid>)>> {
    Ok(vec![("document", reader.ids_where("document", "id", "about", ids).await?)])
}
