//! The event log: every committed change in one total order that equals commit order.
//!
//! The last statements of a writing transaction take the next numbers from the one row of `log_head` and append the
//! entries; that row stays locked until the commit which follows, so no later number is ever visible before an
//! earlier one, on PostgreSQL with any number of hubs as on SQLite.
//!
//! Where a setting says so, old entries are taken away ([`Log::trim`]); `trimmed` then tells up to where, so that whoever comes from
//! before it learns of the gap. What other processes commit is heard of in [`super::wake`].
//!
//! Invariant: the wake signal says “more”, never “what”.
use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, QueryTrait, Statement,
    entity::prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement},
};
use serde::Deserialize;
use tokio::sync::watch;
use uuid::Uuid;

use super::{Db, Reader};
use crate::{
    access::{Audience, Visible},
    base::{Moment, Result},
};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "log")]
pub struct Model {
    /// Its place in the order, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// When the transaction that made it ran.
    pub at: Moment,
    /// What happened, past tense: `practicePublished`.
    pub event: String,
    /// The kind of the subject: `practice`.
    pub kind: String,
    /// What it happened to.
    pub subject: Uuid,
    /// Who may know; narrowed when the subject is.
    pub audience: Audience,
    /// Who did it; none for the hub itself.
    pub actor: Option<Uuid>,
    /// The subject's title when it happened.
    pub summary: String,
}

crate::plain_table!();

impl Visible for Entity {
    fn audience() -> Column {
        Column::Audience
    }
}

/// An entry as the log's readers get it.
pub type Logged = Model;

/// Which entries of the log somebody wants; an empty list means no restriction.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Any of these events.
    pub events: Vec<String>,
    /// None of these events.
    pub no_events: Vec<String>,
    /// Any of these subjects.
    pub subjects: Vec<Uuid>,
    /// For each list: tagged with any of these things (cities, programmes, themes …).
    pub tagged: Vec<Vec<Uuid>>,
    /// Any of these as the subject or a tag.
    pub about: Vec<Uuid>,
    /// Beside what it is about: what is told to one person alone.
    pub told: Option<Told>,
    /// Not made by this person.
    pub not_by: Option<Uuid>,
    /// Beside all that: what tells this person's own devices of marks that were set on another.
    pub marks_of: Option<Audience>,
}

/// What is told to one person alone, tagged with them.
#[derive(Clone, Debug)]
pub struct Told {
    /// Who.
    pub person: Uuid,
    /// The events that are so told.
    pub events: Vec<String>,
}

/// Events that tell of a person's own marks: what they follow, what they have read, which searches they keep.
pub const MARKS: [&str; 4] = ["followsChanged", "notificationsRead", "searchSaved", "searchDeleted"];

/// How much of the log is kept; everything, where nothing is said. Of two answers the one that takes away more counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Entries of this many days.
    pub days: Option<u32>,
    /// This many entries.
    pub entries: Option<u32>,
}

/// Entries taken away with one statement, so that nobody waits long for it.
const TRIMMED_AT_ONCE: i64 = 5_000;

/// The log's head, and the signal that it moved.
#[derive(Clone)]
pub struct Log {
    pub(super) db: Db,
    head: Arc<watch::Sender<i64>>,
}

impl Log {
    /// Opens the log of a migrated database.
    pub async fn open(db: Db) -> Result<Self> {
        let log = Self { db, head: Arc::new(watch::Sender::new(0)) };
        log.refresh().await?;
        Ok(log)
    }

    /// Asks the database for the head, for writes made by other processes.
    pub async fn refresh(&self) -> Result<i64> {
        let rows = self.db.fetch(Statement::from_string(self.db.backend(), "SELECT seq FROM log_head")).await?;
        let seq: i64 = rows.first().map_or(Ok(0), |row| row.get("seq"))?;
        self.advance(seq);
        Ok(seq)
    }

    /// The greatest number known to be committed.
    pub fn head(&self) -> i64 {
        *self.head.borrow()
    }

