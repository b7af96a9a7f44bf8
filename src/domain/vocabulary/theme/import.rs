//! Importing themes.
use futures_util::future::BoxFuture;
use sea_orm::{QueryFilter, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{Row, Theme, row};
use crate::{
    access::Audience,
    base::{Kind, Result},
    kernel::{
        export::{ExportContext, Exportable},
        import::{ImportContext, Importable, Prepared, tree},
    },
    new_row,
    store::{Json, Saving, Tx},
};

/// A record of a theme: `{"kind":"theme","slug":…,"name":…,"parent":…,"labels":{"fr":…}}`.
#[derive(Debug, Deserialize, Serialize)]
pub struct ThemeRecord {
    slug: String,
    name: String,
    parent: Option<String>,
    #[serde(default)]
    labels: row::Labels,
}

impl Importable for ThemeRecord {
    type Row = Row;

    fn ready<'t>(tx: &'t Tx<'_>, context: &'t mut ImportContext) -> BoxFuture<'t, Result<()>> {
        Box::pin(async move {
            for theme in tx.all(tx.every::<row::Entity>()).await? {
                tree::note(context, Theme::NAME, &theme.slug, theme.path);
            }
            Ok(())
        })
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

/// When a theme moves, everything below it moves along.
pub(super) async fn move_below(saving: &Saving<'_, Row>, tx: &mut Tx<'_>) -> Result<()> {
    let after = saving.after;
    if !saving.sets(|row| row.path.clone()) {
        return Ok(());
    }
    let below = tx.all(tx.every::<row::Entity>().filter(row::Column::Parent.eq(after.id))).await?;
    for theme in below {
        let moved = Row { path: format!("{}{}/", after.path, theme.slug), ..theme.clone() };
        tx.change(&theme, moved, &[]).await?;
    }
    Ok(())
}
