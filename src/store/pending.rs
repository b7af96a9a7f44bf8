//! What a transaction still has to insert: rows, links, the past and the log, each in as few statements as can be.
use std::any::{Any, TypeId};

use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, Iterable, ModelTrait,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{
    join::Join,
    log::{self, Entry},
};
use crate::base::{Fault, Moment, Result};

/// Parameters of one statement; SQLite takes 32,766 and PostgreSQL 65,535.
const PARAMETERS: usize = 30_000;

/// The past of one row or part.
pub(super) struct Past {
    pub subject: Uuid,
    pub part: String,
    pub version: i64,
    pub actor: Option<Uuid>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// New rows of one table.
pub(super) struct Insert<M: ModelTrait> {
    pub rows: Vec<<M::Entity as EntityTrait>::ActiveModel>,
    /// Whether a row that is there already stays as it is.
    pub keeps_earlier: bool,
}

/// New rows of any table.
pub(super) trait Rows: Send + Sync {
    fn as_any(&mut self) -> &mut dyn Any;
    fn len(&self) -> usize;
    fn truncate(&mut self, len: usize);
    fn flush<'a>(&'a mut self, tx: &'a DatabaseTransaction) -> BoxFuture<'a, Result<()>>;
}

impl<M> Rows for Insert<M>
where
    M: ModelTrait + 'static,
    <M::Entity as EntityTrait>::ActiveModel: Send + Sync + 'static,
{
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn truncate(&mut self, len: usize) {
        self.rows.truncate(len);
    }

    #[expect(clippy::disallowed_methods, reason = "the write door")]
    fn flush<'a>(&'a mut self, tx: &'a DatabaseTransaction) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let width = <<M::Entity as EntityTrait>::Column as Iterable>::iter().count().max(1);
            let mut rows = std::mem::take(&mut self.rows).into_iter().map(ActiveModelTrait::reset_all);
            loop {
                let some: Vec<_> = rows.by_ref().take(PARAMETERS / width).collect();
                if some.is_empty() {
                    return Ok(());
                }
                let insert = <M::Entity as EntityTrait>::insert_many(some);
                if self.keeps_earlier {
                    insert.on_conflict_do_nothing().exec_without_returning(tx).await?;
                } else {
                    insert.exec_without_returning(tx).await?;
                }
            }
        })
    }
}

/// Everything a transaction still has to insert.
#[derive(Default)]
pub(super) struct Pending {
    pub rows: Vec<(TypeId, Box<dyn Rows>)>,
    pub links: Vec<(&'static Join, Uuid, Uuid, i64)>,
    pub past: Vec<Past>,
    pub log: Vec<Entry>,
}

/// How much was pending at some point, to return to.
pub(super) struct Mark {
    rows: Vec<usize>,
    links: usize,
    past: usize,
    log: usize,
}

impl Pending {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            rows: self.rows.iter().map(|(_, rows)| rows.len()).collect(),
            links: self.links.len(),
            past: self.past.len(),
            log: self.log.len(),
        }
    }

    /// Forgets what came after the mark.
    pub(super) fn back_to(&mut self, mark: &Mark) {
        for (index, (_, rows)) in self.rows.iter_mut().enumerate() {
            rows.truncate(mark.rows.get(index).copied().unwrap_or(0));
        }
        self.links.truncate(mark.links);
        self.past.truncate(mark.past);
        self.log.truncate(mark.log);
    }

    /// Inserts everything; answers the number of the log's head afterwards. The log comes last, because it locks the head.
    pub(super) async fn flush(&mut self, tx: &DatabaseTransaction, at: Moment) -> Result<i64> {
        for (_, rows) in &mut self.rows {
            rows.flush(tx).await?;
        }
        self.flush_links(tx).await?;
        self.flush_past(tx, at).await?;
        self.flush_log(tx, at).await
    }

    async fn flush_links(&mut self, tx: &DatabaseTransaction) -> Result<()> {
        let links = std::mem::take(&mut self.links);
        let mut tables: Vec<&'static Join> = Vec::new();
        for (join, ..) in &links {
            if !tables.contains(join) {
                tables.push(join);
            }
        }
        for table in tables {
            let rows: Vec<_> = links.iter().filter(|(join, ..)| *join == table).collect();
            for some in rows.chunks(PARAMETERS / 3) {
                let mut query = Query::insert();
                query.into_table(Alias::new(table.table)).columns([table.left, table.right, "position"].map(Alias::new));
                for (_, left, right, position) in some {
                    query.values_panic([(*left).into(), (*right).into(), (*position).into()]);
                }
                tx.execute_raw(tx.get_database_backend().build(&query)).await?;
            }
        }
        Ok(())
    }

    async fn flush_past(&mut self, tx: &DatabaseTransaction, at: Moment) -> Result<()> {
        let past = std::mem::take(&mut self.past);
        for some in past.chunks(PARAMETERS / 7) {
            let mut query = Query::insert();
            query
                .into_table(Alias::new("history"))
                .columns(["subject", "part", "version", "at", "actor", "before", "after"].map(Alias::new));
            for past in some {
                query.values_panic([
                    past.subject.into(),
                    past.part.as_str().into(),
                    past.version.into(),
                    at.0.into(),
                    past.actor.into(),
                    past.before.clone().into(),
                    past.after.clone().into(),
                ]);
            }
            tx.execute_raw(tx.get_database_backend().build(&query)).await?;
        }
        Ok(())
    }

    #[expect(clippy::disallowed_methods, reason = "the write door")]
    async fn flush_log(&mut self, tx: &DatabaseTransaction, at: Moment) -> Result<i64> {
        let entries = std::mem::take(&mut self.log);
        let mut head = Query::update();
        head.table(Alias::new("log_head"))
            .value(Alias::new("seq"), Expr::col(Alias::new("seq")).add(entries.len() as i64))
            .returning(Query::returning().columns([Alias::new("seq")]));
        if tx.get_database_backend() == DbBackend::Postgres && !entries.is_empty() {
            // Told with the commit, and only then; it costs no statement of its own.
            head.returning(Query::returning().exprs([Expr::col(Alias::new("seq")), Expr::cust(super::wake::TELL)]));
        }
        let rows = tx.query_all_raw(tx.get_database_backend().build(&head)).await?;
        let last: i64 = rows.first().ok_or_else(|| Fault::new("the table log_head is empty"))?.try_get("", "seq")?;
        let first = last - entries.len() as i64 + 1;
        let numbered: Vec<(i64, &Entry)> = (first..).zip(&entries).collect();
        for some in numbered.chunks(PARAMETERS / log::WIDTH) {
            let rows = some.iter().map(|(seq, entry)| sea_orm::IntoActiveModel::into_active_model(entry.numbered(*seq, at)).reset_all());
            log::Entity::insert_many(rows).exec_without_returning(tx).await?;
        }
        let tags: Vec<(i64, Uuid)> = numbered.iter().flat_map(|(seq, entry)| entry.tags.iter().map(|tag| (*seq, *tag))).collect();
        for some in tags.chunks(PARAMETERS / 2) {
            let mut query = Query::insert();
            query.into_table(Alias::new("log_tag")).columns(["seq", "tag"].map(Alias::new));
            for (seq, tag) in some {
                query.values_panic([(*seq).into(), (*tag).into()]);
            }
            tx.execute_raw(tx.get_database_backend().build(&query)).await?;
        }
        Ok(last)
    }
}
