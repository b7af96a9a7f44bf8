//! Whether documents that are links still lead anywhere: kept by the document, asked by what follows the clock.
use std::collections::HashMap;

use async_graphql::Context;
use sea_orm::{
    Condition, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};
use serde::Deserialize;

use super::{Document, row};
use crate::{
    base::{Id, Moment, Result},
    relay::{context::Asking, loaders::Batch},
    store::{Command, Reader, Request, Tx, Writer},
};

/// Links looked for with one statement.
const PAGE: u64 = 64;

/// What asking a document's link found.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "link_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub document: Id<Document>,
    /// The address that was asked; the document may have another one since.
    pub link: String,
    /// When it was its turn.
    pub checked_at: Moment,
    /// Whether it was asked: not where the rule does not admit it.
    pub is_asked: bool,
    /// Why it leads nowhere; none where it leads somewhere.
    pub fault: Option<String>,
}

crate::plain_table!();

/// What asking a document's link found.
pub type LinkCheck = Model;

/// A link that is to be asked.
#[derive(Clone, Debug, Deserialize)]
pub struct Due {
    /// Whose it is.
    pub id: Id<Document>,
    /// The address.
    pub link: String,
}

/// What was found by document.
struct Found;

impl Batch for Found {
    type Key = Uuid;
    type Value = Model;

    async fn run(&self, reader: Reader, keys: Vec<Uuid>) -> Result<HashMap<Uuid, Model>> {
        let found = reader.all(reader.parts::<Entity>().filter(Column::Document.is_in(keys)).filter(Column::IsAsked.eq(true))).await?;
        Ok(found.into_iter().map(|check| (check.document.uuid(), check)).collect())
    }
}

/// What was found of the link of a document the viewer was shown.
pub(super) async fn found(ctx: &Context<'_>, document: &row::Model) -> Result<Option<Model>> {
    let Some(link) = document.open_link() else { return Ok(None) };
    let found = ctx.scope().loaders.load((), document.id.uuid(), || Ok(Found)).await?;
    Ok(found.filter(|check| check.link == link))
}

/// Some documents behind this one whose links had no turn since then; none where there are no more.
pub async fn links_due(reader: &Reader, since: Moment, after: Uuid) -> Result<Vec<Due>> {
    let mut checked = Query::select();
    checked
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(Expr::col((Entity, Column::Document)).equals((row::Entity, row::Column::Id)))
        .and_where(Expr::col((Entity, Column::Link)).equals((row::Entity, row::Column::Link)))
        .and_where(Expr::col((Entity, Column::CheckedAt)).gt(since));
    let select = reader
        .rows::<row::Entity>()
        .select_only()
        .columns([row::Column::Id, row::Column::Link])
        .filter(row::Column::Link.is_not_null())
        .filter(row::Column::Id.gt(after))
        .filter(row::Column::State.ne(row::State::Withdrawn))
        .filter(Expr::exists(checked).not())
        .order_by_asc(row::Column::Id)
        .limit(PAGE);
    reader.project(select).await
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
        tx.discard::<Entity>(Condition::all().add(Column::Document.is_in(self.0.iter().map(|check| check.document)))).await?;
        self.0.iter().for_each(|check| tx.derived(check.clone()));
        Ok(())
    }
}
