//! What the hub notes of digests: which are due, who is at one, and how it went.
use sea_orm::{
    Condition, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::row::{self, Column, Entity, Period};
use crate::{
    access::Viewer,
    base::{Moment, Result},
    store::{Command, Reader, Request, Tx, Writer},
};

/// How long one hub is at a digest; longer than a mail takes.
const CLAIMED: i64 = 10 * 60 * 1_000_000;
/// Distances in minutes between attempts of one digest; then it waits for the next time, and what it would have told is told then.
const DISTANCES: [i64; 4] = [5, 30, 120, 360];

/// A digest that is due.
#[derive(Clone, Debug)]
pub struct Due(row::Model);

impl Due {
    /// Whose.
    pub const fn person(&self) -> Uuid {
        self.0.person
    }
    /// How often.
    pub const fn period(&self) -> Period {
        self.0.period
    }
    /// It tells what lies behind this …
    pub const fn after(&self) -> i64 {
        self.0.seq
    }
    /// … up to this.
    pub fn upto(&self) -> i64 {
        self.0.upto.unwrap_or(self.0.seq)
    }
    /// The unguessable part of the address that ends it.
    pub fn secret(&self) -> &str {
        &self.0.secret
    }
}

/// What is due, the longest due first.
pub async fn due(reader: &Reader, now: Moment, limit: u64) -> Result<Vec<Due>> {
    let select = reader
        .parts::<Entity>()
        // Written out, so that the index of what is due can be used.
        .filter(Expr::col(Column::Period).ne(Expr::cust("'never'")))
        .filter(Column::DueAt.lte(now.0))
        .filter(Column::ClaimedUntil.lte(now.0));
    let rows = reader.all(select.order_by_asc(Column::DueAt).limit(limit)).await?;
    Ok(rows.into_iter().map(Due).collect())
}

/// Takes a digest up.
struct Claim(row::Model);

/// Takes a digest up, for a while; none where somebody else was quicker, or it was ended meanwhile.
pub async fn claim(writer: &Writer, due: Due) -> Result<Option<Due>> {
    let done = writer.run(Request::by(std::sync::Arc::new(Viewer::hub())), Claim(due.0.clone())).await?;
    Ok(done.output.map(|upto| Due(row::Model { upto: Some(upto), ..due.0 })))
}

impl Command for Claim {
    type Output = Option<i64>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Option<i64>> {
        // One that was begun and not settled is the same one again.
        let upto = match self.0.upto {
            Some(upto) => upto,
            None => tx.log_head().await?,
        };
        let same = Condition::all()
            .add(Column::Person.eq(self.0.person))
            .add(Column::DueAt.eq(self.0.due_at.0))
            .add(Column::Period.eq(self.0.period))
            .add(Column::ClaimedUntil.eq(self.0.claimed_until.0));
        let values = vec![(Column::Upto, upto.into()), (Column::ClaimedUntil, (tx.now().0 + CLAIMED).into())];
        Ok((tx.mark::<Entity>(same, values).await? == 1).then_some(upto))
    }
}

/// Notes how a digest went.
pub struct Settle {
    /// Which.
    pub due: Due,
    /// Whether it told what there was; false where it could not be sent.
    pub is_told: bool,
    /// Whether trying again soon may help.
    pub may_pass: bool,
}

impl Command for Settle {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        let row = &self.due.0;
        let own =
            Condition::all().add(Column::Person.eq(row.person)).add(Column::Secret.eq(row.secret.as_str())).add(Column::Upto.eq(row.upto));
        let next = row::next(row.period, tx.now());
        let again = usize::try_from(row.failures).ok().and_then(|failures| DISTANCES.get(failures)).filter(|_| self.may_pass);
        let again = again.map(|minutes| Moment(tx.now().0 + minutes * 60_000_000)).filter(|again| *again < next);
        let mut values = vec![(Column::ClaimedUntil, 0_i64.into())];
        if self.is_told {
            values.extend([(Column::Seq, self.due.upto().into()), (Column::Upto, Option::<i64>::None.into())]);
            values.extend([(Column::DueAt, next.0.into()), (Column::Failures, 0_i64.into())]);
        } else if let Some(again) = again {
            values.extend([(Column::DueAt, again.0.into()), (Column::Failures, (row.failures + 1).into())]);
        } else {
            // The next one begins where this one did, and tells what there is by then.
            values.extend([(Column::Upto, Option::<i64>::None.into()), (Column::DueAt, next.0.into()), (Column::Failures, 0_i64.into())]);
        }
        tx.mark::<Entity>(own, values).await?;
        Ok(())
    }
}
