//! Cities join programmes and leave them.
use uuid::Uuid;

use super::row::{Model as Row, PROGRAMMES, programmes_of};
use crate::{
    base::{Id, Result},
    domain::programme::Programme,
    store::{Links, Tx},
};

/// Has cities take part in a programme; those that do stay as they are.
pub async fn join(tx: &mut Tx<'_>, cities: &[Uuid], programme: Id<Programme>) -> Result<()> {
    change(tx, cities, |programmes| {
        if !programmes.contains(&programme.uuid()) {
            programmes.push(programme.uuid());
        }
    })
    .await
}

/// Has a city take part in a programme no longer.
pub async fn leave(tx: &mut Tx<'_>, city: Uuid, programme: Id<Programme>) -> Result<()> {
    change(tx, &[city], |programmes| programmes.retain(|own| *own != programme.uuid())).await
}

async fn change(tx: &mut Tx<'_>, cities: &[Uuid], change: impl Fn(&mut Vec<Uuid>)) -> Result<()> {
    tx.know(&PROGRAMMES, cities).await?;
    let mut rows = tx.by_ids::<Row>(cities).await?;
    rows.sort_by_key(|row| row.id);
    for row in rows {
        let before = programmes_of(tx, row.id).await?;
        let mut after = before.clone();
        change(&mut after);
        if before != after {
            tx.change(&row, row.clone(), &[Links { join: &PROGRAMMES, to: after }]).await?;
        }
    }
    Ok(())
}
