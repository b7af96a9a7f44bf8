//! Importing goals.
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::{Goal, Row};
use crate::{
    domain::agenda::Agenda,
    kernel::{import::tree, label::Labels, prelude::import::*},
};

/// A record of a goal: `{"kind":"goal","slug":"sdg-11-2","agenda":"sdg","code":"11.2","name":…,"parent":"sdg-11","position":97}`.
#[derive(Deserialize, Serialize)]
pub struct GoalRecord {
    slug: String,
    agenda: String,
    parent: Option<String>,
    #[serde(default)]
    labels: Labels,
    #[serde(flatten)]
    columns: ColumnsRecord<Goal>,
}

impl Importable for GoalRecord {
    type Row = Row;

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(tree::note_all::<Row>(tx, context))
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let agenda = context.id::<Agenda>(&self.agenda, "agenda")?;
        let parent = context.maybe::<Goal>(self.parent.as_deref(), "parent")?;
        let root = format!("{}/", self.agenda);
        let path = tree::path(context, Goal::NAME, &root, &self.slug, self.parent.as_deref(), before.map(|row| row.path.as_str()))?;
        let mut row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            agenda,
            parent,
            labels: Json(self.labels.clone()),
            path,
        });
        self.columns.put(&mut row);
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }

    fn moves_others(before: &Row, after: &Row) -> bool {
        before.path != after.path
    }
}

impl Exportable for GoalRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row| {
            let (agenda, parent) = (context.slug(row.agenda)?, context.maybe(row.parent)?);
            Ok(Self { columns: ColumnsRecord::of(&row), agenda, parent, slug: row.slug, labels: row.labels.0 })
        };
        rows.into_iter().map(record).collect()
    }
}

impl tree::Branch for Row {
    fn path(&self) -> &str {
        &self.path
    }

    fn below(&self, above: &Self) -> Self {
        Self { path: format!("{}{}/", above.path, self.slug), agenda: above.agenda, ..self.clone() }
    }
}
