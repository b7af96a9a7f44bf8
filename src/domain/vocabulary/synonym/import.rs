//! Importing synonyms.
use serde::{Deserialize, Serialize};

use super::{Row, row};
use crate::{
    access::Audience,
    base::{Language, Result},
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared},
    },
    new_row,
    store::Tx,
};

/// A record of a synonym: `{"kind":"synonym","slug":…,"language":"en","terms":["public transport","transit"],"expansions":[]}`.
#[derive(Debug, Deserialize, Serialize)]
pub struct SynonymRecord {
    slug: String,
    language: Option<Language>,
    terms: Vec<String>,
    #[serde(default)]
    expansions: Vec<String>,
}

impl Importable for SynonymRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            language: self.language.clone(),
            terms: row::tidied(&self.terms),
            expansions: row::tidied(&self.expansions),
        });
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for SynonymRecord {
    async fn of_all(rows: Vec<Row>, _: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row| Self { slug: row.slug, language: row.language, terms: row.terms.0, expansions: row.expansions.0 };
        Ok(rows.into_iter().map(record).collect())
    }
}
