//! What building blocks have to know of the practice they are part of, and which practices point to those of others.
use std::collections::HashMap;

use sea_orm::{Condition, QueryFilter, QuerySelect, entity::prelude::*};

use super::{
    Row,
    node::Practice,
    row::{BLOCKS_USED, Column, Entity, State},
};
use crate::{
    access::Audience,
    base::{Id, Result},
    domain::{building_block::BuildingBlock, city::City},
    store::{Links, Reader, Tx},
};

/// The practice a building block is part of.
#[derive(Clone, Debug)]
pub struct Home {
    /// Whose it is.
    pub city: Id<City>,
    /// Who sees it.
    pub audience: Audience,
    /// Whether a tombstone is all that is left of it.
    pub is_withdrawn: bool,
}

impl From<Row> for Home {
    fn from(row: Row) -> Self {
        Self { city: row.city, is_withdrawn: row.state == State::Withdrawn, audience: row.audience }
    }
}

/// The practice that an input names, held until the transaction ends: nobody hides or withdraws it meanwhile.
pub async fn home(tx: &Tx<'_>, practice: Id<Practice>, path: &str) -> Result<Home> {
    Ok(tx.locked::<Row>(practice, path).await?.into())
}

/// The practices behind these ids that the transaction's viewer sees, in no order.
pub async fn homes(tx: &Tx<'_>, practices: &[Uuid]) -> Result<Vec<Home>> {
    Ok(tx.by_ids::<Row>(practices).await?.into_iter().map(Home::from).collect())
}

/// Has these practices point to a building block, and no others, as a record tells; answers whether that changed anything.
pub async fn settle_users(tx: &mut Tx<'_>, block: Id<BuildingBlock>, users: &[Uuid]) -> Result<bool> {
    let block = block.uuid();
    let touched = Condition::any().add(Column::Id.is_in(users.iter().copied())).add(Column::Id.in_subquery(BLOCKS_USED.lefts_of(&[block])));
    let rows = tx.all(tx.every::<Entity>().filter(touched).lock_exclusive()).await?;
    tx.know(&BLOCKS_USED, &rows.iter().map(|row| row.id.uuid()).collect::<Vec<_>>()).await?;
    let mut has_changed = false;
    for row in rows {
        let mut to = tx.linked(&BLOCKS_USED, row.id.uuid()).await?;
        if to.contains(&block) == users.contains(&row.id.uuid()) {
            continue;
        }
        match to.iter().position(|other| *other == block) {
            Some(place) => drop(to.remove(place)),
            None => to.push(block),
        }
        // Links that wait to be inserted would be once more, with those that take their place.
        tx.insert_pending().await?;
        tx.change(&row, row.clone(), &[links(to)]).await?;
        has_changed = true;
    }
    Ok(has_changed)
}

/// The links to these building blocks: which come first says nothing, so they are always in one order.
pub(super) fn links(mut blocks: Vec<Uuid>) -> Links {
    blocks.sort_unstable();
    Links { join: &BLOCKS_USED, to: blocks }
}

/// The practices that point to these building blocks, by block, as the reader's viewer sees them.
pub async fn users_of(reader: &Reader, blocks: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut users: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (block, row) in reader.joined::<Entity>(&BLOCKS_USED, true, blocks).await? {
        users.entry(block).or_default().push(row.id.uuid());
    }
    Ok(users)
}
