//! What calls do by themselves: open at the start of an exact day, close at the end of one.
//!
//! Each is a move of the table of [`life`](super::life), made in a transaction that holds the call: whatever hubs come to it at once, and however clocks jump
//! back, a call that is open is not opened. What was missed while no hub ran is done by the next one, in its order.
use std::sync::Arc;

use sea_orm::{
    QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Call, Row, life,
    row::{Column, Entity, State},
};
use crate::{
    access::Viewer,
    base::{Id, Moment, Result},
    store::{Command, Reader, Request, Tx, Writer},
};

/// Calls taken up at once.
const BATCH: u64 = 100;

/// The calls that have to open or close by now, the longest due first.
pub async fn due(reader: &Reader, now: Moment) -> Result<Vec<Id<Call>>> {
    let due = reader
        .rows::<Entity>()
        // Written out, so that the index of what is due can be used.
        .filter(Expr::col(Column::DueAt).gt(Expr::cust("0")))
        .filter(Column::DueAt.lte(now.0));
    let rows = reader.all(due.order_by_asc(Column::DueAt).limit(BATCH)).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Opens or closes a call whose time has come; false where nothing is left to do.
pub async fn advance(writer: &Writer, call: Id<Call>) -> Result<bool> {
    Ok(writer.run(Request::by(Arc::new(Viewer::hub())), Advance(call)).await?.output)
}

/// Opens or closes a call whose time has come.
struct Advance(Id<Call>);

impl Command for Advance {
    type Output = bool;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let before: Row = tx.locked(self.0, "input.id").await?;
        // Somebody else was quicker, or gave it another day.
        if before.due_at.0 == 0 || before.due_at > tx.now() {
            return Ok(false);
        }
        let what = if before.state == State::Announced { &life::OPEN } else { &life::CLOSE };
        crate::kernel::life::allows(tx, what, &before)?;
        tx.change(&before, what.applied(&before).derived(), &[]).await?;
        Ok(true)
    }
}
