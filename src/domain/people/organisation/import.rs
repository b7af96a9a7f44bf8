//! Importing organisations.
use serde::{Deserialize, Serialize};

use super::{Organisation, Row};
use crate::{
    domain::{city::City, programme::Programme},
    kernel::prelude::import::*,
};

/// A record of an organisation. Without `audience` it is public, without `language` its text is English.
#[derive(Deserialize, Serialize)]
pub struct OrganisationRecord {
    slug: String,
    audience: Option<String>,
    #[serde(flatten)]
    columns: ColumnsRecord<Organisation>,
    #[serde(flatten)]
    named: NamedRecord<Organisation>,
    #[serde(flatten)]
    texts: TextsRecord<Organisation>,
}

impl Importable for OrganisationRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            city: self.named.maybe::<City>("city", context)?,
            programme: self.named.maybe::<Programme>("programme", context)?,
        });
        self.columns.put(&mut row);
        let texts = self.texts.put(&mut row, Some("en"))?;
        Ok(Prepared { row: row.derived(), links: Vec::new(), texts })
    }
}

impl Exportable for OrganisationRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| {
            let audience = Some(context.audience(&row.audience)?);
            Ok(Self { columns: ColumnsRecord::of(&row), texts, named, audience, slug: row.slug })
        };
        context.written_records(rows, record).await
    }
}