    /// Told by the writer after its commit.
    pub(super) fn advance(&self, seq: i64) {
        self.head.send_if_modified(|head| {
            let moved = seq > *head;
            *head = std::cmp::max(*head, seq);
            moved
        });
    }

    /// A receiver that hears whenever the head moves.
    pub fn listen(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    /// Takes away what need not be kept; answers the number up to which entries are gone. First it is told that they are, then
    /// they go; what a crash leaves in between goes the next time.
    pub async fn trim(&self, keep: Retention, now: Moment) -> Result<i64> {
        let head = self.refresh().await?;
        let mut upto = self.trimmed().await?;
        if let Some(entries) = keep.entries {
            upto = std::cmp::max(upto, head - i64::from(entries));
        }
        if let Some(days) = keep.days {
            let mut young = Query::select();
            young.expr_as(Expr::cust("MIN(seq)"), "seq").from(Entity).and_where(Column::At.gte(now.0 - i64::from(days) * Moment::DAY));
            let rows = self.db.fetch(self.db.backend().build(&young)).await?;
            let first: Option<i64> = rows.first().map_or(Ok(None), |row| row.get("seq"))?;
            upto = std::cmp::max(upto, first.map_or(head, |first| first - 1));
        }
        if upto == 0 {
            return Ok(0);
        }
        let mut told = Query::update();
        told.table(Alias::new("log_head")).value(Alias::new("trimmed"), upto).and_where(Expr::col(Alias::new("trimmed")).lt(upto));
        self.write(self.db.backend().build(&told)).await?;
        // The tags first: what is the oldest is told by the entries.
        let gone = |table: &'static str| {
            let oldest = Query::select().expr(Expr::cust("MIN(seq)")).from(Entity).take();
            let seq = || Expr::col(Alias::new("seq"));
            let mut gone = Query::delete();
            gone.from_table(Alias::new(table))
                .and_where(seq().lte(upto))
                .and_where(seq().lt(Expr::SubQuery(None, Box::new(oldest.into())).add(TRIMMED_AT_ONCE)));
            self.db.backend().build(&gone)
        };
        loop {
            let tx = self.db.begin().await?;
            tx.execute_raw(gone("log_tag")).await?;
            let done = tx.execute_raw(gone("log")).await?;
            tx.commit().await?;
            if done.rows_affected() == 0 {
                return Ok(upto);
            }
        }
    }

    async fn write(&self, statement: Statement) -> Result<()> {
        let tx = self.db.begin().await?;
        tx.execute_raw(statement).await?;
        Ok(tx.commit().await?)
    }

    /// The number up to which the log was trimmed.
    pub async fn trimmed(&self) -> Result<i64> {
        let rows = self.db.fetch(Statement::from_string(self.db.backend(), "SELECT trimmed FROM log_head")).await?;
        Ok(rows.first().map_or(Ok(0), |row| row.get("trimmed"))?)
    }
}

impl Reader {
    /// Entries this viewer may see with numbers in `(after, before)`, oldest first or newest first, at most `limit`.
    pub async fn log(&self, wanted: &Wanted, after: i64, before: Option<i64>, newest_first: bool, limit: u64) -> Result<Vec<Logged>> {
        let mut query = self.logged(wanted).into_query();
        query.and_where(Column::Seq.gt(after));
        if let Some(before) = before {
            query.and_where(Column::Seq.lt(before));
        }
        query.order_by(Column::Seq, if newest_first { Order::Desc } else { Order::Asc }).limit(limit);
        self.query(&query).await?.into_iter().map(|row| Ok(row.into_model()?)).collect()
    }

    /// The entry with this number, if the viewer may see it and the log still has it.
    pub async fn log_entry(&self, seq: i64) -> Result<Option<Logged>> {
        use sea_orm::QueryFilter;
        self.first(self.rows::<Entity>().filter(Column::Seq.eq(seq))).await
    }

