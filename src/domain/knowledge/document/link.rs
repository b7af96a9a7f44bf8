//! Whether documents that are links still lead anywhere: kept by the link, which many documents may share, and asked by what follows the clock.
use std::collections::HashMap;

use async_graphql::Context;
use sea_orm::{Condition, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Query};
use serde::Deserialize;

use super::row;
use crate::{
    base::{Moment, Result},
    relay::{context::Asking, loaders::Batch},
    store::{Command, Reader, Request, Tx, Writer},
};

/// Links looked for with one statement.
const PAGE: u64 = 64;

/// What asking a link found.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "link_check")]
pub struct Model {
    /// The address, as documents tell it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub link: String,
    /// When it was asked.
    pub checked_at: Moment,
    /// Why it leads nowhere; none where it leads somewhere.
    pub fault: Option<String>,
}

crate::plain_table!();

/// What asking a link found.
pub type LinkCheck = Model;

/// What was found by link.
struct Found;

impl Batch for Found {
    type Key = String;
    type Value = Model;

    async fn run(&self, reader: Reader, keys: Vec<String>) -> Result<HashMap<String, Model>> {
        let found = reader.all(reader.parts::<Entity>().filter(Column::Link.is_in(keys))).await?;
        Ok(found.into_iter().map(|check| (check.link.clone(), check)).collect())
    }
}

/// What was found of the link of a document the viewer was shown.
pub(super) async fn found(ctx: &Context<'_>, document: &row::Model) -> Result<Option<Model>> {
    match document.open_link() {
        Some(link) => ctx.scope().loaders.load((), link.to_owned(), || Ok(Found)).await,
        None => Ok(None),
    }
}

/// Some links after this one that were not asked since then, in their order; none where there are no more.
pub async fn links_due(reader: &Reader, since: Moment, after: &str) -> Result<Vec<String>> {
    let mut known = Query::select();
    known.column(Column::Link).from(Entity).and_where(Column::CheckedAt.gt(since));
    let select = reader
        .rows::<row::Entity>()
        .filter(row::Column::Link.gt(after))
        .filter(row::Column::Link.not_in_subquery(known))
        .filter(row::Column::State.ne(row::State::Withdrawn))
        .order_by_asc(row::Column::Link)
        .limit(PAGE);
    let mut found: Vec<String> = reader.all(select).await?.into_iter().filter_map(|row| row.link).collect();
    found.dedup();
    Ok(found)
}

/// Keeps what asking some links found, in place of what was found before.
pub async fn note_link_checks(writer: &Writer, request: Request, checks: Vec<LinkCheck>) -> Result<()> {
    writer.run(request, Checked(checks)).await?;
    Ok(())
}

struct Checked(Vec<Model>);

impl Command for Checked {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.discard::<Entity>(Condition::all().add(Column::Link.is_in(self.0.iter().map(|check| &*check.link)))).await?;
        self.0.iter().for_each(|check| tx.derived(check.clone()));
        Ok(())
    }
}
