//! Importing programmes.
use serde::{Deserialize, Serialize};

use super::{Programme, Row, row::Stated};
use crate::{
    access::Audience,
    base::Result,
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared, TextsRecord},
    },
    new_row,
    store::{Json, Tx},
};

/// A record of a programme. Without `language` its text is English.
#[derive(Deserialize, Serialize)]
pub struct ProgrammeRecord {
    slug: String,
    source: Option<String>,
    #[serde(default)]
    stated: Vec<Stated>,
    #[serde(flatten)]
    named: NamedRecord<Programme>,
    #[serde(flatten)]
    texts: TextsRecord<Programme>,
}

impl Importable for ProgrammeRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let texts = self.texts.prepare(Some("en"))?;
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            name: self.texts.text.words("name"),
            description: texts.original.get("description").cloned(),
            language: texts.language.clone(),
            languages: Json(Vec::new()),
            text_version: 0,
            stated: Json(self.stated.clone()),
            source: self.source.clone(),
        });
        Ok(Prepared { row, links: self.named.links(context)?, texts: Some(texts) })
    }
}

impl Exportable for ProgrammeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row, named, texts| Ok(Self { texts, named, slug: row.slug, source: row.source, stated: row.stated.0 });
        context.written_records(rows, record).await
    }
}
