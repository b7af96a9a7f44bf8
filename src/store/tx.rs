//! What a command does inside its transaction: read as the viewer, save rows, and with each save the row's history and
//! the facts it makes.
//!
//! New rows are collected and inserted together when the transaction ends; so a read inside the transaction sees what
//! was committed before and what was updated, not what is still to be inserted.
use std::{collections::HashMap, sync::Arc};

use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, IntoActiveModel, ModelTrait, QueryFilter, QueryTrait,
    Select,
    prelude::*,
    sea_query::{Alias, Expr, ExprTrait, Query, UnionType},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{
    join::{Join, Links},
    log::Entry,
    pending::{HistoryEntry, Pending},
};
use crate::{
    access::{Act, Audience, Owners, Scope, Viewer, Visible, rule},
    base::{Ambient, Code, Id, Kind, Moment, Result, refuse, refuse_if, slug},
};

/// Something that happened, derived from a row before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact(pub &'static str);

/// A row of a kind: has an id, a version, an audience, a history, and makes facts.
pub trait Record:
    ModelTrait<Entity: Visible<Model = Self, ActiveModel: Send + Sync>>
    + FromQueryResult
    + DeserializeOwned
    + IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel>
    + Clone
    + PartialEq
    + Serialize
    + Send
    + Sync
    + 'static
{
    /// The kind.
    type Kind: Kind;
    /// Its id.
    fn id(&self) -> Id<Self::Kind>;
    /// Counts its saves, from 1.
    fn version(&self) -> i64;
    /// Its slug.
    fn slug(&self) -> &str;
    /// Who may see it.
    fn audience(&self) -> &Audience;
    /// Notes a save.
    fn saved(&mut self, version: i64, at: Moment);
    /// Its title, for the log.
    fn title(&self) -> &str;
    /// What it belongs to, by its own columns, so that the log can be filtered.
    fn tags(&self) -> Vec<Uuid>;
    /// What happened between two saves. Asked only when something changed.
    fn facts(before: Option<&Self>, after: &Self) -> Vec<Fact>;
    /// The links that say what it belongs to: each save is told to those who want to hear of what is linked, moved or not.
    fn joins() -> Vec<&'static Join> {
        Vec::new()
    }
    /// Columns that only [`Tx::count`] moves: saving the row leaves them as they are, so that counting needs no new version.
    fn counters() -> Vec<<Self::Entity as EntityTrait>::Column> {
        Vec::new()
    }
    /// What a change of this row changes elsewhere: things that belong to it and may not be wider, say.
    fn ripple<'t>(_before: &'t Self, _after: &'t Self, _tx: &'t mut Tx<'_>) -> BoxFuture<'t, Result<()>> {
        Box::pin(async { Ok(()) })
    }
}

/// A row that belongs to a subject and has no audience of its own.
pub trait Part:
    ModelTrait<Entity: EntityTrait<Model = Self, ActiveModel: Send + Sync>>
    + FromQueryResult
    + DeserializeOwned
    + IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel>
    + Clone
    + PartialEq
    + Serialize
    + Send
    + Sync
    + 'static
{
    /// What it belongs to.
    fn subject(&self) -> Uuid;
    /// Names it among the parts of the subject, for the history: `text/en`.
    fn part(&self) -> String;
    /// Counts its saves, from 1.
    fn version(&self) -> i64;
    /// Notes a save.
    fn set_version(&mut self, version: i64);
    /// Finds it by its primary key.
    fn key(&self) -> sea_orm::Condition;
}

