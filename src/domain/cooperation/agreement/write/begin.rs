//! What every change of an agreement begins with.
use super::super::{Agreement, Row};
use crate::{
    domain::pairing,
    kernel::{life, prelude::write::*},
};

/// The agreement, locked until the transaction ends, after its pairing: whoever changes the members of that, and with them who has to sign, waits.
pub async fn begin(tx: &Tx<'_>, what: &life::Move<Row>, target: &Target<Agreement>) -> Done<Row> {
    let seen: Row = tx.seen(target.id()?, "input.id").await?;
    pairing::concern_of(tx, seen.pairing, "input.id").await?;
    life::begin(tx, what, target).await
}
