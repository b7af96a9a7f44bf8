//! Importing programmes.
use serde::{Deserialize, Serialize};

use super::{Programme, Row, row::Stated};
use crate::{
    access::Audience,
    base::{Code, Moment, Result, refuse_if, text::is_blank},
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, NamedRecord, Prepared, TextsRecord, own_id},
        text::{Fields, Saved, Written},
    },
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

    fn slug(&self) -> &str {
        &self.slug
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let texts = self.texts.prepare(Some("en"))?;
        refuse_if(is_blank(&self.texts.text.words("name")), Code::Required, "name", "“name” is empty.")?;
        let negative = self.stated.iter().any(|stated| stated.value < 0);
        refuse_if(negative, Code::BadInput, "stated", "“stated” has a figure below zero.")?;
        let row = Row {
            id: own_id::<Programme>(before.map(|row| row.id), context, &self.slug),
            slug: self.slug.clone(),
            version: 0,
            audience: Audience::public(),
            created_at: before.map_or(Moment(0), |row| row.created_at),
            updated_at: Moment(0),
            name: self.texts.text.words("name"),
            description: texts.original.get("description").cloned(),
            language: texts.language.clone(),
            languages: Json(before.map(|row| row.languages.0.clone()).unwrap_or_default()),
            text_version: before.map_or(0, |row| row.text_version),
            stated: Json(self.stated.clone()),
            source: self.source.clone(),
        };
        Ok(Prepared { row, links: self.named.links(context)?, texts: Some(texts) })
    }

    fn with_texts(row: &mut Row, saved: Saved, original: &Fields) {
        Programme::keep(row, saved, original);
    }
}

impl Exportable for ProgrammeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let (named, texts) = (NamedRecord::of_all(&rows, context).await?, context.texts(&rows).await?);
        let record = |(row, named): (Row, _)| Self {
            texts: TextsRecord::of(&row, &texts),
            named,
            slug: row.slug,
            source: row.source,
            stated: row.stated.0,
        };
        Ok(rows.into_iter().zip(named).map(record).collect())
    }
}
