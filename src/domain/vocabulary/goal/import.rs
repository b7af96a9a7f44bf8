//! Importing goals.
use futures_util::future::BoxFuture;
use sea_orm::{QueryFilter, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{Goal, Row, row};
use crate::{
    access::Audience,
    base::{Kind, Result},
    domain::{agenda::Agenda, theme::Labels},
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared, tree},
    },
    new_row,
    store::{Json, Saving, Tx},
};

/// A record of a goal: `{"kind":"goal","slug":"sdg-11-2","agenda":"sdg","code":"11.2","name":…,"parent":"sdg-11","position":97}`.
#[derive(Debug, Deserialize, Serialize)]
pub struct GoalRecord {
    slug: String,
    agenda: String,
    code: String,
    name: String,
    parent: Option<String>,
    position: i64,
    #[serde(default)]
    labels: Labels,
}

impl Importable for GoalRecord {
    type Row = Row;

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            for goal in tx.all(tx.every::<row::Entity>()).await? {
                tree::note(context, Goal::NAME, &goal.slug, goal.path);
            }
            Ok(())
        })
    }

    fn prepare(&self, before: Option<&Row>, context: &mut ImportContext, _: &Tx<'_>) -> Result<Prepared<Row>> {
        let agenda = context.id::<Agenda>(&self.agenda, "agenda")?;
        let parent = context.maybe::<Goal>(self.parent.as_deref(), "parent")?;
        let root = format!("{}/", self.agenda);
        let path = tree::path(context, Goal::NAME, &root, &self.slug, self.parent.as_deref(), before.map(|row| row.path.as_str()))?;
        let row = new_row!(context.own_id(before, &self.slug), self.slug.clone(), Audience::public(), {
            agenda,
            parent,
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
            labels: Json(self.labels.clone()),
            position: self.position,
            path,
        });
        Ok(Prepared { row, links: Vec::new(), texts: None })
    }

    fn moves_others(before: &Row, after: &Row) -> bool {
        before.path != after.path
    }
}

impl Exportable for GoalRecord {
    async fn of_all(rows: Vec<Row>, context: &ExportContext) -> Result<Vec<Self>> {
        let record = |row: Row| {
            Ok(Self {
                agenda: context.slug(row.agenda)?,
                parent: context.maybe(row.parent)?,
                slug: row.slug,
                code: row.code,
                name: row.name,
                position: row.position,
                labels: row.labels.0,
            })
        };
        rows.into_iter().map(record).collect()
    }
}

/// When a goal moves, everything below it moves along.
pub(super) async fn move_below(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    let after = saving.after;
    if !saving.sets(|row| row.path.clone()) {
        return Ok(());
    }
    for goal in tx.all(tx.every::<row::Entity>().filter(row::Column::Parent.eq(after.id))).await? {
        let moved = Row { agenda: after.agenda, path: format!("{}{}/", after.path, goal.slug), ..goal.clone() };
        tx.change(&goal, moved, &[]).await?;
    }
    Ok(())
}
