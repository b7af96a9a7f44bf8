//! What happens to obligations by the calendar alone: a day begins on which one is due, or overdue, or the minimum is reached.
//!
//! The pairing says when to look; whoever looks derives all its obligations, and does nothing where that was done. What was missed while no hub ran, or while
//! the clock stood wrong, is found then: what happened is told by what the rows keep as told, not by the day on which it was looked.
use std::{collections::BTreeMap, sync::Arc};

use super::derive::derive;
use crate::{
    access::Viewer,
    base::{Id, Moment, Result},
    domain::pairing::{self, Pairing},
    store::{Command, Reader, Request, Tx, Writer},
};

/// Pairings taken up at once.
const BATCH: u64 = 100;
/// How long a pairing waits whose obligations could not be derived.
const PAUSE: i64 = 3_600_000_000;

/// The pairings whose obligations have to be looked at by now, the longest due first.
pub async fn due(reader: &Reader, now: Moment) -> Result<Vec<Id<Pairing>>> {
    pairing::to_look_at(reader, now, BATCH).await
}

/// Looks at the obligations of several pairings, all in one transaction.
pub async fn advance(writer: &Writer, pairings: &[Id<Pairing>]) -> Result<()> {
    run(writer, Look(pairings.iter().map(|pairing| pairing.uuid()).collect())).await
}

/// Has a pairing wait whose obligations could not be derived, so that others come to their turn.
pub async fn put_off(writer: &Writer, pairing: Id<Pairing>) -> Result<()> {
    run(writer, PutOff(pairing)).await
}

async fn run(writer: &Writer, command: impl Command<Output = ()>) -> Result<()> {
    writer.run(Request::by(Arc::new(Viewer::hub())), command).await?;
    Ok(())
}

struct Look(Vec<uuid::Uuid>);

impl Command for Look {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        derive(tx, &self.0).await
    }
}

struct PutOff(Id<Pairing>);

impl Command for PutOff {
    type Output = ();

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<()> {
        let at = Moment(tx.now().0 + PAUSE);
        pairing::look_again(tx, BTreeMap::from([(at, vec![self.0.uuid()])])).await
    }
}
