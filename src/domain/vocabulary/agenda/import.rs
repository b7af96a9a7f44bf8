//! Importing agendas.
use serde::{Deserialize, Serialize};

use super::Row;
use crate::kernel::{label::Labels, prelude::import::*};

/// A record of an agenda: `{"kind":"agenda","slug":"sdg","name":…,"description":…,"source":…,"labels":{"fr":…}}`.
#[derive(Debug, Deserialize, Serialize)]
pub struct AgendaRecord {
    slug: String,
    name: String,
    description: Option<String>,
    source: Option<String>,
    #[serde(default)]
    labels: Labels,
}

impl Importable for AgendaRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            name: self.name.trim().to_owned(),
            description: self.description.clone(),
            labels: Json(self.labels.clone()),
            source: self.source.clone(),
        });
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for AgendaRecord {
    async fn of_all(rows: Vec<Row>, _: &ExportContext) -> Result<Vec<Self>> {
        let record =
            |row: Row| Self { slug: row.slug, name: row.name, description: row.description, source: row.source, labels: row.labels.0 };
        Ok(rows.into_iter().map(record).collect())
    }
}
