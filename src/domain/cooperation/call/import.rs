//! Importing calls.
use serde::{Deserialize, Serialize};

use super::{
    Call, Row,
    row::{Rules, State},
};
use crate::{domain::programme::Programme, kernel::prelude::import::*};

/// A record of a call.
#[derive(Deserialize, Serialize)]
pub struct CallRecord {
    slug: String,
    programme: String,
    state: State,
    rules: Rules,
    #[serde(flatten)]
    columns: ColumnsRecord<Call>,
}

impl Importable for CallRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            programme: context.id::<Programme>(&self.programme, "programme")?,
            state: self.state,
            rules: Json(self.rules.clone()),
        });
        self.columns.put(&mut row);
        Ok(Prepared { row: row.derived(), links: Vec::new(), texts: None })
    }
}

impl Exportable for CallRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row| {
            let programme = context.slug(row.programme)?;
            Ok(Self { columns: ColumnsRecord::of(&row), programme, slug: row.slug, state: row.state, rules: row.rules.0 })
        };
        rows.into_iter().map(record).collect()
    }
}
