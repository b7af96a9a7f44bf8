//! Importing themes.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::{Row, Theme};
use crate::kernel::{import::tree, label::Labels, prelude::import::*};

/// A record of a theme: `{"kind":"theme","slug":…,"name":…,"parent":…,"labels":{"fr":…}}`.
#[derive(Debug, Deserialize, Serialize)]
pub struct ThemeRecord {
    slug: String,
    name: String,
    parent: Option<String>,
    #[serde(default)]
    labels: Labels,
}

impl Importable for ThemeRecord {
    type Row = Row;

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(tree::note_all::<Row>(tx, context))
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let path = tree::path(context, Theme::NAME, "", &self.slug, self.parent.as_deref(), before.map(|row| row.path.as_str()))?;
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            name: self.name.trim().to_owned(),
            labels: Json(self.labels.clone()),
            parent: context.maybe::<Theme>(self.parent.as_deref(), "parent")?,
            path,
        });
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }

    fn moves_others(before: &Row, after: &Row) -> bool {
        before.path != after.path
    }
}

impl Exportable for ThemeRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row| Ok(Self { parent: context.maybe(row.parent)?, slug: row.slug, name: row.name, labels: row.labels.0 });
        rows.into_iter().map(record).collect()
    }
}

impl tree::Branch for Row {
    fn path(&self) -> &str {
        &self.path
    }

    fn below(&self, above: &Self) -> Self {
        Self { path: format!("{}{}/", above.path, self.slug), ..self.clone() }
    }
}
