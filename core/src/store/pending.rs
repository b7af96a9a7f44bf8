//! What a transaction still has to insert: rows, links, the history and the log, each in as few statements as can be.
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityName, ModelTrait, Value,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{
    bulk::Insert,
    join::Join,
    log::{self, Entry},
};
use crate::base::{Fault, Moment, Result};

/// The history of one row or part.
pub(super) struct HistoryEntry {
    pub subject: Uuid,
    pub part: String,
    pub version: i64,
    pub actor: Option<Uuid>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Everything a transaction still has to insert.
#[derive(Default)]
pub(super) struct Pending {
    pub rows: Vec<Insert>,
    pub links: Vec<(&'static Join, Uuid, Uuid, i64)>,
    pub history: Vec<HistoryEntry>,
    pub log: Vec<Entry>,
}

/// How much was pending at some point, to return to.
pub(super) struct Mark {
    rows: Vec<usize>,
    links: usize,
    history: usize,
    log: usize,
}

impl Pending {
    pub(super) fn mark(&self) -> Mark {
        Mark {
            rows: self.rows.iter().map(|insert| insert.rows.len()).collect(),
            links: self.links.len(),
            history: self.history.len(),
            log: self.log.len(),
        }
    }

    /// Forgets what came after the mark.
    pub(super) fn back_to(&mut self, mark: &Mark) {
        for (index, insert) in self.rows.iter_mut().enumerate() {
            insert.rows.truncate(mark.rows.get(index).copied().unwrap_or(0));
        }
        self.links.truncate(mark.links);
        self.history.truncate(mark.history);
        self.log.truncate(mark.log);
    }

    /// Inserts everything; answers the number of the log's head afterwards. The log comes last, because it locks the head.
    pub(super) async fn flush(&mut self, tx: &DatabaseTransaction, at: Moment) -> Result<i64> {
        self.flush_rows(tx).await?;
        self.flush_history(tx, at).await?;
        self.flush_log(tx, at).await
    }

    /// Inserts the rows and their links alone.
    pub(super) async fn flush_rows(&mut self, tx: &DatabaseTransaction) -> Result<()> {
        for insert in std::mem::take(&mut self.rows) {
            insert.run(tx).await?;
        }
        self.flush_links(tx).await
    }

    async fn flush_links(&mut self, tx: &DatabaseTransaction) -> Result<()> {
        let mut tables: Vec<Insert> = Vec::new();
        for (join, left, right, position) in std::mem::take(&mut self.links) {
            let row: Vec<Value> = vec![left.into(), right.into(), position.into()];
            match tables.iter_mut().find(|insert| insert.table == join.table) {
                Some(insert) => insert.rows.push(row),
                None => tables.push(Insert { rows: vec![row], ..Insert::new(join.table, &[join.left, join.right, "position"]) }),
            }
        }
        for insert in tables {
            insert.run(tx).await?;
        }
        Ok(())
    }

    async fn flush_history(&mut self, tx: &DatabaseTransaction, at: Moment) -> Result<()> {
        let mut insert = Insert::new("history", &["subject", "part", "version", "at", "actor", "before", "after"]);
        insert.rows = std::mem::take(&mut self.history)
            .into_iter()
            .map(|entry| {
                vec![
                    entry.subject.into(),
                    entry.part.into(),
                    entry.version.into(),
                    at.0.into(),
                    entry.actor.into(),
                    entry.before.into(),
                    entry.after.into(),
                ]
            })
            .collect();
        insert.run(tx).await
    }

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
        let (mut log, mut tags) = (Insert::of::<log::Model>(), Insert::new("log_tag", &["seq", "tag"]));
        for (seq, entry) in (first..).zip(entries) {
            tags.rows.extend(entry.tags.iter().map(|tag| vec![seq.into(), (*tag).into()]));
            log.rows.push(Insert::row(entry.numbered(seq, at)));
        }
        log.run(tx).await?;
        tags.run(tx).await?;
        Ok(last)
    }

    /// One more row of a table.
    pub(super) fn insert<M>(&mut self, row: M, keeps_earlier: bool)
    where
        M: ModelTrait + sea_orm::IntoActiveModel<<M::Entity as sea_orm::EntityTrait>::ActiveModel>,
    {
        let table = M::Entity::default().table_name();
        let place = self.rows.iter().position(|insert| insert.table == table).unwrap_or_else(|| {
            self.rows.push(Insert { keeps_earlier, ..Insert::of::<M>() });
            self.rows.len() - 1
        });
        self.rows[place].rows.push(Insert::row(row));
    }
}
