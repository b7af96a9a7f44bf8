//! Leases: of several hubs on one database, one does the scheduled work.
//!
//! A lease is one row; who finds it free, run out or its own takes it until a time. Hubs compare with their own clocks, so a
//! lease lasts much longer than clocks differ, and work under a lease is such that doing it twice does no harm. A hub on SQLite is
//! the only one and always has the turn.
use std::time::Duration;

use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait, OnConflict, Query};

use super::Db;
use crate::base::{Moment, Result};

/// Takes leases for one hub. Cheap to clone.
#[derive(Clone)]
pub struct Leases {
    db: Db,
    holder: String,
}

impl Leases {
    /// For one hub, under a name that no other has.
    pub fn new(db: Db) -> Self {
        Self { db, holder: uuid::Uuid::new_v4().to_string() }
    }

    /// Takes or keeps the lease of this name for some time from now; false where another hub holds it.
    pub async fn take(&self, name: &str, now: Moment, lasting: Duration) -> Result<bool> {
        if self.db.is_sqlite() {
            return Ok(true);
        }
        let until = now.0 + i64::try_from(lasting.as_micros()).unwrap_or(i64::MAX / 2);
        let kept = |column: &'static str| Expr::col((Alias::new("lease"), Alias::new(column)));
        let mut query = Query::insert();
        query
            .into_table(Alias::new("lease"))
            .columns(["name", "holder", "until"].map(Alias::new))
            .values_panic([name.into(), self.holder.as_str().into(), until.into()])
            .on_conflict(
                OnConflict::column(Alias::new("name"))
                    .update_columns(["holder", "until"].map(Alias::new))
                    .action_cond_where(Cond::any().add(kept("until").lte(now.0)).add(kept("holder").eq(self.holder.as_str())))
                    .to_owned(),
            );
        query.returning_col(Alias::new("name"));
        Ok(!self.db.fetch(self.db.backend().build(&query)).await?.is_empty())
    }

    /// Gives the lease back, if it is this hub's, so that another need not wait until it has run out.
    pub async fn give_back(&self, name: &str) -> Result<()> {
        if self.db.is_sqlite() {
            return Ok(());
        }
        let mut query = Query::delete();
        query
            .from_table(Alias::new("lease"))
            .and_where(Expr::col(Alias::new("name")).eq(name))
            .and_where(Expr::col(Alias::new("holder")).eq(self.holder.as_str()));
        self.db.fetch(self.db.backend().build(&query)).await?;
        Ok(())
    }
}
