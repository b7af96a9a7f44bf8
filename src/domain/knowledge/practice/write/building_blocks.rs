//! Saying which building blocks of others a practice uses.
use async_graphql::{ID, InputObject};

use super::super::{Practice, Row, building_blocks::links, life::USE_BUILDING_BLOCKS, row::BLOCKS_USED};
use crate::{
    domain::building_block::{self, BuildingBlock},
    kernel::{life, prelude::write::*},
};

/// What `useBuildingBlocks` takes.
#[derive(Clone, Debug, InputObject)]
pub struct UseBuildingBlocksInput {
    #[graphql(flatten)]
    pub target: Target<Practice>,
    /// The building blocks of other practices that it uses, all anew, 50 at the most; which comes first says nothing.
    pub building_blocks: Vec<ID>,
}

payload!(UseBuildingBlocksPayload { practice: Practice }, "What `useBuildingBlocks` answers.", "The practice as it is now.");

impl Command for UseBuildingBlocksInput {
    type Output = Id<Practice>;

    async fn apply(&self, tx: &mut Tx<'_>) -> Result<Id<Practice>> {
        let path = "input.buildingBlocks";
        let blocks = refs::ids::<BuildingBlock>(&self.building_blocks, path)?;
        let before: Row = life::begin(tx, &USE_BUILDING_BLOCKS, &self.target).await?;
        let used = tx.linked(&BLOCKS_USED, before.id.uuid()).await?;
        let facts = building_block::facts_of_all(tx, &blocks).await?;
        if let Some(hidden) = blocks.iter().find(|id| facts.iter().all(|block| block.id != **id)) {
            let named = Id::<BuildingBlock>::new(*hidden);
            return refuse(Code::NotFound, path, format!("There is no building block {named} that you can see."));
        }
        // One that was used before it was withdrawn may stay: the practice was made of it.
        let gone = facts.iter().find(|block| block.is_withdrawn && !used.contains(&block.id));
        if let Some(gone) = gone {
            return refuse(Code::WrongState, path, format!("“{}” was withdrawn; leave it out.", gone.title));
        }
        tx.change(&before, before.clone(), &[links(blocks)]).await?;
        Ok(before.id)
    }
}
