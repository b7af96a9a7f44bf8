//! Importing saved searches. The secret of a search's feed is not written out: whoever reads an export could read the feed. Imported elsewhere, a
//! search has another address.
use serde::{Deserialize, Serialize};

use super::{Row, write};
use crate::{domain::person::Person, kernel::prelude::import::*, search::Filter};

/// A record of a saved search.
#[derive(Debug, Deserialize, Serialize)]
pub struct SavedSearchRecord {
    slug: String,
    person: String,
    name: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    filter: Filter,
    #[serde(default)]
    languages: Vec<Language>,
}

impl Importable for SavedSearchRecord {
    type Row = Row;

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, tx: &Tx<'_>) -> Result<Prepared<Row>> {
        let person = context.id::<Person>(&self.person, "person")?;
        let text = self.text.trim();
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::of(Scope::Person, person.uuid()), {
            person,
            name: write::name_of(self.name.as_deref(), text),
            text: text.to_owned(),
            filter: Json(self.filter.clone()),
            languages: Json(self.languages.clone()),
            secret: before.map_or_else(|| hex::encode(tx.secret()), |row| row.secret.clone()),
        });
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }
}

impl Exportable for SavedSearchRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row| {
            Ok(Self {
                person: context.slug(row.person)?,
                slug: row.slug,
                name: Some(row.name),
                text: row.text,
                filter: row.filter.0,
                languages: row.languages.0,
            })
        };
        rows.into_iter().map(record).collect()
    }
}