    /// The last entry of each subject that is wanted and that this viewer may see.
    pub async fn last_logged(&self, wanted: &Wanted) -> Result<Vec<Logged>> {
        use sea_orm::{QueryFilter, QuerySelect};
        let last = self.logged(wanted).select_only().column_as(Column::Seq.max(), "seq").group_by(Column::Subject).into_query();
        self.all(self.rows::<Entity>().filter(Column::Seq.in_subquery(last))).await
    }

    /// How many entries this viewer may see.
    pub async fn log_count(&self, wanted: &Wanted) -> Result<u64> {
        self.log_count_after(wanted, 0).await
    }

    /// How many of them have greater numbers than this.
    pub async fn log_count_after(&self, wanted: &Wanted, after: i64) -> Result<u64> {
        use sea_orm::QueryFilter;
        let logged = self.logged(wanted);
        self.count(if after > 0 { logged.filter(Column::Seq.gt(after)) } else { logged }).await
    }

    fn logged(&self, wanted: &Wanted) -> sea_orm::Select<Entity> {
        use sea_orm::{Condition, QueryFilter};
        let mut all = Condition::all();
        if !wanted.events.is_empty() {
            all = all.add(Column::Event.is_in(wanted.events.iter().map(String::as_str)));
        }
        if !wanted.no_events.is_empty() {
            all = all.add(Column::Event.is_not_in(wanted.no_events.iter().map(String::as_str)));
        }
        if !wanted.subjects.is_empty() {
            all = all.add(super::condition::among(Expr::col(Column::Subject.as_column_ref()), &wanted.subjects));
        }
        for tags in &wanted.tagged {
            all = all.add(Column::Seq.in_subquery(tagged(tags)));
        }
        if !wanted.about.is_empty() {
            let subject = super::condition::among(Expr::col(Column::Subject.as_column_ref()), &wanted.about);
            let mut any = Condition::any().add(subject).add(Column::Seq.in_subquery(tagged(&wanted.about)));
            if let Some(told) = &wanted.told {
                let is_told = Column::Event.is_in(told.events.iter().map(String::as_str));
                any = any.add(Condition::all().add(is_told).add(Column::Seq.in_subquery(tagged(&[told.person]))));
            }
            all = all.add(any);
        }
        if let Some(person) = wanted.not_by {
            all = all.add(Column::Actor.is_null().or(Column::Actor.ne(person)));
        }
        let wanted = match &wanted.marks_of {
            Some(person) => {
                let own = Condition::all().add(Column::Audience.eq(person.clone())).add(Column::Event.is_in(MARKS));
                Condition::any().add(all).add(own)
            }
            None => all,
        };
        self.rows::<Entity>().filter(wanted)
    }

    /// The tags of these entries, as (number, tag).
    pub async fn log_tags(&self, seqs: &[i64]) -> Result<Vec<(i64, Uuid)>> {
        let mut query = Query::select();
        query
            .columns([Alias::new("seq"), Alias::new("tag")])
            .from(Alias::new("log_tag"))
            .and_where(Expr::col(Alias::new("seq")).is_in(seqs.iter().copied()));
        self.query(&query).await?.iter().map(|row| Ok((row.get("seq")?, row.get("tag")?))).collect()
    }
}

fn tagged(tags: &[Uuid]) -> SelectStatement {
    let mut query = Query::select();
    query.column(Alias::new("seq")).from(Alias::new("log_tag")).and_where(Expr::col(Alias::new("tag")).is_in(tags.iter().copied()));
    query
}

/// An entry that has no number yet.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub event: &'static str,
    pub kind: &'static str,
    pub subject: Uuid,
    pub audience: Audience,
    pub actor: Option<Uuid>,
    pub summary: String,
    pub tags: Vec<Uuid>,
}

impl Entry {
    pub(super) fn numbered(self, seq: i64, at: Moment) -> Model {
        Model {
            seq,
            at,
            event: self.event.to_owned(),
            kind: self.kind.to_owned(),
            subject: self.subject,
            audience: self.audience,
            actor: self.actor,
            summary: self.summary,
        }
    }
}
