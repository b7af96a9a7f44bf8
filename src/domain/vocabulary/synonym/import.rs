//! Importing synonyms.
use serde::{Deserialize, Serialize};

use super::{Row, Synonym};
use crate::kernel::prelude::import::*;

/// A record of a synonym: `{"kind":"synonym","slug":…,"language":"en","terms":["public transport","transit"],"expansions":[]}`.
#[derive(Deserialize, Serialize)]
pub struct SynonymRecord {
    slug: String,
    #[serde(flatten)]
    columns: ColumnsRecord<Synonym>,
}

impl Importable for SynonymRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {});
        self.columns.put(&mut row);
        Ok(Prepared { row: row.derived(), links: Vec::new(), texts: None })
    }
}

impl Exportable for SynonymRecord {
    async fn of_all(rows: Vec<Row>, _: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row| Self { columns: ColumnsRecord::of(&row), slug: row.slug };
        Ok(rows.into_iter().map(record).collect())
    }
}
