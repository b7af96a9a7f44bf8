//! Importing frequently asked questions.
use serde::{Deserialize, Serialize};

use super::{Faq, Row};
use crate::{domain::programme::Programme, kernel::prelude::import::*};

/// A record of a frequently asked question. Without `audience` it is public.
#[derive(Deserialize, Serialize)]
pub struct FaqRecord {
    slug: String,
    audience: Option<String>,
    #[serde(flatten)]
    columns: ColumnsRecord<Faq>,
    #[serde(flatten)]
    named: NamedRecord<Faq>,
    #[serde(flatten)]
    texts: TextsRecord<Faq>,
}

impl Importable for FaqRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), context.audience_or_public(self.audience.as_ref())?, {
            programme: self.named.id::<Programme>("programme", context)?,
        });
        self.columns.put(&mut row);
        let texts = self.texts.put(&mut row, None)?;
        Ok(Prepared { row: row.derived(), links: Vec::new(), texts })
    }
}

impl Exportable for FaqRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| {
            let audience = Some(context.audience(&row.audience)?);
            Ok(Self { columns: ColumnsRecord::of(&row), texts, named, audience, slug: row.slug })
        };
        context.written_records(rows, record).await
    }
}
