//! Reading inside a transaction, as the viewer.
use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, QueryFilter,
    prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{Record, Tx, called};
use crate::{
    access::rule,
    base::{Code, Id, Result, id, refuse},
    store::{check::Saving, join::Join},
};

impl Tx<'_> {
    /// The thing an input field names, as the viewer sees it; not visible answers like not found.
    pub async fn seen<R: Record>(&self, id: Id<R::Kind>, path: &str) -> Result<R> {
        let select = self.rows::<R::Entity>().filter(Expr::col((<R::Entity as Default>::default(), Alias::new("id"))).eq(id.uuid()));
        match self.first(select).await? {
            Some(row) => Ok(row),
            None => refuse(Code::NotFound, path, format!("There is no {} {id} that you can see.", called::<R>())),
        }
    }

    /// The same, none where it is not visible; and on PostgreSQL nobody changes it before this transaction ends, so that
    /// what is decided by it stays right. (SQLite has one writer.)
    pub async fn held<R: Record>(&self, id: Uuid) -> Result<Option<R>> {
        let named = Expr::col((<R::Entity as Default>::default(), Alias::new("id"))).eq(id);
        self.first(sea_orm::QuerySelect::lock_shared(self.rows::<R::Entity>().filter(named))).await
    }

    /// As [`Tx::seen`], for what is saved or counted next: on PostgreSQL whoever wants the same waits until this
    /// transaction ends, so that what is read now is still true when it is saved.
    pub async fn locked<R: Record>(&self, id: Id<R::Kind>, path: &str) -> Result<R> {
        let select = self.rows::<R::Entity>().filter(Expr::col((<R::Entity as Default>::default(), Alias::new("id"))).eq(id.uuid()));
        match self.first(sea_orm::QuerySelect::lock_exclusive(select)).await? {
            Some(row) => Ok(row),
            None => refuse(Code::NotFound, path, format!("There is no {} {id} that you can see.", called::<R>())),
        }
    }

    /// The rows of these ids that the viewer sees, in no order.
    pub async fn by_ids<R: Record>(&self, ids: &[Uuid]) -> Result<Vec<R>> {
        let named = Expr::col((<R::Entity as Default>::default(), Alias::new("id"))).is_in(ids.iter().copied());
        self.all(self.rows::<R::Entity>().filter(named)).await
    }

    /// Checks that the viewer sees all these things.
    pub async fn all_seen<R: Record>(&self, ids: &[Uuid], path: &str) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let select =
            self.rows::<R::Entity>().filter(Expr::col((<R::Entity as Default>::default(), Alias::new("id"))).is_in(ids.iter().copied()));
        let seen = self.all(select).await?;
        match ids.iter().find(|id| !seen.iter().any(|row| row.id().uuid() == **id)) {
            None => Ok(()),
            Some(id) => {
                refuse(Code::NotFound, path, format!("There is no {} {} that you can see.", called::<R>(), Id::<R::Kind>::new(*id)))
            }
        }
    }

    /// The rights a join links a left to, in their order.
    pub async fn linked(&self, join: &Join, left: Uuid) -> Result<Vec<Uuid>> {
        let known = self.known.lock().get(&(join.table, left)).cloned();
        match known {
            Some(rights) => Ok(rights),
            None => {
                self.know(join, &[left]).await?;
                Ok(self.known.lock().get(&(join.table, left)).cloned().unwrap_or_default())
            }
        }
    }

    /// Reads the links of many lefts at once, so that [`Tx::linked`] needs no statement for each.
    pub async fn know(&self, join: &Join, lefts: &[Uuid]) -> Result<()> {
        let mut found: HashMap<Uuid, Vec<Uuid>> = {
            let known = self.known.lock();
            lefts.iter().filter(|left| !known.contains_key(&(join.table, **left))).map(|left| (*left, Vec::new())).collect()
        };
        if found.is_empty() {
            return Ok(());
        }
        let mut wanted: Vec<Uuid> = found.keys().copied().collect();
        wanted.sort_unstable();
        for row in self.tx.query_all_raw(self.backend().build(&join.select(&wanted))).await? {
            found.entry(row.try_get("", "l")?).or_default().push(row.try_get("", "r")?);
        }
        self.known.lock().extend(found.into_iter().map(|(left, rights)| ((join.table, left), rights)));
        Ok(())
    }

    /// Checks that the viewer sees the things that what is about to be saved newly names.
    pub(super) async fn sees_what_is_named<R: Record>(&self, saving: &Saving<'_, R>) -> Result<()> {
        // The hub itself names what it found.
        if self.viewer.is_hub() && self.viewer.person.is_none() {
            return Ok(());
        }
        let before = saving.before.map(R::references).unwrap_or_default();
        let columns = saving.after.references().into_iter().filter(|named| !before.contains(named));
        let mut named: Vec<(&str, &str, Vec<Uuid>)> = columns.map(|(kind, field, id)| (kind, field, vec![id])).collect();
        let links = R::linked_kinds().into_iter().filter_map(|(join, kind, field)| Some((kind, field, saving.links(join)?.to_vec())));
        named.extend(links.filter(|(_, _, ids)| !ids.is_empty()));
        for (kind, field, ids) in named {
            let mut query = Query::select();
            query
                .column(Alias::new("id"))
                .from(Alias::new(kind))
                .and_where(Expr::col(Alias::new("id")).is_in(ids.iter().copied()))
                .cond_where(rule::named(&self.viewer, kind, "audience"));
            let rows = self.tx.query_all_raw(self.backend().build(&query)).await?;
            let seen: Vec<Uuid> = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, DbErr>>()?;
            if let Some(id) = ids.iter().find(|id| !seen.contains(id)) {
                let message = format!("There is no {} {} that you can see.", kind.replace('_', " "), id::join(kind, *id));
                return refuse(Code::NotFound, self.surface.path(field), message);
            }
        }
        Ok(())
    }

    /// What the rows of these ids belong to, as the viewer sees them.
    pub async fn tags_of_all<R: Record>(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
        let named = Expr::col((<R::Entity as Default>::default(), Alias::new("id"))).is_in(ids.iter().copied());
        let rows: Vec<R> = self.all(self.rows::<R::Entity>().filter(named)).await?;
        let mut tags: HashMap<Uuid, Vec<Uuid>> = rows.iter().map(|row| (row.id().uuid(), row.tags())).collect();
        let seen: Vec<Uuid> = tags.keys().copied().collect();
        for join in R::joins() {
            for row in self.tx.query_all_raw(self.backend().build(&join.select(&seen))).await? {
                let (left, right): (Uuid, Uuid) = (row.try_get("", "l")?, row.try_get("", "r")?);
                tags.entry(left).or_default().push(right);
            }
        }
        tags.values_mut().for_each(|tags| tags.sort_unstable());
        tags.values_mut().for_each(Vec::dedup);
        Ok(tags)
    }

    /// The log's head before this transaction.
    pub async fn log_head(&self) -> Result<i64> {
        let statement = sea_orm::Statement::from_string(self.backend(), "SELECT seq FROM log_head");
        let rows = self.tx.query_all_raw(statement).await?;
        Ok(rows.first().map_or(Ok(0), |row| row.try_get("", "seq"))?)
    }
}