/// Implements [`Record`] for a model with the usual columns; the rest is given as functions.
#[macro_export]
macro_rules! record {
    ($kind:ty, title: $title:ident, tags: $tags:expr, facts: $facts:expr $(, joins: $joins:expr)? $(, ripple: $ripple:expr)? $(, counters: $counters:expr)?) => {
        impl $crate::access::Visible for Entity {
            fn audience() -> Column {
                Column::Audience
            }
        }
        impl $crate::store::Record for Model {
            type Kind = $kind;
            fn id(&self) -> $crate::base::Id<$kind> {
                self.id
            }
            fn version(&self) -> i64 {
                self.version
            }
            fn slug(&self) -> &str {
                &self.slug
            }
            fn audience(&self) -> &$crate::access::Audience {
                &self.audience
            }
            fn saved(&mut self, version: i64, at: $crate::base::Moment) {
                if version == 1 {
                    self.created_at = at;
                }
                self.version = version;
                self.updated_at = at;
            }
            fn title(&self) -> &str {
                &self.$title
            }
            fn tags(&self) -> Vec<uuid::Uuid> {
                let tags: fn(&Self) -> Vec<uuid::Uuid> = $tags;
                tags(self)
            }
            fn facts(before: Option<&Self>, after: &Self) -> Vec<$crate::store::Fact> {
                $facts(before, after)
            }
            $(fn joins() -> Vec<&'static $crate::store::Join> {
                $joins.to_vec()
            })?
            $(fn ripple<'t>(before: &'t Self, after: &'t Self, tx: &'t mut $crate::store::Tx<'_>) -> futures_util::future::BoxFuture<'t, $crate::base::Result<()>> {
                Box::pin($ripple(before, after, tx))
            })?
            $(fn counters() -> Vec<Column> {
                $counters.to_vec()
            })?
        }
        impl ActiveModelBehavior for ActiveModel {}
        /// Links between kinds are [`crate::store::Join`]s; sea-orm's own relations are not used.
        #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
        pub enum Relation {}
    };
}

/// An open transaction, as one viewer.
pub struct Tx<'a> {
    pub(super) tx: &'a DatabaseTransaction,
    pub(super) pending: &'a mut Pending,
    pub(super) ambient: &'a dyn Ambient,
    pub(super) viewer: Arc<Viewer>,
    pub(super) now: Moment,
    /// Whether a statement was run that truncating `pending` does not undo.
    pub(super) is_dirty: bool,
}

