//! Importing cities.
use serde::{Deserialize, Serialize};

use super::{
    City, Row,
    node::{CityKind, kind_of, word_of},
    row::{self, Population},
};
use crate::{
    access::Audience,
    base::Result,
    kernel::{
        alias::{self, AliasRecord},
        country::Country,
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared, TextsRecord},
    },
    new_row,
    store::{Json, Tx},
};

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged, expecting = "expected a number of inhabitants, or a list of such numbers, each with its boundary, year and source")]
enum Populations {
    Count(i64),
    List(Vec<Population>),
}

/// A record of a city.
#[derive(Deserialize, Serialize)]
pub struct CityRecord {
    slug: String,
    name: String,
    country: String,
    city_kind: Option<CityKind>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    population: Option<Populations>,
    #[serde(default)]
    aliases: Vec<AliasRecord>,
    #[serde(default)]
    challenges: Vec<String>,
    #[serde(default)]
    strengths: Vec<String>,
    side: Option<String>,
    website: Option<String>,
    source: Option<String>,
    state: Option<String>,
    #[serde(flatten)]
    named: NamedRecord<City>,
    #[serde(flatten)]
    texts: TextsRecord<City>,
}

impl Importable for CityRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        context.set_note(note(&self.slug), self.name.clone());
        let populations = match &self.population {
            None => Vec::new(),
            Some(Populations::Count(value)) => vec![Population { boundary: None, value: *value, year: None, source: None }],
            Some(Populations::List(list)) => list.clone(),
        };
        let texts = self.texts.prepare(Some("en"))?;
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            name: self.name.clone(),
            folded: String::new(),
            names: String::new(),
            country: Country::of(&self.country).map_or_else(|| self.country.clone(), |country| country.code().to_owned()),
            city_kind: word_of(self.city_kind.unwrap_or(CityKind::City)).to_owned(),
            state: self.state.clone().unwrap_or_else(|| "confirmed".to_owned()),
            latitude: self.latitude,
            longitude: self.longitude,
            x: None,
            y: None,
            z: None,
            population: None,
            populations: Json(populations),
            aliases: alias::read(&self.aliases),
            profile: self.texts.text.fields.get("profile").cloned(),
            challenges: Json(self.challenges.clone()),
            strengths: Json(self.strengths.clone()),
            language: texts.language.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            side: self.side.clone(),
            website: self.website.clone(),
            source: self.source.clone(),
        })
        .derived();
        Ok(Prepared { row, links: self.named.links(context)?, texts: Some(texts) })
    }
}

impl Exportable for CityRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| {
            Ok(Self {
                texts,
                named,
                slug: row.slug,
                name: row.name,
                country: row.country,
                city_kind: Some(kind_of(&row.city_kind)),
                latitude: row.latitude,
                longitude: row.longitude,
                population: Some(Populations::List(row.populations.0)),
                aliases: row.aliases.0.into_iter().map(AliasRecord::Full).collect(),
                challenges: row.challenges.0,
                strengths: row.strengths.0,
                side: row.side,
                website: row.website,
                source: row.source,
                state: Some(row.state),
            })
        };
        context.written_records(rows, record).await
    }
}

/// Under which note a city's name stands; a slash is in no slug, so it is nobody else's note.
fn note(slug: &str) -> String {
    format!("city/{slug}")
}

/// Notes the names of the cities that are there, beside those this import brings.
pub async fn note_names(tx: &Tx<'_>, context: &mut ImportContext) -> Result<()> {
    for city in tx.all(tx.every::<row::Entity>()).await? {
        context.note_first(note(&city.slug), city.name);
    }
    Ok(())
}

/// The noted name of a city, else its slug.
pub fn noted_name(context: &ImportContext, slug: &str) -> String {
    context.noted(&note(slug)).unwrap_or(slug).to_owned()
}
