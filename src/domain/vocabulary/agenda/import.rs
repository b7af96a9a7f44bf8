//! Importing agendas.
use serde::{Deserialize, Serialize};

use super::{Agenda, Row};
use crate::{
    access::Audience,
    base::{Code, Moment, Result, refuse_if, text::is_blank},
    domain::theme::Labels,
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared, own_id},
    },
    store::{Json, Tx},
};

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

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        refuse_if(is_blank(&self.name), Code::Required, "name", "“name” is empty.")?;
        let row = Row {
            id: own_id::<Agenda>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: Audience::public(),
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            name: self.name.trim().to_owned(),
            description: self.description.clone(),
            labels: Json(self.labels.clone()),
            source: self.source.clone(),
        };
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