impl Tx<'_> {
    /// Who writes.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The time of this transaction.
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// A new id.
    pub fn id<K: Kind>(&self) -> Id<K> {
        Id::new(self.ambient.uuid())
    }

    /// 32 unguessable bytes.
    pub fn secret(&self) -> [u8; 32] {
        self.ambient.secret()
    }

    fn backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }

    /// Rows of `E` the viewer may see.
    #[expect(clippy::disallowed_methods, reason = "the read door inside a transaction")]
    pub fn rows<E: Visible>(&self) -> Select<E> {
        E::find().filter(rule::sql::<E>(&self.viewer))
    }

    /// Rows of `E` whoever may see them: to check what a change touches, never to answer with.
    #[expect(clippy::disallowed_methods, reason = "the read door inside a transaction")]
    pub fn every<E: EntityTrait>(&self) -> Select<E> {
        E::find()
    }

    /// Every row a select finds.
    pub async fn all<E: EntityTrait>(&self, select: Select<E>) -> Result<Vec<E::Model>> {
        let rows = self.tx.query_all_raw(select.build(self.backend())).await?;
        rows.iter().map(|row| Ok(E::Model::from_query_result(row, "")?)).collect()
    }

    /// The first row a select finds.
    pub async fn first<E: EntityTrait>(&self, select: Select<E>) -> Result<Option<E::Model>> {
        Ok(self.all(sea_orm::QuerySelect::limit(select, 1)).await?.into_iter().next())
    }

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

    /// A free slug: the one asked for, or one made of `title` and, where that is taken, of the id.
    pub async fn slug<R: Record>(&self, asked: Option<&str>, title: &str, id: Id<R::Kind>) -> Result<String> {
        let wanted = match asked {
            Some(slug) => slug::check(slug, "input.slug")?,
            None => slug::of(title),
        };
        match (self.is_taken::<R>(&wanted, id).await?, asked) {
            (false, _) => Ok(wanted),
            (true, Some(_)) => refuse(Code::Taken, "input.slug", format!("The slug “{wanted}” is in use; choose another.")),
            (true, None) => {
                let id = id.to_string();
                Ok(format!("{wanted}-{}", &id[id.len() - 8..]))
            }
        }
    }

    /// A new slug for a thing that has one: a free one, or one it had before.
    pub async fn new_slug<R: Record>(&self, asked: &str, id: Id<R::Kind>, path: &str) -> Result<String> {
        let wanted = slug::check(asked, path)?;
        let is_taken = self.is_taken::<R>(&wanted, id).await?;
        refuse_if(is_taken, Code::Taken, path, format!("The slug “{wanted}” is in use; choose another."))?;
        Ok(wanted)
    }

    /// Whether a slug leads to another thing of the kind, be it by a former name.
    async fn is_taken<R: Record>(&self, slug: &str, id: Id<R::Kind>) -> Result<bool> {
        let (mut holder, mut former) = (Query::select(), Query::select());
        former
            .column(Alias::new("subject"))
            .from(Alias::new("old_slug"))
            .and_where(Expr::col(Alias::new("kind")).eq(R::Kind::NAME))
            .and_where(Expr::col(Alias::new("slug")).eq(slug));
        holder
            .column(Alias::new("id"))
            .from(<R::Entity as Default>::default())
            .and_where(Expr::col(Alias::new("slug")).eq(slug))
            .union(UnionType::All, former);
        let rows = self.tx.query_all_raw(self.backend().build(&holder)).await?;
        let holders: Result<Vec<Uuid>, DbErr> = rows.iter().map(|row| row.try_get("", "id")).collect();
        Ok(holders?.iter().any(|holder| *holder != id.uuid()))
    }

    /// Asks the rule.
    pub fn may(&self, act: Act, owners: &Owners) -> Result<()> {
        if rule::may(&self.viewer, act, owners) {
            return Ok(());
        }
        self.viewer.account()?;
        let told = match act {
            Act::Administer => "Your roles do not allow this; it is for administrators.",
            Act::Govern => "Your roles do not allow this; it is for officers of the programme or administrators.",
            Act::Write | Act::Join => {
                "Your roles do not allow this; it is for representatives of the city, officers of the programme, or administrators."
            }
        };
        refuse(Code::Forbidden, "", told)
    }

    /// Checks the version a client has seen against the one that is saved.
    pub fn expect<R: Record>(&self, row: &R, expected: Option<i32>) -> Result<()> {
        let stale = expected.is_some_and(|expected| i64::from(expected) != row.version());
        refuse_if(
            stale,
            Code::Conflict,
            "input.expectedVersion",
            format!("It was changed in between: its version is {}; read it again and decide.", row.version()),
        )
    }

    /// Saves a new row with its links.
    pub fn create<R: Record>(&mut self, mut row: R, links: &[Links]) -> Result<R> {
        row.saved(1, self.now);
        let mut tags = row.tags();
        for links in links {
            tags.extend(&links.to);
            self.link(row.id().uuid(), links);
            self.record_history(row.id().uuid(), links.join.table.to_owned(), 1, None, Some(serde_json::to_string(&links.to)?));
        }
        self.record_history(row.id().uuid(), R::Kind::NAME.to_owned(), 1, None, Some(serde_json::to_string(&row)?));
        self.log(&row, R::facts(None, &row), tags);
        self.pending.insert(row.clone(), false);
        Ok(row)
    }

    /// Saves a changed row with its links. Where nothing changed nothing happens, and none is answered.
    pub async fn change<R: Record>(&mut self, before: &R, mut after: R, links: &[Links]) -> Result<Option<R>> {
        let id = before.id().uuid();
        let mut moved = Vec::new();
        for links in links {
            let old: Vec<Uuid> = self.linked(links.join, id).await?;
            if old != links.to {
                moved.push((links, old));
            }
        }
        after.saved(before.version(), self.now);
        let mut same = before.clone();
        same.saved(before.version(), self.now);
        if same == after && moved.is_empty() {
            return Ok(None);
        }
        let version = before.version() + 1;
        after.saved(version, self.now);
        for (links, old) in moved {
            self.unlink(id, links).await?;
            self.link(id, links);
            self.record_history(
                id,
                links.join.table.to_owned(),
                version,
                Some(serde_json::to_string(&old)?),
                Some(serde_json::to_string(&links.to)?),
            );
        }
        self.record_history(
            id,
            R::Kind::NAME.to_owned(),
            version,
            Some(serde_json::to_string(before)?),
            Some(serde_json::to_string(&after)?),
        );
        self.update(after.clone(), &R::counters(), same_version(id, before.version())).await?;
        if before.slug() != after.slug() {
            self.keep_slug(R::Kind::NAME, before.slug(), id).await?;
        }
        if before.audience().narrows_to(after.audience()) {
            self.narrow_log(id, after.audience()).await?;
        }
        let tags = self.tags_of(&after, links).await?;
        self.log(&after, R::facts(Some(before), &after), tags);
        R::ripple(before, &after, self).await?;
        Ok(Some(after))
    }

    /// Saves a row whose parts changed: where the row itself is the same, its version still counts and `event` is told.
    pub async fn touch<R: Record>(&mut self, before: &R, after: R, event: &'static str) -> Result<R> {
        if let Some(after) = self.change(before, after, &[]).await? {
            return Ok(after);
        }
        let mut after = before.clone();
        after.saved(before.version() + 1, self.now);
        let id = before.id().uuid();
        self.record_history(
            id,
            R::Kind::NAME.to_owned(),
            after.version(),
            Some(serde_json::to_string(before)?),
            Some(serde_json::to_string(&after)?),
        );
        self.update(after.clone(), &R::counters(), same_version(id, before.version())).await?;
        let tags = self.tags_of(&after, &[]).await?;
        self.log(&after, vec![Fact(event)], tags);
        Ok(after)
    }

    /// What a row belongs to by its columns, by the links that are saved with it and by those that stay.
    async fn tags_of<R: Record>(&self, row: &R, links: &[Links]) -> Result<Vec<Uuid>> {
        let mut tags = row.tags();
        tags.extend(links.iter().flat_map(|links| &links.to));
        for join in R::joins().into_iter().filter(|join| !links.iter().any(|links| links.join == *join)) {
            tags.extend(self.linked(join, row.id().uuid()).await?);
        }
        Ok(tags)
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

    /// Moves a counter of a row that is [`Tx::locked`]. it is no save: what is counted keeps its own history.
    pub async fn count<R: Record>(&mut self, row: &R, column: <R::Entity as EntityTrait>::Column, by: i64) -> Result<()> {
        let mut query = Query::update();
        query
            .table(<R::Entity as Default>::default())
            .value(column, Expr::col(column).add(by))
            .and_where(Expr::col(Alias::new("id")).eq(row.id().uuid()));
        self.run(self.backend().build(&query)).await
    }

    /// Saves a part: new where `before` is none, and then of version 1 unless it tells another. Unchanged parts are left alone.
    pub async fn part<P: Part>(&mut self, before: Option<&P>, mut after: P) -> Result<P> {
        let was = before.map(serde_json::to_string).transpose()?;
        if let Some(before) = before {
            after.set_version(before.version());
            if *before == after {
                return Ok(after);
            }
        }
        after.set_version(before.map_or(std::cmp::max(after.version(), 1), |before| before.version() + 1));
        self.record_history(after.subject(), after.part(), after.version(), was, Some(serde_json::to_string(&after)?));
        if before.is_some() {
            self.update(after.clone(), &[], after.key()).await?;
        } else {
            self.pending.insert(after.clone(), false);
        }
        Ok(after)
    }

    /// Saves what is computed from a content alone: it has no history, and who comes second leaves it as it is.
    pub fn derived<M>(&mut self, row: M)
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Send + 'static,
        <M::Entity as EntityTrait>::ActiveModel: Send + Sync,
    {
        self.pending.insert(row, true);
    }

    /// Takes rows away that have no history: marks of one person, which nobody else sees.
    pub async fn discard<E: EntityTrait>(&mut self, found: sea_orm::Condition) -> Result<()> {
        let mut query = Query::delete();
        query.from_table(E::default()).cond_where(found);
        self.run(self.backend().build(&query)).await
    }

    /// Changes rows that have no history: how far the hub is with what it has to do. Answers how many there were.
    pub async fn mark<E: EntityTrait>(&mut self, found: sea_orm::Condition, values: Vec<(E::Column, sea_orm::Value)>) -> Result<u64> {
        let mut query = Query::update();
        query.table(E::default()).cond_where(found).values(values.into_iter().map(|(column, value)| (column, value.into())));
        self.is_dirty = true;
        Ok(self.tx.execute_raw(self.backend().build(&query)).await?.rows_affected())
    }

    /// The log's head before this transaction.
    pub async fn log_head(&self) -> Result<i64> {
        let statement = sea_orm::Statement::from_string(self.backend(), "SELECT seq FROM log_head");
        let rows = self.tx.query_all_raw(statement).await?;
        Ok(rows.first().map_or(Ok(0), |row| row.try_get("", "seq"))?)
    }

    /// Takes a row away for good; its history and its entries in the log stay. For what is one person's alone and nothing hangs on.
    pub async fn remove<R: Record>(&mut self, row: &R, event: &'static str) -> Result<()> {
        let id = row.id().uuid();
        let mut query = Query::delete();
        query.from_table(Alias::new(R::Kind::NAME)).cond_where(same_version(id, row.version()));
        self.is_dirty = true;
        let done = self.tx.execute_raw(self.backend().build(&query)).await?;
        refuse_if(
            done.rows_affected() != 1,
            Code::Conflict,
            "input.expectedVersion",
            "It was changed at the same moment; read it again and decide.",
        )?;
        self.record_history(id, R::Kind::NAME.to_owned(), row.version() + 1, Some(serde_json::to_string(row)?), None);
        self.log(row, vec![Fact(event)], row.tags());
        Ok(())
    }

    /// Moves the place of a follower that keeps nothing else of its own; false where it is not where it was thought to be. None
    /// is the place before the first time.
    pub async fn follow(&mut self, name: &str, from: Option<i64>, to: i64) -> Result<bool> {
        let statement = match from {
            Some(from) => {
                let mut query = Query::update();
                query
                    .table(Alias::new("follower"))
                    .value(Alias::new("seq"), to)
                    .and_where(Expr::col(Alias::new("name")).eq(name))
                    .and_where(Expr::col(Alias::new("seq")).eq(from));
                self.backend().build(&query)
            }
            None => {
                let mut query = Query::insert();
                query.into_table(Alias::new("follower")).columns(["name", "seq"].map(Alias::new)).values_panic([name.into(), to.into()]);
                query.on_conflict(sea_orm::sea_query::OnConflict::new().do_nothing().to_owned());
                self.backend().build(&query)
            }
        };
        self.is_dirty = true;
        Ok(self.tx.execute_raw(statement).await?.rows_affected() == 1)
    }

    /// Tells the log of a change to a part, as something that happened to its subject.
    pub fn log<R: Record>(&mut self, row: &R, facts: Vec<Fact>, mut tags: Vec<Uuid>) {
        tags.sort_unstable();
        tags.dedup();
        for fact in facts {
            self.pending.log.push(Entry {
                event: fact.0,
                kind: R::Kind::NAME,
                subject: row.id().uuid(),
                audience: row.audience().clone(),
                actor: self.viewer.person,
                summary: row.title().to_owned(),
                tags: tags.clone(),
            });
        }
    }

    /// Tells a person's own devices of marks they set on things; nobody else hears of it.
    pub fn log_mark<K: Kind>(&mut self, event: &'static str, person: Id<K>) {
        self.pending.log.push(Entry {
            event,
            kind: K::NAME,
            subject: person.uuid(),
            audience: Audience::of(Scope::Person, person.uuid()),
            actor: Some(person.uuid()),
            summary: String::new(),
            tags: Vec::new(),
        });
    }

    /// The rights a join links a left to, in their order.
    pub async fn linked(&self, join: &Join, left: Uuid) -> Result<Vec<Uuid>> {
        let rows = self.tx.query_all_raw(self.backend().build(&join.select(&[left]))).await?;
        rows.iter().map(|row| Ok(row.try_get("", "r")?)).collect()
    }

    fn record_history(&mut self, subject: Uuid, part: String, version: i64, before: Option<String>, after: Option<String>) {
        self.pending.history.push(HistoryEntry { subject, part, version, actor: self.viewer.person, before, after });
    }

    #[expect(clippy::disallowed_methods, reason = "the write door")]
    async fn update<M>(&mut self, row: M, left_alone: &[<M::Entity as EntityTrait>::Column], found: sea_orm::Condition) -> Result<()>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        self.is_dirty = true;
        let mut active = row.into_active_model().reset_all();
        for column in left_alone {
            active.not_set(*column);
        }
        let done = <M::Entity as EntityTrait>::update_many().set(active).filter(found).exec(self.tx).await?;
        refuse_if(
            done.rows_affected != 1,
            Code::Conflict,
            "input.expectedVersion",
            "It was changed at the same moment; read it again and decide.",
        )
    }

    fn link(&mut self, left: Uuid, links: &Links) {
        self.pending.links.extend(links.to.iter().enumerate().map(|(position, right)| (links.join, left, *right, position as i64)));
    }

    async fn unlink(&mut self, left: Uuid, links: &Links) -> Result<()> {
        let mut query = Query::delete();
        query.from_table(Alias::new(links.join.table)).and_where(Expr::col(Alias::new(links.join.left)).eq(left));
        self.run(self.backend().build(&query)).await
    }

    /// Notes a slug that leads to a thing beside its own one.
    pub async fn keep_slug(&mut self, kind: &str, slug: &str, subject: Uuid) -> Result<()> {
        let mut gone = Query::delete();
        gone.from_table(Alias::new("old_slug"))
            .and_where(Expr::col(Alias::new("kind")).eq(kind))
            .and_where(Expr::col(Alias::new("slug")).eq(slug));
        self.run(self.backend().build(&gone)).await?;
        let mut kept = Query::insert();
        kept.into_table(Alias::new("old_slug")).columns(["kind", "slug", "subject"].map(Alias::new)).values_panic([
            kind.into(),
            slug.into(),
            subject.into(),
        ]);
        self.run(self.backend().build(&kept)).await
    }

    /// A replay can't reveal what is hidden today: earlier entries of a narrowed thing are narrowed with it.
    async fn narrow_log(&mut self, subject: Uuid, audience: &Audience) -> Result<()> {
        let mut query = Query::update();
        query
            .table(Alias::new("log"))
            .value(Alias::new("audience"), audience.key())
            .and_where(Expr::col(Alias::new("subject")).eq(subject));
        self.run(self.backend().build(&query)).await
    }

    async fn run(&mut self, statement: sea_orm::Statement) -> Result<()> {
        self.is_dirty = true;
        self.tx.execute_raw(statement).await?;
        Ok(())
    }
}

fn same_version(id: Uuid, version: i64) -> sea_orm::Condition {
    sea_orm::Condition::all().add(Expr::col(Alias::new("id")).eq(id)).add(Expr::col(Alias::new("version")).eq(version))
}

/// What a kind is called in a sentence.
fn called<R: Record>() -> String {
    R::Kind::NAME.replace('_', " ")
}
