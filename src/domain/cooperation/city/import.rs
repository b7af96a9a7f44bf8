//! Importing cities.
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    City, Row, doubts,
    row::{self, CityKind, Population},
};
use crate::kernel::prelude::import::*;

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
    city_kind: Option<CityKind>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    population: Option<Populations>,
    state: Option<String>,
    #[serde(flatten)]
    columns: ColumnsRecord<City>,
    #[serde(flatten)]
    named: NamedRecord<City>,
    #[serde(flatten)]
    texts: TextsRecord<City>,
}

impl Importable for CityRecord {
    type Row = Row;

    fn doubts(told: &[(usize, Value)]) -> Vec<(usize, Doubt)> {
        doubts::of(told)
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let populations = match &self.population {
            None => Vec::new(),
            Some(Populations::Count(value)) => {
                vec![Population { boundary: None, value: *value, year: None, source: None, municipality: None }]
            }
            Some(Populations::List(list)) => list.clone(),
        };
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            city_kind: self.city_kind.unwrap_or(CityKind::City),
            state: self.state.clone().unwrap_or_else(|| "confirmed".to_owned()),
            latitude: self.latitude,
            longitude: self.longitude,
            populations: Json(populations),
        });
        self.columns.put(&mut row);
        context.set_note(note_of(City::NAME, &self.slug), row.name.clone());
        let texts = self.texts.put(&mut row, Some("en"))?;
        Ok(Prepared { row: row.derived(), links: self.named.links(context)?, texts })
    }
}

impl Exportable for CityRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| {
            Ok(Self {
                columns: ColumnsRecord::of(&row),
                texts,
                named,
                slug: row.slug,
                city_kind: Some(row.city_kind),
                latitude: row.latitude,
                longitude: row.longitude,
                population: Some(Populations::List(row.populations.0)),
                state: Some(row.state),
            })
        };
        context.written_records(rows, record).await
    }
}

/// Notes the names of the cities that are there, beside those this import brings.
pub async fn note_names(tx: &Tx<'_>, context: &mut ImportContext) -> Result<()> {
    for city in tx.all(tx.every::<row::Entity>()).await? {
        context.note_first(note_of(City::NAME, &city.slug), city.name);
    }
    Ok(())
}

/// The noted name of a city, else its slug.
pub fn noted_name(context: &ImportContext, slug: &str) -> String {
    context.noted(&note_of(City::NAME, slug)).unwrap_or(slug).to_owned()
}
