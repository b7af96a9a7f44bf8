//! Importing programmes.
use serde::{Deserialize, Serialize};

use super::{Programme, Row};
use crate::kernel::prelude::import::*;

/// A record of a programme. Without `language` its text is English.
#[derive(Deserialize, Serialize)]
pub struct ProgrammeRecord {
    slug: String,
    #[serde(flatten)]
    columns: ColumnsRecord<Programme>,
    #[serde(flatten)]
    named: NamedRecord<Programme>,
    #[serde(flatten)]
    texts: TextsRecord<Programme>,
}

impl Importable for ProgrammeRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {});
        self.columns.put(&mut row);
        let texts = self.texts.put(&mut row, Some("en"))?;
        Ok(Prepared { row, links: self.named.links(context)?, texts })
    }
}

impl Exportable for ProgrammeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| Ok(Self { columns: ColumnsRecord::of(&row), texts, named, slug: row.slug });
        context.written_records(rows, record).await
    }
}
