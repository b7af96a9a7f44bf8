//! What every decision about an obligation begins with.
use super::super::{Obligation, Row};
use crate::{
    domain::pairing,
    kernel::{life, prelude::write::*},
};

/// The obligation, locked after its pairing, as all do that derive.
pub async fn begin(tx: &Tx<'_>, what: &life::Move<Row>, target: &Target<Obligation>) -> Done<Row> {
    let seen: Row = tx.seen(target.id()?, "input.id").await?;
    pairing::promises_of(tx, &[seen.pairing.uuid()]).await?;
    life::begin(tx, what, target).await
}
