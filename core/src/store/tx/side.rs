//! Saving what is no row of a kind: parts, counters, marks, places of followers; and taking rows away.
use sea_orm::{
    ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

use super::{Record, Tx, save::same_version};
use crate::{
    base::{Code, Kind, Result, refuse_if},
    store::{Part, event::EventType},
};

impl Tx<'_> {
    /// Moves a counter of a row that is [`Tx::locked`]. It is no save: what is counted keeps its own history.
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

    /// Inserts the rows and links that are pending, so that what reads them in the same transaction finds them.
    pub async fn insert_pending(&mut self) -> Result<()> {
        self.is_dirty = true;
        self.pending.flush_rows(self.tx).await
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

    /// Takes a row away for good; its history and its entries in the log stay. For what is one person's alone and nothing hangs on.
    pub async fn remove<R: Record>(&mut self, row: &R, event: &'static EventType) -> Result<()> {
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
        self.log(row, vec![event], row.tags());
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
}
