//! What every change of an agreement begins with.
use super::super::{Agreement, Row};
use crate::{
    domain::pairing::Held,
    kernel::{life, prelude::write::*},
};

/// The agreement and its pairing, locked until the transaction ends, the pairing first: whoever changes the members of that, and with them who has to sign, waits.
pub async fn begin(tx: &Tx<'_>, what: &life::Move<Row>, target: &Target<Agreement>) -> Done<(Row, Held)> {
    let seen: Row = tx.seen(target.id()?, "input.id").await?;
    let pairing = Held::of(tx, seen.pairing, "input.id").await?;
    Ok((life::begin(tx, what, target).await?, pairing))
}
