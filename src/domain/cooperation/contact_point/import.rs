//! Importing contact points.
use serde::{Deserialize, Serialize};

use super::{ContactPoint, Row};
use crate::{domain::programme::Programme, kernel::prelude::import::*};

/// A record of a contact point. Without `audience` it is public; without an address that is unknown.
#[derive(Deserialize, Serialize)]
pub struct ContactPointRecord {
    slug: String,
    audience: Option<String>,
    #[serde(flatten)]
    columns: ColumnsRecord<ContactPoint>,
    #[serde(flatten)]
    named: NamedRecord<ContactPoint>,
}

impl Importable for ContactPointRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            programme: self.named.id::<Programme>("programme", context)?,
        });
        self.columns.put(&mut row);
        Ok(Prepared { row: row.derived(), links: Vec::new(), texts: None })
    }
}

impl Exportable for ContactPointRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named| {
            let audience = Some(context.audience(&row.audience)?);
            Ok(Self { columns: ColumnsRecord::of(&row), named, audience, slug: row.slug })
        };
        context.records(rows, record).await
    }
}
