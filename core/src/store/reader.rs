//! The read door: every select of the hub starts here, already cut to what the viewer may see.
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use parking_lot::RwLock;
use sea_orm::{
    Condition, DbBackend, QueryFilter, QuerySelect, QueryTrait, Select, Statement,
    sea_query::{Alias, Expr, ExprTrait, SelectStatement},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{
    Db, Row, Tap,
    condition::among,
    join::Join,
    page::{List, Slice},
};
use crate::{
    access::{Audience, Table, Viewer, Visible, rule},
    base::{Moment, Result},
};

pub use super::join::Parent;

/// Slugs that are sought with one statement, and how many are many.
const SLUGS: usize = 10_000;
const MANY: usize = 500;

/// Reads the database as one viewer. Its clones share the viewer, so that a stream that asks its rights anew changes
/// them for everything it loads.
#[derive(Clone)]
pub struct Reader {
    db: Db,
    viewer: Arc<RwLock<Arc<Viewer>>>,
    tap: Option<Tap>,
}

/// Rows per parent id, with whether there are more behind and before.
pub type Grouped<M> = Vec<(Uuid, Slice<M>)>;

impl Reader {
    /// A reader for this viewer.
    pub fn new(db: Db, viewer: Arc<Viewer>) -> Self {
        Self { db, viewer: Arc::new(RwLock::new(viewer)), tap: None }
    }

    /// The same reader telling every statement to `tap`.
    pub fn tapped(mut self, tap: Tap) -> Self {
        self.tap = Some(tap);
        self
    }

    /// A reader that sees everything, for what the hub does itself.
    pub fn hub(db: Db) -> Self {
        Self::new(db, Arc::new(Viewer::hub()))
    }

    /// The same reading everything: for what is decided by, never to answer with.
    pub fn as_hub(&self) -> Self {
        Self { viewer: Arc::new(RwLock::new(Arc::new(Viewer::hub()))), ..self.clone() }
    }

    /// The same reader of the hub as it is now: what is written later is not seen.
    pub async fn at_this_moment(&self) -> Result<Self> {
        Ok(Self { db: self.db.at_this_moment().await?, ..self.clone() })
    }

    /// Who reads.
    pub fn viewer(&self) -> Arc<Viewer> {
        self.viewer.read().clone()
    }

    /// From now on this reader and its clones read as this viewer.
    pub fn now_as(&self, viewer: Arc<Viewer>) {
        *self.viewer.write() = viewer;
    }

    /// Now.
    pub fn now(&self) -> Moment {
        self.db.now()
    }

    /// The database's dialect.
    pub fn backend(&self) -> DbBackend {
        self.db.backend()
    }

    /// Rows of `E` this viewer may see.
    #[expect(clippy::disallowed_methods, reason = "this is the read door")]
    pub fn rows<E: Visible>(&self) -> Select<E> {
        let (select, viewer) = (E::find(), self.viewer());
        if viewer.is_hub() { select } else { select.filter(rule::sql::<E>(&viewer)) }
    }

    /// Rows of a table without an audience of its own (texts, registrations …). Ask only for subjects that this
    /// reader has admitted.
    #[expect(clippy::disallowed_methods, reason = "this is the read door")]
    pub fn parts<E: Table>(&self) -> Select<E> {
        E::find()
    }

    /// Every row a select finds.
    pub async fn all<E: Table>(&self, select: Select<E>) -> Result<Vec<E::Model>> {
        let rows = self.fetch(select.build(self.backend())).await?;
        rows.into_iter().map(|row| Ok(row.into_model()?)).collect()
    }

    /// The first row a select finds.
    pub async fn first<E: Table>(&self, select: Select<E>) -> Result<Option<E::Model>> {
        Ok(self.all(select.limit(1)).await?.pop())
    }

    /// What a select tells of the rows it finds, where that is not their whole: some columns, sums.
    pub async fn project<E: Table, M: DeserializeOwned>(&self, select: Select<E>) -> Result<Vec<M>> {
        let rows = self.fetch(select.build(self.backend())).await?;
        rows.into_iter().map(|row| Ok(row.into_model()?)).collect()
    }

    /// How many rows a select finds.
    pub async fn count<E: Table>(&self, select: Select<E>) -> Result<u64> {
        let mut query = select.into_query();
        query.clear_selects().clear_order_by().expr_as(Expr::cust("COUNT(*)"), "total");
        let rows = self.query(&query).await?;
        let total: i64 = rows.first().map_or(Ok(0), |row| row.get("total"))?;
        Ok(u64::try_from(total).unwrap_or(0))
    }

    /// One page of a list.
    pub async fn page<E: Table>(&self, list: &List<E>) -> Result<Slice<E::Model>> {
        let rows = self.query(&list.statement()).await?;
        list.slice::<E::Model>(rows)
    }

    /// One page of a list for each of several parents, in one statement.
    pub async fn pages<E: Table>(&self, list: &List<E>, parent: Parent, ids: &[Uuid]) -> Result<Grouped<E::Model>> {
        let rows = self.query(&list.statement_by_parent(parent, ids)).await?;
        let mut groups: Vec<(Uuid, Vec<Row>)> = ids.iter().map(|id| (*id, Vec::new())).collect();
        for row in rows {
            let parent: Uuid = row.get(super::page::PARENT)?;
            if let Some((_, group)) = groups.iter_mut().find(|(id, _)| *id == parent) {
                group.push(row);
            }
        }
        groups.into_iter().map(|(id, rows)| Ok((id, list.slice::<E::Model>(rows)?))).collect()
    }

    /// How many rows of a list each of several parents has, in one statement.
    pub async fn counts<E: Table>(&self, list: &List<E>, parent: Parent, ids: &[Uuid]) -> Result<Vec<(Uuid, u64)>> {
        let rows = self.query(&list.count_by_parent(parent, ids)).await?;
        rows.iter()
            .map(|row| {
                let total: i64 = row.get("total")?;
                Ok((row.get(super::page::PARENT)?, u64::try_from(total).unwrap_or(0)))
            })
            .collect()
    }

    /// The ids a join links each of several lefts to, in their order.
    pub async fn linked(&self, join: &Join, lefts: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
        let rows = self.query(&join.select(lefts)).await?;
        rows.iter().map(|row| Ok((row.get("l")?, row.get("r")?))).collect()
    }

    /// Rows by their ids, in no order.
    pub async fn by_ids<E: Visible>(&self, ids: &[Uuid]) -> Result<Vec<E::Model>> {
        let column = Expr::col((E::default(), Alias::new("id")));
        self.all(self.rows::<E>().filter(among(column, ids))).await
    }

    /// The rows a join links each of several things to, in the join's order; `reversed` goes from right to left.
    pub async fn joined<E: Visible>(&self, join: &Join, reversed: bool, from: &[Uuid]) -> Result<Vec<(Uuid, E::Model)>> {
        let (near, far) = if reversed { (join.right, join.left) } else { (join.left, join.right) };
        let table = Alias::new(join.table);
        let near = Expr::col((table.clone(), Alias::new(near)));
        let mut query = self.rows::<E>().into_query();
        query
            .inner_join(table.clone(), Expr::col((table.clone(), Alias::new(far))).eq(Expr::col((E::default(), Alias::new("id")))))
            .expr_as(near.clone(), super::page::PARENT)
            .and_where(among(near, from))
            .order_by((table, Alias::new("position")), sea_orm::sea_query::Order::Asc);
        let rows = self.query(&query).await?;
        rows.into_iter().map(|row| Ok((row.get(super::page::PARENT)?, row.into_model()?))).collect()
    }

    /// The slugs of things of a kind.
    pub async fn slugs(&self, kind: &str, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
        let mut query = SelectStatement::new();
        query.columns(["id", "slug"].map(Alias::new)).from(Alias::new(kind)).and_where(among(Expr::col(Alias::new("id")), ids));
        self.query(&query).await?.iter().map(|row| Ok((row.get("id")?, row.get("slug")?))).collect()
    }

    /// The ids and slugs of the things of a kind that the viewer sees and for which this holds.
    pub async fn identities(&self, kind: &str, such: Condition) -> Result<Vec<(Uuid, String)>> {
        let mut query = SelectStatement::new();
        query.columns(["id", "slug"].map(Alias::new)).from(Alias::new(kind)).cond_where(such).cond_where(rule::named(
            &self.viewer(),
            kind,
            "audience",
        ));
        self.query(&query).await?.iter().map(|row| Ok((row.get("id")?, row.get("slug")?))).collect()
    }

    /// The ids behind slugs of a kind, each with who may see it: for who brings everything. Where many are sought, a table with no more rows than that is read whole, which
    /// spares it lists of thousands.
    pub async fn at_slugs(&self, kind: &str, sought: &[&str]) -> Result<Vec<(Uuid, String, Audience)>> {
        let mut found = Vec::new();
        if sought.len() > MANY && self.has_at_most(kind, sought.len() as u64).await? {
            let sought: HashSet<&str> = sought.iter().copied().collect();
            found.extend(self.slugs_among(kind, None).await?.into_iter().filter(|(_, slug, _)| sought.contains(slug.as_str())));
        } else {
            for some in sought.chunks(SLUGS) {
                found.extend(self.slugs_among(kind, Some(some)).await?);
            }
        }
        Ok(found)
    }

    async fn slugs_among(&self, kind: &str, slugs: Option<&[&str]>) -> Result<Vec<(Uuid, String, Audience)>> {
        let mut query = SelectStatement::new();
        query.columns(["id", "slug", "audience"].map(Alias::new)).from(Alias::new(kind));
        if let Some(slugs) = slugs {
            query.and_where(Expr::col(Alias::new("slug")).is_in(slugs.iter().copied()));
        }
        self.query(&query).await?.iter().map(|row| Ok((row.get("id")?, row.get("slug")?, row.get("audience")?))).collect()
    }

    /// Whether a table has no more rows than this; it is not counted further.
    async fn has_at_most(&self, table: &str, rows: u64) -> Result<bool> {
        let mut query = SelectStatement::new();
        query.column(Alias::new("id")).from(Alias::new(table)).limit(1).offset(rows);
        Ok(self.query(&query).await?.is_empty())
    }

    /// Up to where a follower of the log has come that keeps nothing else of its own; none before its first time.
    pub async fn follower(&self, name: &str) -> Result<Option<i64>> {
        let mut query = SelectStatement::new();
        query.column(Alias::new("seq")).from(Alias::new("follower")).and_where(Expr::col(Alias::new("name")).eq(name));
        self.query(&query).await?.first().map(|row| Ok(row.get("seq")?)).transpose()
    }

    /// Every id of a kind with its slug.
    pub async fn every_slug(&self, kind: &str) -> Result<Vec<(Uuid, String)>> {
        let mut query = SelectStatement::new();
        query.columns(["id", "slug"].map(Alias::new)).from(Alias::new(kind));
        self.query(&query).await?.iter().map(|row| Ok((row.get("id")?, row.get("slug")?))).collect()
    }

    /// The slugs things of a kind once had.
    pub async fn old_slugs(&self, kind: &str) -> Result<Vec<(Uuid, String)>> {
        let mut query = SelectStatement::new();
        query.columns(["subject", "slug"].map(Alias::new)).from(Alias::new("old_slug")).and_where(Expr::col(Alias::new("kind")).eq(kind));
        self.query(&query).await?.iter().map(|row| Ok((row.get("subject")?, row.get("slug")?))).collect()
    }

    /// Every id of a kind with its audience: what the rule is held against.
    pub async fn audiences(&self, kind: &str) -> Result<Vec<(Uuid, Audience)>> {
        let mut query = SelectStatement::new();
        query.columns(["id", "audience"].map(Alias::new)).from(Alias::new(kind)).order_by(Alias::new("id"), sea_orm::sea_query::Order::Asc);
        self.query(&query).await?.iter().map(|row| Ok((row.get("id")?, row.get("audience")?))).collect()
    }

    /// The checksums of all documents' files.
    pub async fn checksums(&self) -> Result<Vec<String>> {
        let mut query = SelectStatement::new();
        query.distinct().column(Alias::new("sha256")).from(Alias::new("document_file"));
        self.query(&query).await?.iter().map(|row| Ok(row.get("sha256")?)).collect()
    }

    /// The next ids of a kind in their order, for walking a whole table.
    pub async fn ids_after(&self, kind: &str, after: Uuid, limit: u64) -> Result<Vec<Uuid>> {
        let mut query = SelectStatement::new();
        let id = Alias::new("id");
        query
            .column(id.clone())
            .from(Alias::new(kind))
            .and_where(Expr::col(id.clone()).gt(after))
            .order_by(id, sea_orm::sea_query::Order::Asc)
            .limit(limit);
        self.query(&query).await?.iter().map(|row| Ok(row.get("id")?)).collect()
    }

    /// The ids of the rows of `table` whose `column` holds one of these, for what depends on them.
    pub async fn ids_where(&self, table: &str, id: &str, column: &str, values: &[Uuid]) -> Result<Vec<Uuid>> {
        let mut query = SelectStatement::new();
        query.expr_as(Expr::col(Alias::new(id)), "id").from(Alias::new(table)).and_where(among(Expr::col(Alias::new(column)), values));
        self.query(&query).await?.iter().map(|row| Ok(row.get("id")?)).collect()
    }

    /// The lefts a join links to any of these rights.
    pub async fn lefts_of(&self, join: &Join, rights: &[Uuid]) -> Result<Vec<Uuid>> {
        self.ids_where(join.table, join.left, join.right, rights).await
    }

    /// What these former slugs of this kind lead to; nothing under those that never were one.
    pub async fn renamed(&self, kind: &str, slugs: &[&str]) -> Result<HashMap<String, Uuid>> {
        let mut found = HashMap::new();
        for some in slugs.chunks(SLUGS) {
            let rows = self.query(&former(kind, some).column(Alias::new("slug")).to_owned()).await?;
            for row in rows {
                found.insert(row.get("slug")?, row.get("subject")?);
            }
        }
        Ok(found)
    }

    /// Runs a statement that is already cut to what the viewer may see.
    pub(super) async fn query(&self, query: &SelectStatement) -> Result<Vec<Row>> {
        self.fetch(self.backend().build(query)).await
    }

    async fn fetch(&self, statement: Statement) -> Result<Vec<Row>> {
        if let Some(tap) = &self.tap {
            tap.lock().push(statement.sql.to_string());
        }
        self.db.fetch(statement).await
    }
}

/// Selects the subjects that these former slugs of a kind lead to.
pub fn former<'s>(kind: &str, slugs: impl IntoIterator<Item = &'s (impl AsRef<str> + 's)>) -> SelectStatement {
    let mut query = SelectStatement::new();
    query
        .column(Alias::new("subject"))
        .from(Alias::new("old_slug"))
        .and_where(Expr::col(Alias::new("kind")).eq(kind))
        .and_where(Expr::col(Alias::new("slug")).is_in(slugs.into_iter().map(AsRef::as_ref)));
    query
}

/// One save of a row or part.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// Its version after the save.
    pub version: i64,
    /// When.
    pub at: Moment,
    /// Who; none for the hub itself.
    pub actor: Option<Uuid>,
    /// The row before; none for a new one.
    pub before: Option<serde_json::Value>,
    /// The row after.
    pub after: Option<serde_json::Value>,
}

impl Reader {
    /// The history of these parts of some subjects, oldest first. Ask only for subjects that this reader has admitted.
    pub async fn history(&self, subjects: &[Uuid], parts: &[impl AsRef<str>]) -> Result<Vec<Saved>> {
        let mut query = SelectStatement::new();
        query
            .columns(["version", "at", "actor", "before", "after"].map(Alias::new))
            .from(Alias::new("history"))
            .and_where(among(Expr::col(Alias::new("subject")), subjects))
            .and_where(Expr::col(Alias::new("part")).is_in(parts.iter().map(AsRef::as_ref)))
            .order_by(Alias::new("version"), sea_orm::sea_query::Order::Asc);
        let json = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
        let rows = self.query(&query).await?;
        rows.iter()
            .map(|row| {
                let (before, after) = (json(row.get("before")?)?, json(row.get("after")?)?);
                Ok(Saved { version: row.get("version")?, at: row.get("at")?, actor: row.get("actor")?, before, after })
            })
            .collect()
    }
}
